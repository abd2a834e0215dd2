"""All checks of one file."""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.forms.form import Form
from conversations.forms.lint.attachments import check_attachments
from conversations.forms.lint.columns import check_columns, check_sheets
from conversations.forms.lint.cycles import check_cycles
from conversations.forms.lint.excel import read_xls, read_xlsx
from conversations.forms.lint.expressions import check_expressions
from conversations.forms.lint.finding import Code, Finding, in_reading_order
from conversations.forms.lint.formulas import check_formulas, check_texts
from conversations.forms.lint.labels import check_labels
from conversations.forms.lint.lists import check_lists
from conversations.forms.lint.names import check_names, check_nesting
from conversations.forms.lint.questionnaire import Questionnaire, read_questionnaire
from conversations.forms.lint.references import check_references
from conversations.forms.lint.text_tables import read_csv, read_md
from conversations.forms.lint.translations import check_translations
from conversations.forms.lint.trial import check_paths, complaints, try_out
from conversations.forms.lint.types import check_types
from conversations.forms.lint.workbook import UnreadableSheet, Workbook

READERS = {"xlsx": read_xlsx, "xls": read_xls, "csv": read_csv, "md": read_md}
CHECKS = (
    check_columns,
    check_types,
    check_names,
    check_nesting,
    check_lists,
    check_references,
    check_expressions,
    check_cycles,
    check_translations,
    check_labels,
    check_texts,
)
COMPILING = (Code.PYXFORM, Code.PYXFORM_STOPPED, Code.CANNOT_RUN)
NO_FILES: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, in reading order, and the form if it could be compiled."""

    findings: tuple[Finding, ...]
    form: Form | None

    @property
    def publishable(self) -> bool:
        return self.form is not None and not any(finding.blocks for finding in self.findings)


def read_workbook(source: bytes, file_type: str) -> Workbook:
    """The cells of a file; `file_type` is `xlsx`, `xls`, `csv` or `md`. Raises UnreadableSheet."""
    reader = READERS.get(file_type)
    if reader is None:
        raise UnreadableSheet(f"there is no way to read .{file_type}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, on parts of the file that nobody reads
        return reader(source)


def check_form(source: bytes, file_type: str, attachments: Mapping[str, bytes] = NO_FILES) -> Checked:
    """Check a sheet as it would be published. Raises UnreadableSheet for what is not one."""
    return check_workbook(read_workbook(source, file_type), source, file_type, attachments)


def check_workbook(
    book: Workbook, source: bytes, file_type: str, attachments: Mapping[str, bytes] = NO_FILES
) -> Checked:
    """The same for a file whose cells are read already."""
    form = read_questionnaire(book)
    found = [*check_sheets(book), *check_formulas(book), *_of_sheet(form, attachments)]
    trial = try_out(source, file_type, attachments)
    if form is not None and trial.form is not None:
        found += check_paths(form, trial.form)
    return Checked(in_reading_order([*found, *_news(complaints(trial, book, form), found)]), trial.form)


def _of_sheet(form: Questionnaire | None, attachments: Mapping[str, bytes]) -> Iterator[Finding]:
    if form is not None:
        for check in CHECKS:
            yield from check(form)
        yield from check_attachments(form, attachments)


def _news(told: Iterator[Finding], found: list[Finding]) -> Iterator[Finding]:
    """What compiling complained of and no check has told already, in better words."""
    blocked = {(finding.sheet, finding.row) for finding in found if finding.blocks}
    for finding in told:
        somewhere = finding.row == 0 and blocked and finding.code in COMPILING
        if not somewhere and (finding.sheet, finding.row) not in blocked:
            yield finding
