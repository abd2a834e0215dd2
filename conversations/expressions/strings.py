"""Functions of text: `concat`, `contains`, `regex`, …, and of lists of choices: `selected`, …"""

import math
import re
from functools import lru_cache

from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.functions import ANY_NUMBER, eager
from conversations.expressions.values import Value, to_number, to_text


def _string(context: Context, value: Value | None = None) -> Value:
    return to_text([context.node] if value is None else value)


def _concat(context: Context, *values: Value) -> Value:
    """All of them joined; of nodes, each node, as ODK does."""
    parts: list[str] = []
    for value in values:
        parts.extend([node.value() for node in value] if isinstance(value, list) else [to_text(value)])
    return "".join(parts)


def _length(context: Context, value: Value | None = None) -> Value:
    return float(len(to_text([context.node] if value is None else value)))


def _substring(context: Context, value: Value, start: Value, end: Value = math.inf) -> Value:
    """ODK's `substr`: from 0, the end not included, negative from the end."""
    text = to_text(value)
    first, last = to_number(start, context.zone), to_number(end, context.zone)
    if math.isnan(first) or math.isnan(last):
        return ""
    return text[_index(first, len(text)) : _index(last, len(text))]


def _index(number: float, length: int) -> int:
    return math.trunc(max(-length, min(length, number)))


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except (re.error, OverflowError, RecursionError):
        raise ValueMismatch("this is not a pattern for regex()") from None


def _regex(context: Context, value: Value, pattern: Value) -> Value:
    """Whether the pattern is found; it is for the form to anchor it with `^` and `$`, as in ODK."""
    return _pattern(to_text(pattern)).search(to_text(value)) is not None


def _selected(context: Context, value: Value, name: Value) -> Value:
    """Whether a choice is among those selected; nothing selected counts as the empty choice."""
    return to_text(name).strip() in to_text(value).strip().split(" ")


def _selected_at(context: Context, value: Value, index: Value) -> Value:
    names, at = to_text(value).split(), to_number(index, context.zone)
    return names[int(at)] if 0 <= at < len(names) else ""


STRINGS = {
    "string": eager(0, 1, _string),
    "concat": eager(0, ANY_NUMBER, _concat),
    "string-length": eager(0, 1, _length),
    "substr": eager(2, 3, _substring),
    "contains": eager(2, 2, lambda context, text, part: to_text(part) in to_text(text)),
    "starts-with": eager(2, 2, lambda context, text, part: to_text(text).startswith(to_text(part))),
    "ends-with": eager(2, 2, lambda context, text, part: to_text(text).endswith(to_text(part))),
    "normalize-space": eager(0, 1, lambda context, *text: " ".join(str(_string(context, *text)).split())),
    "regex": eager(2, 2, _regex),
    "selected": eager(2, 2, _selected),
    "count-selected": eager(1, 1, lambda context, value: float(len(to_text(value).split()))),
    "selected-at": eager(2, 2, _selected_at),
}
