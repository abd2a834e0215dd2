"""The linter: what is wrong with a sheet, where a person sees it, before anybody is asked.

pyxform accepts in silence what breaks a chat; its own errors come out in the same shape. In the order data
flows:

- `workbook`: a spreadsheet as cells with row and column; `headers`: what its columns are
- `excel`: reading .xlsx and .xls; `text_tables`: reading .csv and .md
- `questionnaire`: the sheet as questions, lists and languages
- `finding`: what a check reports; `spelling`: the nearest known word
- `columns`: sheets and columns; `types`: types and appearances; `names`: names and the nesting of groups
- `lists`: choices; `references`: `${name}`; `expressions`: XPath; `paths`: the paths in it
- `cycles`: what depends on what
- `translations`: texts in every language; `labels`: short enough for buttons
- `attachments`: files that must come with the form; `formulas`: cells that calculate
- `trial`: what compiling says
- `check`: all of it
"""

from conversations.forms.lint.check import Checked, check_form, check_workbook, read_workbook
from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.workbook import UnreadableSheet

__all__ = [
    "Checked",
    "Code",
    "Finding",
    "Severity",
    "UnreadableSheet",
    "check_form",
    "check_workbook",
    "read_workbook",
]
