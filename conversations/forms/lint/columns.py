"""Checking sheets and columns: those that XLSForm does not know are ignored in silence."""

from collections.abc import Iterator

from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.headers import KNOWN, KNOWN_SHEETS, TRANSLATED
from conversations.forms.lint.questionnaire import Questionnaire
from conversations.forms.lint.spelling import nearest
from conversations.forms.lint.workbook import Header, Sheet, Workbook, at_header, at_row

NEEDED = {"survey": ("type", "name"), "choices": ("list_name", "name")}
PASSED_ON = ("bind:", "body:", "control:", "instance:", "kobo--", "$", "_")  # for other programs, or hidden


def check_sheets(book: Workbook) -> Iterator[Finding]:
    """The sheets of the file."""
    if book.sheet("survey") is None:
        yield Finding(Severity.ERROR, Code.NO_SURVEY)
    if len(book.sheets) == 1:
        return  # whatever it is called, it holds the questions
    present = {sheet.key for sheet in book.sheets}
    for sheet in book.sheets:
        if sheet.key == "entities":
            yield at_row(Severity.WARNING, Code.ENTITIES_IGNORED, sheet, 0)
        if sheet.key in KNOWN_SHEETS or sheet.name.startswith("_") or not sheet.rows:
            continue
        suggestion = nearest(sheet.key, [key for key in KNOWN_SHEETS if key not in present])
        if suggestion in ("survey", "choices", "settings"):
            yield at_row(
                Severity.ERROR, Code.MISSPELLED_SHEET, sheet, 0, name=sheet.name, suggestion=suggestion
            )
        else:
            yield at_row(Severity.WARNING, Code.UNKNOWN_SHEET, sheet, 0, name=sheet.name)


def check_columns(form: Questionnaire) -> Iterator[Finding]:
    """The columns of the sheets that make the form."""
    used = " ".join(cell.text for row in form.survey.rows for cell in form.survey.cells(row, "choice_filter"))
    for sheet, key in ((form.survey, "survey"), (form.choices, "choices"), (form.settings_sheet, "settings")):
        if sheet is None:
            continue
        for name in NEEDED.get(key, ()):
            if sheet.rows and not sheet.has(name):
                yield at_row(Severity.ERROR, Code.MISSING_COLUMN, sheet, sheet.head_row, name=name)
        yield from _twice(sheet)
        for header in sheet.headers:
            # Columns of choices may be called as one likes: choice filters read them.
            if key == "choices" and (header.text in used or header.base in used):
                continue
            yield from _unknown(sheet, key, header)


def _twice(sheet: Sheet) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for header in sheet.headers:
        if (header.base, header.language) in seen:
            yield at_header(Severity.ERROR, Code.DUPLICATE_COLUMN, sheet, header)
        seen.add((header.base, header.language))


def _unknown(sheet: Sheet, key: str, header: Header) -> Iterator[Finding]:
    if header.base in KNOWN[key] or header.base.startswith(PASSED_ON):
        return
    absent = [
        name for name in sorted(KNOWN[key]) if not sheet.has(name) or (header.language and name in TRANSLATED)
    ]
    suggestion = nearest(header.base, absent)
    if suggestion:
        yield at_header(Severity.ERROR, Code.MISSPELLED_COLUMN, sheet, header, suggestion=suggestion)
    elif key != "choices":
        yield at_header(Severity.WARNING, Code.UNKNOWN_COLUMN, sheet, header)
