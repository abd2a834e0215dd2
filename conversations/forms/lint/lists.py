"""Checking lists of choices: there, complete, each choice once."""

from collections.abc import Iterator

from conversations.forms.asking import MOST_WITH_FILES
from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.questionnaire import YES, Item, Questionnaire
from conversations.forms.lint.spelling import nearest
from conversations.forms.lint.workbook import Row, Sheet, at_cell, at_row
from conversations.messages import MediaKind

SENT = tuple(kind.value for kind in MediaKind)


def check_lists(form: Questionnaire) -> Iterator[Finding]:
    """The lists that questions use, and the choices in every list."""
    for item in form.questions:
        yield from _list_of(form, item)
    if form.choices is None:
        return
    several = {item.list_name for item in form.questions if item.several}
    twice_allowed = form.setting("allow_choice_duplicates").lower() in YES
    shown_whole = {
        item.list_name for item in form.questions if not form.survey.text(item.row, "choice_filter")
    }
    for name, rows in form.lists.items():
        for row in rows:
            yield from _choice(form.choices, row, name, name in several)
        if not twice_allowed:
            yield from _twice(form.choices, name, rows)
        if name in shown_whole:
            yield from _files(form.choices, name, rows)


def _list_of(form: Questionnaire, item: Item) -> Iterator[Finding]:
    """A list may also be a file, or what was answered in a repeat."""
    wanted = item.list_name
    if not wanted or item.from_file or "external" in item.type or wanted.startswith("${"):
        return
    cell = form.survey.cell(item.row, "type")
    if cell is None or wanted in form.lists or "search(" in form.survey.text(item.row, "appearance"):
        return
    suggestion = nearest(wanted, form.lists)
    if suggestion:
        yield at_cell(
            Severity.ERROR, Code.MISSPELLED_LIST, form.survey, cell, list=wanted, suggestion=suggestion
        )
    else:
        yield at_cell(Severity.ERROR, Code.MISSING_LIST, form.survey, cell, list=wanted)


def _choice(sheet: Sheet, row: Row, name: str, several: bool) -> Iterator[Finding]:
    cell = sheet.cell(row, "name")
    if cell is None:
        yield at_row(Severity.ERROR, Code.CHOICE_WITHOUT_NAME, sheet, row.number, list=name)
    elif several and " " in cell.text:
        yield at_cell(Severity.ERROR, Code.CHOICE_WITH_SPACE, sheet, cell, name=cell.text, list=name)
    if cell and not any(sheet.text(row, base) for base in ("label", *SENT)):
        yield at_row(
            Severity.WARNING, Code.CHOICE_WITHOUT_LABEL, sheet, row.number, name=cell.text, list=name
        )


def _twice(sheet: Sheet, name: str, rows: tuple[Row, ...]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for row in rows:
        cell = sheet.cell(row, "name")
        if cell and cell.text in seen:
            yield at_cell(
                Severity.ERROR,
                Code.DUPLICATE_CHOICE,
                sheet,
                cell,
                name=cell.text,
                list=name,
                other_row=seen[cell.text],
            )
        elif cell:
            seen[cell.text] = row.number


def _files(sheet: Sheet, name: str, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """Past the limit no file of the list is sent: told at the first choice that is too many."""
    cells = [
        cell for row in rows if (cell := next(filter(None, (sheet.cell(row, base) for base in SENT)), None))
    ]
    for cell in cells[MOST_WITH_FILES:][:1]:
        yield at_cell(Severity.WARNING, Code.MANY_CHOICE_FILES, sheet, cell, list=name, limit=MOST_WITH_FILES)
