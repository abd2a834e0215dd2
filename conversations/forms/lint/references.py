"""Checking `${name}`: each means one question of the sheet."""

import re
from collections import Counter
from collections.abc import Iterator

from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.questionnaire import Questionnaire
from conversations.forms.lint.spelling import nearest
from conversations.forms.lint.workbook import Cell, Sheet, at_cell

REFERENCE = re.compile(r"\$\{(?:last-saved#)?([^\s${}]+)\}")
ANY_START = re.compile(r"\$\s?\{")
NEAR = 25  # characters shown of a place that is wrong


def check_references(form: Questionnaire) -> Iterator[Finding]:
    """Every reference in every cell that pyxform looks into."""
    names = Counter(item.name for item in form.named)
    sheets: tuple[Sheet | None, ...] = (form.survey, form.choices, form.settings_sheet)
    for sheet in sheets:
        for cell in sheet.all_cells() if sheet else ():
            if sheet and "$" in cell.text and cell.header.base not in ("name", "list_name"):
                yield from _in_cell(form, sheet, cell, names)


def _in_cell(form: Questionnaire, sheet: Sheet, cell: Cell, names: Counter[str]) -> Iterator[Finding]:
    whole = {match.start() for match in REFERENCE.finditer(cell.text)}
    for start in ANY_START.finditer(cell.text):
        if start.start() not in whole:
            near = cell.text[start.start() :][:NEAR]
            yield at_cell(Severity.ERROR, Code.BROKEN_REFERENCE, sheet, cell, near=near)
    for name in dict.fromkeys(REFERENCE.findall(cell.text)):
        if names[name] == 1:
            continue
        suggestion = nearest(name, names)
        if names[name]:
            if sheet is form.survey:  # elsewhere pyxform takes the nearest one
                yield at_cell(Severity.ERROR, Code.AMBIGUOUS_REFERENCE, sheet, cell, name=name)
        elif suggestion:
            yield at_cell(
                Severity.ERROR, Code.MISSPELLED_REFERENCE, sheet, cell, name=name, suggestion=suggestion
            )
        else:
            yield at_cell(Severity.ERROR, Code.UNKNOWN_REFERENCE, sheet, cell, name=name)
