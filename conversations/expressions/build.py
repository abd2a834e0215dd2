"""Syntax tree to closure: what is known from the text is decided here, once."""

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from math import fmod, inf, nan

from lark import Token, Tree

from conversations.expressions.build_paths import build_from_value, build_location
from conversations.expressions.chance import CHANCE
from conversations.expressions.coding import CODING
from conversations.expressions.compare import COMPARISONS
from conversations.expressions.context import Context
from conversations.expressions.dates import DATES
from conversations.expressions.errors import (
    ArgumentCount,
    ExpressionError,
    ExpressionSyntaxError,
    UnknownFunction,
)
from conversations.expressions.geography import GEOGRAPHY
from conversations.expressions.lists import LISTS
from conversations.expressions.logic import LOGIC
from conversations.expressions.nodesets import NODESETS
from conversations.expressions.numeric import NUMERIC
from conversations.expressions.parse import parse
from conversations.expressions.paths import Evaluate, keep, sorted_nodes
from conversations.expressions.patterns import PATTERNS
from conversations.expressions.references import Branch
from conversations.expressions.selections import read_selection
from conversations.expressions.strings import STRINGS
from conversations.expressions.values import Value, to_nodes, to_number, to_truth

FUNCTIONS = LOGIC | NUMERIC | STRINGS | LISTS | DATES | NODESETS | CHANCE | CODING | GEOGRAPHY | PATTERNS
DEEPEST = 120  # levels of nesting; keeps compiling and evaluating well within Python's own limit


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


@dataclass(slots=True)
class Builder:
    """Builds one expression, and notes the calls in it that cannot work.

    Such a call fails when it is evaluated, not before: `true() or nonsense()` is true, as in ODK Web Forms.
    """

    faults: list[ExpressionError] = field(default_factory=list)
    depth: int = 0

    def build(self, branch: Branch) -> Evaluate:
        """The closure that evaluates a branch. Raises ExpressionSyntaxError for what is nested too deep."""
        if isinstance(branch, Token):
            raise ExpressionSyntaxError("this is not an expression")
        if self.depth > DEEPEST:
            raise ExpressionSyntaxError(f"an expression is nested at most {DEEPEST} levels deep")
        self.depth += 1
        evaluate = BUILDERS[branch.data](self, branch.children)
        self.depth -= 1
        return evaluate

    def fail(self, error: ExpressionError) -> Evaluate:
        """Note what is wrong with a call; whoever evaluates it is told."""
        self.faults.append(error)

        def evaluate(context: Context) -> Value:
            raise error.with_traceback(None)

        return evaluate


def _literal(builder: Builder, parts: list[Branch]) -> Evaluate:
    text = str(parts[0])[1:-1]
    return lambda context: text


def _number(builder: Builder, parts: list[Branch]) -> Evaluate:
    number = float(str(parts[0]))
    return lambda context: number


def _or(builder: Builder, parts: list[Branch]) -> Evaluate:
    terms = [builder.build(part) for part in parts]

    def evaluate(context: Context) -> Value:
        for term in terms:  # a plain loop: `any` would cost a generator in the commonest of operators
            if to_truth(term(context)):
                break
        else:
            return False
        return True

    return evaluate


def _and(builder: Builder, parts: list[Branch]) -> Evaluate:
    terms = [builder.build(part) for part in parts]

    def evaluate(context: Context) -> Value:
        for term in terms:
            if not to_truth(term(context)):
                break
        else:
            return True
        return False

    return evaluate


def _compare(builder: Builder, parts: list[Branch]) -> Evaluate:
    first, *terms = [builder.build(part) for part in parts[::2]]
    rest = [(COMPARISONS[str(sign)], term) for sign, term in zip(parts[1::2], terms, strict=True)]
    if len(rest) == 1:
        compare, second = rest[0]
        return lambda context: compare(first(context), second(context), context)

    def evaluate(context: Context) -> Value:
        value = first(context)
        for compare, term in rest:
            value = compare(value, term(context), context)
        return value

    return evaluate


def _calculate(builder: Builder, parts: list[Branch]) -> Evaluate:
    first, *terms = [builder.build(part) for part in parts[::2]]
    rest = [(ARITHMETIC[str(sign)], term) for sign, term in zip(parts[1::2], terms, strict=True)]

    def evaluate(context: Context) -> Value:
        value = to_number(first(context), context)
        for apply, term in rest:
            value = apply(value, to_number(term(context), context))
        return value

    return evaluate


def _negative(builder: Builder, parts: list[Branch]) -> Evaluate:
    term = builder.build(parts[1])
    return lambda context: -to_number(term(context), context)


def _union(builder: Builder, parts: list[Branch]) -> Evaluate:
    terms = [builder.build(part) for part in parts]
    return lambda context: sorted_nodes(context, [node for term in terms for node in to_nodes(term(context))])


def _predicate(builder: Builder, parts: list[Branch]) -> Evaluate:
    return read_selection(parts[0], builder.build) or builder.build(parts[0])


def _group(builder: Builder, parts: list[Branch]) -> Evaluate:
    return builder.build(parts[0])


def _call(builder: Builder, parts: list[Branch]) -> Evaluate:
    name = str(parts[0])
    given = parts[1:]
    if name == "jr:choice-name" and len(given) == 2:
        given = [given[0], _quoted_path(given[1])]
    arguments = tuple(builder.build(part) for part in given)
    function = FUNCTIONS.get(name)
    if function is None:
        return builder.fail(UnknownFunction(name))
    if not function.least <= len(arguments) <= function.most:
        return builder.fail(ArgumentCount(name, len(arguments)))
    return function.build(arguments)


def _quoted_path(branch: Branch) -> Branch:
    """The path inside a literal: `jr:choice-name` names its question in quotes."""
    if isinstance(branch, Tree) and branch.data == "literal":
        return parse(str(branch.children[0])[1:-1])
    return branch


def _filtered(builder: Builder, parts: list[Branch]) -> Evaluate:
    source, *predicates = [builder.build(part) for part in parts]

    def evaluate(context: Context) -> Value:
        nodes = to_nodes(source(context))
        for predicate in predicates:
            nodes = keep(context, nodes, predicate)
        return nodes

    return evaluate


def _location(builder: Builder, parts: list[Branch]) -> Evaluate:
    return build_location(parts, builder.build)


def _from_value(builder: Builder, parts: list[Branch]) -> Evaluate:
    return build_from_value(builder.build(parts[0]), parts[1:], builder.build)


BUILDERS: dict[str, Callable[[Builder, list[Branch]], Evaluate]] = {
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
    "predicate": _predicate,
    "filtered": _filtered,
    "location": _location,
    "from_value": _from_value,
}
