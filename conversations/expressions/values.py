"""The four types of XPath (text, number, truth, nodes) and their conversions, with ODK's dates.

A date is a text in ISO form that counts as days where a number is needed.
"""

import math
import re
from decimal import Decimal

from conversations.expressions.errors import ValueMismatch
from conversations.expressions.moments import days, read_moment
from conversations.expressions.node import Node

Nodes = list[Node]
Value = str | float | bool | Nodes

NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)", re.ASCII)


def to_text(value: Value) -> str:
    """Text as XPath writes it; nodes give the first one's value.

    >>> to_text(3.0), to_text(2.5), to_text(True), to_text(1e21)
    ('3', '2.5', 'true', '1000000000000000000000')
    """
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case list():
            return value[0].value() if value else ""
        case _:
            return _number_text(value)


def _number_text(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def to_number(value: Value, zone: str) -> float:
    """A number; a date counts as days since 1970 in the zone; what is neither is not-a-number.

    >>> to_number(" 12.50 ", "UTC"), to_number("2025-03-12", "UTC"), to_number("", "UTC")
    (12.5, 20159.0, nan)
    """
    match value:
        case bool():
            return 1.0 if value else 0.0
        case float():
            return value
        case _:
            text = to_text(value).strip()
            if NUMBER.fullmatch(text):
                return float(text)
            moment = read_moment(text, zone)
            return days(moment) if moment else math.nan


def to_truth(value: Value) -> bool:
    """True for a text that is not empty, a number other than 0 and NaN, nodes that exist."""
    match value:
        case bool():
            return value
        case float():
            return value != 0 and not math.isnan(value)
        case _:
            return bool(value)


def to_nodes(value: Value) -> Nodes:
    """The nodes; raises ValueMismatch for anything else."""
    if not isinstance(value, list):
        raise ValueMismatch("nodes are needed here")
    return value
