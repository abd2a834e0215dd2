"""Checking files: those that a form refers to must come with it."""

import re
from collections.abc import Collection, Iterator

from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.headers import MEDIA
from conversations.forms.lint.questionnaire import Questionnaire
from conversations.forms.lint.types import required
from conversations.forms.lint.workbook import Cell, Sheet, at_cell

PULLED = re.compile(r"\bpulldata\s*\(\s*['\"]([^'\"]+)['\"]")
SEARCHED = re.compile(r"\bsearch\s*\(\s*['\"]([^'\"]+)['\"]")
LISTED = re.compile(r"\binstance\s*\(\s*['\"]([^'\"]+)['\"]")
EXTERNAL = {"csv-external": "csv", "xml-external": "xml"}
DECIDING = ("type", "appearance", "choice_filter", "constraint")  # where it decides what can be answered
ROWS_NAMED = 12  # of one file
Place = tuple[Sheet, Cell]


def check_attachments(form: Questionnaire, attached: Collection[str]) -> Iterator[Finding]:
    """One finding for each file that is not there, at the first place that needs it.

    An error where a question that must be answered cannot be answered without it.
    """
    needed: dict[str, list[Place]] = {}
    for file, place in _needed(form):
        needed.setdefault(file, []).append(place)
    must = {item.row.number for item in form.questions if required(form, item)}
    for file, places in needed.items():
        if file not in attached:
            stuck = any(
                sheet is form.survey and cell.row in must and cell.header.base in DECIDING
                for sheet, cell in places
            )
            severity = Severity.ERROR if stuck else Severity.WARNING
            code = Code.ATTACHMENT_REQUIRED if stuck else Code.ATTACHMENT_NEEDED
            rows = list(dict.fromkeys(str(cell.row) for _, cell in places))
            named = ", ".join(rows[:ROWS_NAMED]) + (", …" if len(rows) > ROWS_NAMED else "")
            yield at_cell(severity, code, *places[0], file=file, rows=named)


def _needed(form: Questionnaire) -> Iterator[tuple[str, Place]]:
    external: dict[str, str] = {}  # the name of a list -> its file
    for item in form.questions:
        cell = form.survey.cell(item.row, "type")
        if cell and item.from_file:
            yield item.list_name, (form.survey, cell)
        elif cell and item.type in EXTERNAL and item.name:
            external[item.name] = f"{item.name}.{EXTERNAL[item.type]}"
            yield external[item.name], (form.survey, cell)
    for sheet in (form.survey, form.choices):
        for cell in sheet.all_cells() if sheet else ():
            if sheet and cell.header.base in MEDIA and "$" not in cell.text:
                yield cell.text, (sheet, cell)
    for cell in form.survey.all_cells():
        for name in (*PULLED.findall(cell.text), *SEARCHED.findall(cell.text)):
            yield name if "." in name else f"{name}.csv", (form.survey, cell)
        for name in LISTED.findall(cell.text):
            if name in external:
                yield external[name], (form.survey, cell)
