"""Checking files: those that a form refers to must come with it."""

import re
from collections.abc import Collection, Iterator

from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.headers import MEDIA
from conversations.forms.lint.questionnaire import Questionnaire
from conversations.forms.lint.workbook import Cell, Sheet, at_cell

PULLED = re.compile(r"\bpulldata\s*\(\s*['\"]([^'\"]+)['\"]")
SEARCHED = re.compile(r"\bsearch\s*\(\s*['\"]([^'\"]+)['\"]")
EXTERNAL = {"csv-external": "csv", "xml-external": "xml"}
ROWS_NAMED = 12
Place = tuple[Sheet, Cell]


def check_attachments(form: Questionnaire, attached: Collection[str]) -> Iterator[Finding]:
    """One finding for each file that is not there, at the first place that needs it."""
    there = {name.casefold() for name in attached}
    needed: dict[str, list[Place]] = {}
    for file, place in _needed(form):
        needed.setdefault(file, []).append(place)
    for file, places in needed.items():
        if file.casefold() not in there:
            sheet, cell = places[0]
            rows = list(dict.fromkeys(str(cell.row) for _, cell in places))
            named = ", ".join(rows[:ROWS_NAMED]) + (", …" if len(rows) > ROWS_NAMED else "")
            yield at_cell(Severity.WARNING, Code.ATTACHMENT_NEEDED, sheet, cell, file=file, rows=named)


def _needed(form: Questionnaire) -> Iterator[tuple[str, Place]]:
    for item in form.questions:
        cell = form.survey.cell(item.row, "type")
        if cell and item.from_file:
            yield item.list_name, (form.survey, cell)
        elif cell and item.type in EXTERNAL and item.name:
            yield f"{item.name}.{EXTERNAL[item.type]}", (form.survey, cell)
    for sheet in (form.survey, form.choices):
        for cell in sheet.all_cells() if sheet else ():
            if sheet and cell.header.base in MEDIA and "$" not in cell.text:
                yield cell.text, (sheet, cell)
    for cell in form.survey.all_cells():
        for name in (*PULLED.findall(cell.text), *SEARCHED.findall(cell.text)):
            yield name if "." in name else f"{name}.csv", (form.survey, cell)
