"""The four types of XPath (text, number, truth, nodes) and their conversions; a `Moment` is a number."""

import math
import re
from decimal import Decimal

from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.moments import Moment, days, read_moment
from conversations.expressions.node import Node

Nodes = list[Node]
Value = str | float | bool | Nodes

NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*", re.ASCII)


def number_text(value: float) -> str:
    """A number as XPath writes it; not-a-number is empty, as in ODK Web Forms.

    >>> number_text(3.0), number_text(2.5), number_text(1e21), number_text(math.nan), number_text(-0.0)
    ('3', '2.5', '1000000000000000000000', '', '0')
    """
    if not math.isfinite(value):
        return "" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def read_number(text: str, zone: str) -> float:
    """The number a text names; a date counts as days since 1970; not-a-number for anything else.

    >>> read_number(" 12.50 ", "UTC"), read_number("2025-03-12", "UTC"), read_number("1e3", "UTC")
    (12.5, 20159.0, nan)
    """
    if NUMBER.fullmatch(text):
        return float(text)
    moment = read_moment(text.strip(), zone) if text else None
    return days(moment) if moment else math.nan


def text_of(node: Node, context: Context) -> str:
    """The string value of a node, its parts counted as work."""
    if not node.children:
        return node.text if node.relevant else ""
    parts = node.texts()
    context.meter.step(len(parts))
    return "".join(parts)


def to_text(value: Value, context: Context) -> str:
    """Text as XPath writes it; nodes give the first one's."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return text_of(value[0], context) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.text if isinstance(value, Moment) else number_text(value)


def to_number(value: Value, context: Context) -> float:
    """A number; of nodes, the first one's; not-a-number for what is none."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return read_number(to_text(value, context), context.outside.zone)


def to_truth(value: Value) -> bool:
    """True for a text that is not empty, a number other than 0 and NaN, nodes that exist."""
    if isinstance(value, float):
        return value != 0 and value == value
    return bool(value)


def to_nodes(value: Value) -> Nodes:
    """The nodes; raises ValueMismatch for anything else."""
    if not isinstance(value, list):
        raise ValueMismatch("nodes are needed here")
    return value


def each_text(value: Value, context: Context) -> list[str]:
    """The text of each node, or of the one value."""
    if isinstance(value, list):
        context.meter.step(len(value))
        return [text_of(node, context) for node in value]
    return [to_text(value, context)]


def each_number(value: Value, context: Context) -> list[float]:
    """The number of each relevant node, or of the one value: what is left out of a form does not count."""
    if isinstance(value, list):
        return [read_number(text_of(node, context), context.outside.zone) for node in value if node.relevant]
    return [to_number(value, context)]
