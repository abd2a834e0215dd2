"""What the linter reports: a code with its place in the spreadsheet, never finished text.

The text of a code is `lint.<code>` in the `web` catalogue: what is wrong, and what to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Whether a form may be published all the same."""

    ERROR = "error"  # no: it would lose data or stop
    WARNING = "warning"  # yes: it runs, perhaps otherwise than was meant


class Code(StrEnum):
    """What is wrong. The names in brackets are the arguments of the text, besides `{column}`, its header."""

    NO_SURVEY = "no_survey"  # there is no sheet of questions
    UNKNOWN_SHEET = "unknown_sheet"  # a sheet that XLSForm does not know [name]
    MISSPELLED_SHEET = "misspelled_sheet"  # one that nearly is one that is missing [name, suggestion]
    ENTITIES_IGNORED = "entities_ignored"  # entities are for other programs
    UNKNOWN_COLUMN = "unknown_column"  # a column that XLSForm does not know
    MISSPELLED_COLUMN = "misspelled_column"  # one that nearly is one that is missing [suggestion]
    DUPLICATE_COLUMN = "duplicate_column"  # the same header twice
    MISSING_COLUMN = "missing_column"  # a column without which there is no form [name]
    NO_TYPE = "no_type"  # a row with a name or label, but no type
    UNKNOWN_TYPE = "unknown_type"  # [type]
    MISSPELLED_TYPE = "misspelled_type"  # [type, suggestion]
    NO_NAME = "no_name"  # a question or group without name
    BAD_NAME = "bad_name"  # a name with spaces or signs [name]
    DUPLICATE_NAME = "duplicate_name"  # twice in one group [name, other_row]
    NEARLY_DUPLICATE_NAME = "nearly_duplicate_name"  # twice but for capitals [name, other_row]
    RESERVED_NAME = "reserved_name"  # kept for the form's metadata [name]
    METADATA_NAME = "metadata_name"  # allowed, but exports use it for metadata [name]
    NOT_CLOSED = "not_closed"  # a group or repeat without its end [name]
    NOT_OPENED = "not_opened"  # an end without its beginning
    NO_LABEL = "no_label"  # nothing to ask [name]
    NO_CALCULATION = "no_calculation"  # a calculate without calculation [name]
    MISSING_LIST = "missing_list"  # a list of choices that is not there [list]
    MISSPELLED_LIST = "misspelled_list"  # [list, suggestion]
    DUPLICATE_CHOICE = "duplicate_choice"  # [name, list, other_row]
    CHOICE_WITHOUT_NAME = "choice_without_name"  # [list]
    CHOICE_WITHOUT_LABEL = "choice_without_label"  # its name is shown [name, list]
    CHOICE_WITH_SPACE = "choice_with_space"  # several answers are kept apart by spaces [name, list]
    ODD_REQUIRED = "odd_required"  # neither yes, no nor an expression [value]
    SMART_QUOTES = "smart_quotes"  # curly quotes in an expression, which breaks it
    REPAIRED_QUOTES = "repaired_quotes"  # curly quotes in an expression, which are read as straight ones
    BAD_EXPRESSION = "bad_expression"  # not an expression [near]
    UNKNOWN_FUNCTION = "unknown_function"  # [function]
    MISSPELLED_FUNCTION = "misspelled_function"  # [function, suggestion]
    ARGUMENT_COUNT = "argument_count"  # [function, given]
    BROKEN_REFERENCE = "broken_reference"  # a `${` that does not end, or with a space [near]
    UNKNOWN_REFERENCE = "unknown_reference"  # `${name}` of nothing [name]
    MISSPELLED_REFERENCE = "misspelled_reference"  # [name, suggestion]
    AMBIGUOUS_REFERENCE = "ambiguous_reference"  # `${name}` of several questions [name]
    BARE_NAME = "bare_name"  # a question's name without `${…}` [name]
    WRONG_PATH = "wrong_path"  # a path to nothing [path]
    UNKNOWN_FILTER_COLUMN = "unknown_filter_column"  # a choice filter on a column that is not there [name]
    CYCLE = "cycle"  # questions that wait for each other [names]
    SELF_REFERENCE = "self_reference"  # shown or calculated by its own value [name]
    MISSING_TRANSLATION = "missing_translation"  # [language, rows, count]
    UNKNOWN_DEFAULT_LANGUAGE = "unknown_default_language"  # [language]
    LANGUAGE_TWICE = "language_twice"  # one language, written in two ways [language, other]
    LONG_LABEL = "long_label"  # cut on a button [limit, shown]
    NOT_ASKABLE = "not_askable"  # skipped: a chat cannot ask it [type]
    NOT_ASKABLE_REQUIRED = "not_askable_required"  # the same, but required [type]
    APPEARANCE_SKIPPED = "appearance_skipped"  # skipped: a chat cannot show it [appearance]
    MAP_AS_LIST = "map_as_list"  # a choice on a map or picture is asked as a list [appearance]
    APPEARANCE_REQUIRED = "appearance_required"  # the same, but required [appearance]
    DROPPED = "dropped"  # recorded in the background, which a chat cannot [type]
    BARCODE_AS_TEXT = "barcode_as_text"  # typed instead of scanned
    ATTACHMENT_NEEDED = "attachment_needed"  # a file the form refers to [file, rows]
    ATTACHMENT_REQUIRED = "attachment_required"  # the same, for what must be answered [file, rows]
    MANY_CHOICE_FILES = "many_choice_files"  # so many choices with a file that none is sent [list, limit]
    TOO_MANY_REPEATS = "too_many_repeats"  # [limit]
    FORMULA_WITHOUT_VALUE = "formula_without_value"  # its value was never calculated
    FORMULA_TEXT = "formula_text"  # a text that a spreadsheet would run
    PYXFORM = "pyxform"  # what pyxform says [reason]
    PYXFORM_STOPPED = "pyxform_stopped"  # it stopped without saying why [reason]
    CANNOT_RUN = "cannot_run"  # what our own reading says [reason]


Argument = str | int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, where a person sees it in the spreadsheet."""

    severity: Severity
    code: Code
    sheet: str = ""  # as the file names it; empty: the whole file
    row: int = 0  # from 1, the header's row included; 0: the whole sheet
    column: str = ""  # its letter; empty: the whole row
    args: Mapping[str, Argument] = field(default_factory=dict)

    @property
    def text_id(self) -> str:
        """Of its text in the `web` catalogue.

        >>> Finding(Severity.ERROR, Code.NO_SURVEY).text_id
        'lint.no_survey'
        """
        return f"lint.{self.code}"

    @property
    def blocks(self) -> bool:
        """Whether the form cannot be published with it."""
        return self.severity is Severity.ERROR


def in_reading_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Sorted as the file is read: by sheet, row, column; what concerns the whole file first. Each once."""
    sheets = {name: index for index, name in enumerate(("survey", "choices", "settings"), 1)}

    def place(finding: Finding) -> tuple[object, ...]:
        known = sheets.get(finding.sheet.lower(), len(sheets) + 1 if finding.sheet else 0)
        return known, finding.sheet, finding.row, len(finding.column), finding.column, finding.code

    unique: dict[tuple[object, ...], Finding] = {}
    for finding in sorted(findings, key=place):
        unique.setdefault((*place(finding), *sorted(finding.args.items())), finding)
    return tuple(unique.values())
