"""Checking formulas: only their values are read, and a text must not be one in disguise."""

import re
from collections.abc import Iterator

from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.questionnaire import Questionnaire
from conversations.forms.lint.workbook import Cell, Sheet, Workbook, at_cell

# What a spreadsheet program would run if the text were pasted or exported into one (CSV injection).
RUNS = re.compile(r"\s*=\s*\S|\s*[+@-]\s*[A-Za-z_.]+\s*[(|]")
TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "form_title", "name")


def check_formulas(book: Workbook) -> Iterator[Finding]:
    """Formulas whose value was never calculated: their cells read as empty."""
    for sheet in book.sheets:
        columns = {header.column: header for header in sheet.headers}
        values = {row.number: row for row in sheet.rows}
        for (row, column), formula in sheet.formulas.items():
            if row not in values:
                continue
            cell = Cell(row, columns[column], values[row].cells.get(column, ""))
            if not cell.text or cell.text.startswith("#"):
                yield at_cell(Severity.ERROR, Code.FORMULA_WITHOUT_VALUE, sheet, cell)
            elif "|" in formula and "!" in formula:  # asks another program (DDE)
                yield at_cell(Severity.ERROR, Code.FORMULA_TEXT, sheet, cell)


def check_texts(form: Questionnaire) -> Iterator[Finding]:
    """Texts that a spreadsheet would run."""
    sheets: tuple[Sheet | None, ...] = (form.survey, form.choices, form.settings_sheet)
    for sheet in sheets:
        for cell in sheet.all_cells() if sheet else ():
            if sheet and cell.header.base in TEXTS and RUNS.match(cell.text):
                yield at_cell(Severity.ERROR, Code.FORMULA_TEXT, sheet, cell)
