"""Small sheets for the tests of the linter."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

from conversations.forms.lint import Checked, Finding, check_form

HEAD = ("type", "name", "label", "required", "relevant", "constraint", "calculation", "appearance")
CHOICES = ("list_name", "name", "label")
Rows = Sequence[tuple[object, ...]]


def xlsx(**sheets: Rows) -> bytes:
    """A workbook whose sheets have these rows, the head first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def checked(survey: Rows, choices: Rows | None = None, **sheets: Rows) -> Checked:
    """The check of a workbook with these questions and choices."""
    lists = {"choices": choices} if choices else {}
    return check_form(xlsx(survey=survey, **lists, **sheets), "xlsx")


def asked(*questions: tuple[object, ...], choices: Rows | None = None) -> Checked:
    """The check of questions under the usual head; the first is in row 2."""
    return checked([HEAD, *questions], [CHOICES, *choices] if choices else None)


def places(result: Checked) -> list[tuple[str, str, str, int, str]]:
    """Severity, code, sheet, row and column of each finding."""
    return [place(finding) for finding in result.findings]


def place(finding: Finding) -> tuple[str, str, str, int, str]:
    return (finding.severity.value, finding.code.value, finding.sheet, finding.row, finding.column)


def words(result: Checked, sheet: str = "survey") -> list[str]:
    """The findings of a sheet, short: `error unknown_type A2`."""
    return [
        f"{one.severity} {one.code} {one.column}{one.row}" for one in result.findings if one.sheet == sheet
    ]
