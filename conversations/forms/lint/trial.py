"""Compiling on trial: what pyxform and our own reading say of a sheet, in the shape of findings."""

import re
import warnings
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from conversations.expressions import ExpressionError
from conversations.expressions.references import resolve
from conversations.forms.commas import for_pyxform
from conversations.forms.errors import FormError
from conversations.forms.form import Element, Form
from conversations.forms.lint.expressions import STANDS_FOR, STRAIGHT, expressions_of, without_references
from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.paths import paths_in, tree_of
from conversations.forms.lint.questionnaire import Questionnaire
from conversations.forms.lint.workbook import Cell, Sheet, Workbook, at_cell, at_row, letter
from conversations.forms.xform import read_xform

ROW = re.compile(r"\[row : (\d+)\]\s*")
ON_SHEET = re.compile(r"the '(\w+)' sheet")
IN_COLUMN = re.compile(r"the '([^']+)' value")
NO_LABEL = re.compile(r"The survey element named '([^']+)' has no label or hint\.")
LONGEST = 250  # characters of what is quoted of another program
VERSION = "trial"


@dataclass(frozen=True, slots=True)
class Trial:
    """What compiling gave: a form, or what stood in its way."""

    form: Form | None
    complaint: str = ""
    said_by: Code = Code.PYXFORM  # or PYXFORM_STOPPED, or CANNOT_RUN: our own reading


def try_out(source: bytes, file_type: str, attachments: Mapping[str, bytes]) -> Trial:
    """Compile the file as it would be published."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert  # slow to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, on parts of the file that nobody reads
            xml = convert(for_pyxform(source, file_type), file_type=f".{file_type}").xform
    except PyXFormError as error:
        return Trial(None, str(error))
    except MemoryError:
        raise
    except Exception as error:  # besides its own errors, pyxform lets through whatever a slip leads to
        return Trial(None, f"{type(error).__name__}: {error}", Code.PYXFORM_STOPPED)
    try:
        return Trial(read_xform(xml, VERSION, attachments))
    except FormError as error:
        return Trial(None, str(error), Code.CANNOT_RUN)


def complaints(trial: Trial, book: Workbook, form: Questionnaire | None) -> Iterator[Finding]:
    """What compiling complained of, with the row where its text names one."""
    if trial.complaint and trial.said_by is not Code.PYXFORM:
        yield Finding(Severity.ERROR, trial.said_by, args={"reason": trial.complaint[:LONGEST]})
    elif trial.complaint:
        for text in re.split(r"\n(?=\[row : )", trial.complaint):
            yield _of_pyxform(text, book, form)


def _of_pyxform(text: str, book: Workbook, form: Questionnaire | None) -> Finding:
    unlabelled = NO_LABEL.search(text)
    for item in form.items if form and unlabelled else ():
        if form and unlabelled and item.name == unlabelled[1]:
            return at_row(Severity.ERROR, Code.NO_LABEL, form.survey, item.row.number, name=item.name)
    reason = ROW.sub("", text).strip().split("\n")[0][:LONGEST]
    row, named = ROW.search(text), ON_SHEET.search(text)
    sheet = book.sheet(named[1] if named else "survey")
    if row is None or sheet is None:
        return Finding(Severity.ERROR, Code.PYXFORM, args={"reason": reason})
    number = _row_number(sheet, int(row[1]))
    column = IN_COLUMN.search(text)
    for header in sheet.headers:
        if column and header.base == column[1]:
            args = {"reason": reason, "column": header.text}
            return Finding(Severity.ERROR, Code.PYXFORM, sheet.name, number, letter(header.column), args)
    return at_row(Severity.ERROR, Code.PYXFORM, sheet, number, reason=reason)


def _row_number(sheet: Sheet, counted: int) -> int:
    """pyxform counts the rows it kept, the head as the first: a text file has lines between them."""
    at = counted - 2
    return sheet.rows[at].number if 0 <= at < len(sheet.rows) else sheet.head_row


def check_paths(form: Questionnaire, compiled: Form) -> Iterator[Finding]:
    """Paths and lists written by hand, on the form as it was compiled."""
    known = set(_paths(compiled.instance))
    for item in form.items:
        if item.path not in known:
            continue
        for cell in expressions_of(form, item):
            yield from _wrong(form, cell, item.path, known, compiled.lists)


def _wrong(
    form: Questionnaire, cell: Cell, path: str, known: set[str], lists: Collection[str]
) -> Iterator[Finding]:
    try:
        found = paths_in(tree_of(without_references(cell.text.translate(STRAIGHT))))
    except ExpressionError:
        return  # what is not there is not evaluated either: told by the check of expressions
    upwards = found.upwards if cell.header.base != "choice_filter" else []
    for written in (*found.absolute, *upwards):
        target = resolve(written, path)
        if STANDS_FOR not in written and target not in known and target != "/":
            yield at_cell(Severity.ERROR, Code.WRONG_PATH, form.survey, cell, path=written)
    for name in found.lists:
        if name not in lists:
            yield at_cell(Severity.ERROR, Code.MISSING_LIST, form.survey, cell, list=name)


def _paths(element: Element) -> Iterator[str]:
    yield element.path
    for child in element.children:
        yield from _paths(child)
