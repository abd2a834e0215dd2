"""Checking expressions: well formed, with functions that exist, on questions that exist."""

import re
from collections.abc import Collection, Iterator, Mapping

from conversations.expressions import (
    ArgumentCount,
    ExpressionError,
    ExpressionSyntaxError,
    UnknownFunction,
)
from conversations.expressions.build import FUNCTIONS
from conversations.expressions.expression import read_expression
from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.paths import paths_in, tree_of
from conversations.forms.lint.questionnaire import Item, Questionnaire
from conversations.forms.lint.references import NEAR, REFERENCE
from conversations.forms.lint.spelling import nearest
from conversations.forms.lint.workbook import Cell, Sheet, at_cell

COLUMNS = ("relevant", "constraint", "calculation", "required", "read_only", "choice_filter", "repeat_count")
WORDS = frozenset(("yes", "no", "true", "false", "true()", "false()"))  # pyxform reads them in any case
BARE_WORD = re.compile(r"[^\W\d][\w.-]*|\d+|'[^']*'|\"[^\"]*\"")
STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})  # pyxform replaces these itself
OTHER_QUOTES = frozenset("«»„‟‚‛″′`´")
STANDS_FOR = "\u0298"  # a letter that no question is named with: `${name}` is written as a path of it
MOST_REPEATS = 500  # a chat cannot ask more turns of a group than that
EMPTY = "null"  # finds nothing, as those who write it mean it
NUMBER = re.compile(r"\d+(\.\d*)?")


def check_expressions(form: Questionnaire) -> Iterator[Finding]:
    """Every cell that holds an expression."""
    for item in form.items:
        for cell in expressions_of(form, item):
            yield from _check(form, form.survey, cell, item)
        yield from _repeats(form, item)
    instance_name = form.settings.get("instance_name")
    if instance_name and form.settings_sheet:
        yield from _check(form, form.settings_sheet, instance_name, None)


def expressions_of(form: Questionnaire, item: Item) -> Iterator[Cell]:
    """The cells of a row that are evaluated while the form runs."""
    for base in COLUMNS:
        for cell in form.survey.cells(item.row, base):
            if cell.text.lower() not in WORDS:
                yield cell
    default = form.survey.cell(item.row, "default")
    if default and _is_dynamic(default.text, item.type):
        yield default


def _is_dynamic(default: str, type_: str) -> bool:
    from pyxform.utils import default_is_dynamic  # slow to import

    return bool(default_is_dynamic(default, type_))


def without_references(text: str) -> str:
    """The expression with a path in the place of each `${name}`, as long as that: columns stay true."""
    return REFERENCE.sub(lambda match: "/" + STANDS_FOR * (len(match[0]) - 1), text)


def _check(form: Questionnaire, sheet: Sheet, cell: Cell, item: Item | None) -> Iterator[Finding]:
    base = cell.header.base
    if base in ("required", "read_only") and BARE_WORD.fullmatch(cell.text):
        # A number still says something: 0 is no. A word is the name of nothing, and so never true.
        severity = Severity.WARNING if NUMBER.fullmatch(cell.text) else Severity.ERROR
        yield at_cell(severity, Code.ODD_REQUIRED, sheet, cell, value=cell.text)
        return
    text = without_references(cell.text.translate(STRAIGHT))
    curly = text != without_references(cell.text)
    try:
        faults = read_expression(text).faults
        tree = tree_of(text)
    except ExpressionSyntaxError as error:
        if curly or OTHER_QUOTES & set(cell.text):
            yield at_cell(Severity.ERROR, Code.SMART_QUOTES, sheet, cell)
        elif "$" not in text:  # what is wrong with a `${` is told elsewhere
            near = cell.text[max(0, error.column - 1) :][:NEAR] or cell.text[-NEAR:]
            yield at_cell(Severity.ERROR, Code.BAD_EXPRESSION, sheet, cell, near=near)
    except ExpressionError:
        yield at_cell(Severity.ERROR, Code.BAD_EXPRESSION, sheet, cell, near=cell.text[:NEAR])
    else:
        for fault in faults:
            yield _fault(sheet, cell, fault)
        if curly:
            yield at_cell(Severity.WARNING, Code.REPAIRED_QUOTES, sheet, cell)
        bare = paths_in(tree).names
        if base == "choice_filter" and item:
            yield from _filter(form, cell, item, bare)
        else:
            yield from _bare(form, sheet, cell, bare)


def _fault(sheet: Sheet, cell: Cell, fault: ExpressionError) -> Finding:
    """A call that cannot work."""
    match fault:
        case UnknownFunction(name=name):
            return _unknown(sheet, cell, name)
        case ArgumentCount(name=name, given=given):
            return at_cell(Severity.ERROR, Code.ARGUMENT_COUNT, sheet, cell, function=name, given=given)
        case _:
            return at_cell(Severity.ERROR, Code.BAD_EXPRESSION, sheet, cell, near=cell.text[:NEAR])


def _unknown(sheet: Sheet, cell: Cell, name: str) -> Finding:
    suggestion = nearest(name, FUNCTIONS)
    if suggestion:
        return at_cell(
            Severity.ERROR, Code.MISSPELLED_FUNCTION, sheet, cell, function=name, suggestion=suggestion
        )
    return at_cell(Severity.ERROR, Code.UNKNOWN_FUNCTION, sheet, cell, function=name)


def _bare(form: Questionnaire, sheet: Sheet, cell: Cell, names: Collection[str]) -> Iterator[Finding]:
    """A question holds no questions: a name alone finds nothing, and in silence.

    What the submission is called by decides nothing: there it only warns.
    """
    known = {item.name for item in form.named} if names else set()
    for name in names:
        if name in known or cell.header.base != "default":
            harmless = cell.header.base == "instance_name" or (name == EMPTY and name not in known)
            severity = Severity.WARNING if harmless else Severity.ERROR
            yield at_cell(severity, Code.BARE_NAME, sheet, cell, name=name)


def _filter(form: Questionnaire, cell: Cell, item: Item, names: Collection[str]) -> Iterator[Finding]:
    """In a choice filter a name alone is a column of the list."""
    if form.choices is None or item.list_name not in form.lists:
        return
    columns: Mapping[str, None] = dict.fromkeys(
        word for header in form.choices.headers for word in (header.text, header.base)
    )
    for name in names:
        if name not in columns:
            yield at_cell(Severity.ERROR, Code.UNKNOWN_FILTER_COLUMN, form.survey, cell, name=name)


def _repeats(form: Questionnaire, item: Item) -> Iterator[Finding]:
    cell = form.survey.cell(item.row, "repeat_count")
    if cell and NUMBER.fullmatch(cell.text) and float(cell.text) > MOST_REPEATS:
        yield at_cell(Severity.ERROR, Code.TOO_MANY_REPEATS, form.survey, cell, limit=MOST_REPEATS)
