"""Text to `Expression`: compiled once, evaluated many times."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from conversations.expressions.build import Builder
from conversations.expressions.context import Context
from conversations.expressions.errors import ExpressionError, TooMuchWork
from conversations.expressions.parse import parse
from conversations.expressions.paths import Evaluate
from conversations.expressions.references import references
from conversations.expressions.values import Nodes, Value, to_nodes, to_number, to_text, to_truth

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. Evaluating raises ExpressionError only; each evaluation is bounded anew."""

    source: str
    references: frozenset[str]  # see `conversations.expressions.references`
    faults: tuple[ExpressionError, ...]  # calls of unknown functions, or with a wrong number of arguments
    closure: Evaluate

    def text(self, context: Context) -> str:
        """What it gives, as text: how a calculated value is stored and shown."""
        return self._read(context, to_text)

    def number(self, context: Context) -> float:
        """What it gives, as a number; dates as days since 1970."""
        return self._read(context, to_number)

    def truth(self, context: Context) -> bool:
        """Whether it holds: `relevant`, `constraint`, `required`."""
        return to_truth(self.evaluate(context))

    def nodes(self, context: Context) -> Nodes:
        """The nodes it finds; raises ValueMismatch if it gives none."""
        return to_nodes(self.evaluate(context))

    def evaluate(self, context: Context) -> Value:
        """The value as it is."""
        context.meter.begin()
        try:
            return self.closure(context)
        except RecursionError:  # the caller was already deep
            raise TooMuchWork from None

    def _read(self, context: Context, convert: Callable[[Value, Context], Read]) -> Read:
        context.meter.begin()
        try:
            return convert(self.closure(context), context)
        except RecursionError:  # the caller was already deep
            raise TooMuchWork from None


@lru_cache(maxsize=4096)
def read_expression(source: str) -> Expression:
    """The expression of a text, calls that cannot work included: they are its `faults`.

    Raises ExpressionSyntaxError for what is no expression.

    >>> [str(fault) for fault in read_expression("false() and selcted(., 'x')").faults]
    ['there is no function selcted()']
    """
    tree = parse(source)
    builder = Builder()
    closure = builder.build(tree)  # first: it bounds how deep the tree is
    return Expression(source, references(tree), tuple(builder.faults), closure)


def compile_expression(source: str) -> Expression:
    """The expression of a text. Raises ExpressionSyntaxError, UnknownFunction or ArgumentCount.

    >>> from datetime import datetime, UTC
    >>> from conversations.expressions.context import context_at
    >>> from conversations.expressions.node import Node
    >>> document = Node("")
    >>> data = document.add(Node("data"))
    >>> born = data.add(Node("born", "1990"))
    >>> context = context_at(born, document, datetime(2025, 3, 12, tzinfo=UTC), "Africa/Casablanca")
    >>> compile_expression("number(format-date(today(), '%Y')) - . div 2").text(context)
    '1030'
    """
    expression = read_expression(source)
    if expression.faults:
        raise expression.faults[0].with_traceback(None)
    return expression
