"""Functions of text: `concat`, `contains`, `substr`, `translate`, `normalize-space`, …"""

import math
import re
from collections.abc import Callable

from conversations.expressions.context import Context
from conversations.expressions.functions import ANY_NUMBER, Function, eager
from conversations.expressions.values import Value, each_text, to_number, to_text

SPACE = re.compile(r"[ \t\r\n]+")  # what XML takes for white space


def _own(change: Callable[[str], Value]) -> Function:
    """A function of one text, the context node's where none is given."""

    def call(context: Context, *values: Value) -> Value:
        return change(to_text(values[0] if values else [context.node], context))

    return eager(0, 1, call)


def _joined(context: Context, glue: str, values: tuple[Value, ...]) -> str:
    """All of them, of nodes each node, as ODK does."""
    parts = [text for value in values for text in each_text(value, context)]
    context.meter.join(sum(map(len, parts)) + len(glue) * len(parts))
    return glue.join(parts)


def _join(context: Context, glue: Value, *values: Value) -> Value:
    return _joined(context, to_text(glue, context), values)


def _tells(holds: Callable[[str, str], bool]) -> Function:
    def call(context: Context, text: Value, part: Value) -> Value:
        return holds(to_text(text, context), to_text(part, context))

    return eager(2, 2, call)


def _substring(context: Context, value: Value, start: Value, *length: Value) -> Value:
    """XPath's `substring`: from 1, so many characters, both rounded; without a length, all that follow."""
    text = to_text(value, context)
    first = _xpath_round(to_number(start, context))
    last = first + _xpath_round(to_number(length[0], context)) if length else math.inf
    if math.isnan(first) or math.isnan(last):
        return ""
    return text[_index(max(first - 1, 0), text) : _index(max(last - 1, 0), text)]


def _xpath_round(number: float) -> float:
    return float(math.floor(number + 0.5)) if math.isfinite(number) else number


def _substr(context: Context, value: Value, start: Value, end: Value = math.inf) -> Value:
    """ODK's `substr`: from 0, the end not included, negative from the end."""
    text = to_text(value, context)
    first, last = to_number(start, context), to_number(end, context)
    if math.isnan(first) or math.isnan(last):
        return ""
    return text[_index(first, text) : _index(last, text)]


def _index(number: float, text: str) -> int:
    return math.trunc(max(-len(text), min(len(text), number)))


def _before(context: Context, value: Value, part: Value) -> Value:
    text, mark = to_text(value, context), to_text(part, context)
    return text[: max(text.find(mark), 0)]


def _after(context: Context, value: Value, part: Value) -> Value:
    text, mark = to_text(value, context), to_text(part, context)
    at = text.find(mark)
    return text[at + len(mark) :] if at >= 0 else ""


def _translate(context: Context, value: Value, these: Value, those: Value) -> Value:
    """Each character of `these` becomes the one at its place in `those`, or goes."""
    old, new = to_text(these, context), to_text(those, context)
    table: dict[int, str | None] = {}
    for place, character in enumerate(old):
        table.setdefault(ord(character), new[place] if place < len(new) else None)
    return to_text(value, context).translate(table)


def normal_space(text: str) -> str:
    """Without white space around it, and one space wherever there was some inside.

    >>> normal_space("  Amina \\t El  Idrissi ")
    'Amina El Idrissi'
    """
    return " ".join(word for word in SPACE.split(text) if word)


STRINGS = {
    "string": _own(lambda text: text),
    "string-length": _own(lambda text: float(len(text))),
    "normalize-space": _own(normal_space),
    "upper-case": eager(1, 1, lambda context, value: to_text(value, context).upper()),
    "lower-case": eager(1, 1, lambda context, value: to_text(value, context).lower()),
    "concat": eager(0, ANY_NUMBER, lambda context, *values: _joined(context, "", values)),
    "join": eager(1, ANY_NUMBER, _join),
    "contains": _tells(lambda text, part: part in text),
    "starts-with": _tells(str.startswith),
    "ends-with": _tells(str.endswith),
    "substring": eager(2, 3, _substring),
    "substr": eager(2, 3, _substr),
    "substring-before": eager(2, 2, _before),
    "substring-after": eager(2, 2, _after),
    "translate": eager(3, 3, _translate),
}
