"""Syntax tree to closure: what is known from the text is decided here, once."""

import operator
from collections.abc import Callable
from math import fmod, inf, nan

from lark import Token

from conversations.expressions.compare import COMPARISONS
from conversations.expressions.context import Context
from conversations.expressions.dates import DATES
from conversations.expressions.errors import ArgumentCount, ExpressionSyntaxError, UnknownFunction
from conversations.expressions.logic import LOGIC
from conversations.expressions.numeric import NUMERIC
from conversations.expressions.parse import SyntaxTree
from conversations.expressions.paths import ANYWHERE, PARENT, SELF, Evaluate, Step, keep, walk
from conversations.expressions.references import Branch
from conversations.expressions.strings import STRINGS
from conversations.expressions.values import Value, to_nodes, to_number, to_truth

FUNCTIONS = LOGIC | NUMERIC | STRINGS | DATES
DEEPEST = 60  # levels of nesting; keeps compiling and evaluating well within Python's own limit


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return nan if not left or left != left else inf if (left > 0) == (str(right)[0] != "-") else -inf


def _remainder(left: float, right: float) -> float:
    return fmod(left, right) if right and left not in (inf, -inf) else nan


ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _remainder,
}


def build(tree: SyntaxTree, depth: int = 0) -> Evaluate:
    """The closure that evaluates the tree. Raises an ExpressionError for what can never be evaluated."""
    if depth > DEEPEST:
        raise ExpressionSyntaxError(f"an expression is nested at most {DEEPEST} levels deep")
    return BUILDERS[tree.data](tree.children, depth + 1)


def _build(branch: Branch, depth: int) -> Evaluate:
    if isinstance(branch, Token):
        raise ExpressionSyntaxError("this is not an expression")
    return build(branch, depth)


def _literal(parts: list[Branch], depth: int) -> Evaluate:
    text = str(parts[0])[1:-1]
    return lambda context: text


def _number(parts: list[Branch], depth: int) -> Evaluate:
    number = float(str(parts[0]))
    return lambda context: number


def _or(parts: list[Branch], depth: int) -> Evaluate:
    terms = [_build(part, depth) for part in parts]
    return lambda context: any(to_truth(term(context)) for term in terms)


def _and(parts: list[Branch], depth: int) -> Evaluate:
    terms = [_build(part, depth) for part in parts]
    return lambda context: all(to_truth(term(context)) for term in terms)


def _compare(parts: list[Branch], depth: int) -> Evaluate:
    first = _build(parts[0], depth)
    rest = [
        (COMPARISONS[str(sign)], _build(term, depth))
        for sign, term in zip(parts[1::2], parts[2::2], strict=True)
    ]

    def evaluate(context: Context) -> Value:
        value = first(context)
        for compare, term in rest:
            value = compare(value, term(context), context.zone)
        return value

    return evaluate


def _calculate(parts: list[Branch], depth: int) -> Evaluate:
    first = _build(parts[0], depth)
    rest = [
        (ARITHMETIC[str(sign)], _build(term, depth))
        for sign, term in zip(parts[1::2], parts[2::2], strict=True)
    ]

    def evaluate(context: Context) -> Value:
        value = to_number(first(context), context.zone)
        for apply, term in rest:
            value = apply(value, to_number(term(context), context.zone))
        return value

    return evaluate


def _negative(parts: list[Branch], depth: int) -> Evaluate:
    term = _build(parts[1], depth)
    return lambda context: -to_number(term(context), context.zone)


def _union(parts: list[Branch], depth: int) -> Evaluate:
    terms = [_build(part, depth) for part in parts]

    def evaluate(context: Context) -> Value:
        found = dict.fromkeys(node for term in terms for node in to_nodes(term(context)))
        trees = dict.fromkeys(node.top() for node in found)
        return [node for tree in trees for node in (tree, *tree.descendants()) if node in found]

    return evaluate


def _group(parts: list[Branch], depth: int) -> Evaluate:
    return _build(parts[0], depth)


def _call(parts: list[Branch], depth: int) -> Evaluate:
    name = str(parts[0])
    function = FUNCTIONS.get(name)
    if function is None:
        raise UnknownFunction(name)
    if not function.least <= len(parts) - 1 <= function.most:
        raise ArgumentCount(name, len(parts) - 1)
    return function.build(tuple(_build(part, depth) for part in parts[1:]))


def _filtered(parts: list[Branch], depth: int) -> Evaluate:
    source = _build(parts[0], depth)
    predicates = [_build(part, depth) for part in parts[1:]]

    def evaluate(context: Context) -> Value:
        nodes = to_nodes(source(context))
        for predicate in predicates:
            nodes = keep(context, nodes, predicate)
        return nodes

    return evaluate


def _steps(parts: list[Branch], depth: int) -> tuple[Step, ...]:
    """The steps between slashes; a double slash is a step of its own."""
    steps: list[Step] = []
    for part in parts:
        if isinstance(part, Token):
            steps.extend([ANYWHERE] if part.type == "DOUBLE_SLASH" else [])
            continue
        words = [str(child) for child in part.children if isinstance(child, Token)]
        predicates = tuple(_build(child, depth) for child in part.children if not isinstance(child, Token))
        match words:
            case ["."]:
                steps.append(SELF)
            case [".."]:
                steps.append(PARENT)
            case [test]:
                steps.append(Step("child", _test(test), predicates))
            case [axis, test]:
                steps.append(Step(axis.removesuffix("::").strip(), _test(test), predicates))
    return tuple(steps)


def _test(word: str) -> str:
    return "".join(word.split())


def _location(parts: list[Branch], depth: int) -> Evaluate:
    steps = _steps(parts, depth)
    if isinstance(parts[0], Token):
        return lambda context: walk(context, [context.document], steps)
    return lambda context: walk(context, [context.node], steps)


def _from_value(parts: list[Branch], depth: int) -> Evaluate:
    source, steps = _build(parts[0], depth), _steps(parts[1:], depth)
    return lambda context: walk(context, to_nodes(source(context)), steps)


BUILDERS: dict[str, Callable[[list[Branch], int], Evaluate]] = {
    "or": _or,
    "and": _and,
    "equality": _compare,
    "relation": _compare,
    "sum": _calculate,
    "product": _calculate,
    "negative": _negative,
    "union": _union,
    "group": _group,
    "literal": _literal,
    "number": _number,
    "call": _call,
    "predicate": _group,
    "filtered": _filtered,
    "location": _location,
    "from_value": _from_value,
}
