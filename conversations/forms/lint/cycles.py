"""Checking what depends on what: no question may wait for itself, not even by way of others."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from conversations.expressions import ExpressionSyntaxError
from conversations.expressions.parse import parse
from conversations.expressions.references import references, resolve
from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.questionnaire import Item, Questionnaire
from conversations.forms.lint.references import REFERENCE
from conversations.forms.lint.workbook import Cell, at_cell

WORKED_OUT = ("relevant", "calculation")  # while answering; a constraint is looked at once, on its answer
MOST = 10  # circles told of one form
ARROW = " → "

Graph = dict[str, set[str]]


def check_cycles(form: Questionnaire) -> Iterator[Finding]:
    """Circles, and questions that read themselves."""
    paths = {item.name: item.path for item in form.named}
    graph: Graph = {}
    cells: dict[str, Cell] = {}  # the first of each question
    for item in form.named:
        for base in WORKED_OUT:
            cell = form.survey.cell(item.row, base)
            if cell is None:
                continue
            read = _reads(item, cell, paths)
            if item.path in read and "once(" not in cell.text:
                yield at_cell(Severity.WARNING, Code.SELF_REFERENCE, form.survey, cell, name=item.name)
            graph.setdefault(item.path, set()).update(read)
            cells.setdefault(item.path, cell)
    for circle in _circles(_waits(graph)):
        first = min((cells[path] for path in circle), key=lambda cell: cell.row)
        names = ARROW.join(path.rpartition("/")[2] for path in circle)
        yield at_cell(Severity.ERROR, Code.CYCLE, form.survey, first, names=names)


def _reads(item: Item, cell: Cell, paths: Mapping[str, str]) -> set[str]:
    """The absolute paths that a cell reads."""
    text = REFERENCE.sub(lambda match: paths.get(match[1], "/-"), cell.text)
    try:
        return {resolve(reference, item.path) for reference in references(parse(text))}
    except ExpressionSyntaxError:
        return set()  # told by the check of expressions


def _waits(graph: Graph) -> Graph:
    """What each waits for: what it reads, the groups around both, and what lies in a group it reads."""
    waits: Graph = {}
    groups = {above for path in graph for above in _ancestors(path)}
    for path, read in graph.items():
        around = set(_ancestors(path))
        near = set(around)
        for other in read - around - {path}:
            near.update((other, *_ancestors(other)))
            if other in groups:
                near.update(below for below in graph if below.startswith(f"{other}/"))
        waits[path] = {other for other in near if other in graph and other != path}
    return waits


def _circles(waits: Graph) -> Iterator[list[str]]:
    for _ in range(MOST):
        try:
            TopologicalSorter(waits).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1]
            yield circle[::-1]
            waits = {path: others - set(circle) for path, others in waits.items() if path not in circle}
        else:
            return


def _ancestors(path: str) -> Iterator[str]:
    while "/" in path[1:]:
        path = path.rpartition("/")[0]
        yield path
