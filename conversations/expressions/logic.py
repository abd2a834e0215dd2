"""Functions of truth and choice: `if`, `coalesce`, `once`, `not`, `checklist`, …"""

from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.functions import ANY_NUMBER, Function, eager
from conversations.expressions.paths import Evaluate
from conversations.expressions.values import (
    Value,
    each_number,
    each_text,
    text_of,
    to_number,
    to_text,
    to_truth,
)


def _if(arguments: tuple[Evaluate, ...]) -> Evaluate:
    condition, then, otherwise = arguments
    return lambda context: then(context) if to_truth(condition(context)) else otherwise(context)


def _coalesce(arguments: tuple[Evaluate, ...]) -> Evaluate:
    """The first as text unless it is empty (not-a-number is too), else the second."""
    first, second = arguments
    return lambda context: to_text(first(context), context) or to_text(second(context), context)


def _once(arguments: tuple[Evaluate, ...]) -> Evaluate:
    """What the node already holds, else the value: a calculation that never changes again."""
    (argument,) = arguments
    return lambda context: text_of(context.node, context) or to_text(argument(context), context)


def _boolean_from_string(context: Context, value: Value) -> Value:
    return to_text(value, context) in ("1", "true")


def _truths(value: Value, context: Context) -> list[bool]:
    """Of nodes, whether each holds something."""
    if isinstance(value, list):
        return [text != "" for text in each_text(value, context)]
    return [to_truth(value)]


def _within(least: float, most: float, found: float) -> bool:
    """-1 is no limit; a most of -1 with a least below 1 asks nothing."""
    if most == -1:
        return least < 1 or found >= least
    return least <= found <= most


def _checklist(context: Context, least: Value, most: Value, *values: Value) -> Value:
    """Whether the number of those that hold is between least and most."""
    found = sum(sum(_truths(value, context)) for value in values)
    return _within(to_number(least, context), to_number(most, context), found)


def _weighted_checklist(context: Context, least: Value, most: Value, *values: Value) -> Value:
    """The same with a weight after each; nodes and their weights go in pairs."""
    if len(values) % 2:
        raise ValueMismatch("weighted-checklist() needs a weight for each value")
    found = 0.0
    for value, weight in zip(values[::2], values[1::2], strict=True):
        truths, weights = _truths(value, context), each_number(weight, context)
        if len(truths) < len(weights):
            return False
        found += sum(number for holds, number in zip(truths, weights, strict=False) if holds)
    return _within(to_number(least, context), to_number(most, context), found)


LOGIC = {
    "if": Function(3, 3, _if),
    "coalesce": Function(2, 2, _coalesce),
    "once": Function(1, 1, _once),
    "not": eager(1, 1, lambda context, value: not to_truth(value)),
    "true": eager(0, 0, lambda context: True),
    "false": eager(0, 0, lambda context: False),
    "boolean": eager(1, 1, lambda context, value: to_truth(value)),
    "boolean-from-string": eager(1, 1, _boolean_from_string),
    "checklist": eager(2, ANY_NUMBER, _checklist),
    "weighted-checklist": eager(2, ANY_NUMBER, _weighted_checklist),
    "depend": eager(1, ANY_NUMBER, lambda context, value, *others: value),
}
