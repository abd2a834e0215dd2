"""Text to `Expression`: compiled once, evaluated many times."""

from dataclasses import dataclass

from conversations.expressions.build import build
from conversations.expressions.context import Context
from conversations.expressions.parse import parse
from conversations.expressions.paths import Evaluate
from conversations.expressions.references import references
from conversations.expressions.values import Nodes, to_nodes, to_number, to_text, to_truth


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. Evaluating raises ExpressionError only."""

    source: str
    references: frozenset[str]  # see `conversations.expressions.references`
    evaluate: Evaluate

    def text(self, context: Context) -> str:
        """What it gives, as text: how a calculated value is stored and shown."""
        return to_text(self.evaluate(context))

    def number(self, context: Context) -> float:
        """What it gives, as a number; dates as days since 1970."""
        return to_number(self.evaluate(context), context.zone)

    def truth(self, context: Context) -> bool:
        """Whether it holds: `relevant`, `constraint`, `required`."""
        return to_truth(self.evaluate(context))

    def nodes(self, context: Context) -> Nodes:
        """The nodes it finds; raises ValueMismatch if it gives none."""
        return to_nodes(self.evaluate(context))


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
    tree = parse(source)
    evaluate = build(tree)  # first: it bounds how deep the tree is
    return Expression(source, references(tree), evaluate)
