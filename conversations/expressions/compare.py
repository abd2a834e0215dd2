"""`=`, `!=`, `<`, `<=`, `>`, `>=` as XPath 1.0 defines them: nodes compare if any one of them does."""

import operator
from collections.abc import Callable, Sequence

from conversations.expressions.context import Context
from conversations.expressions.values import Value, read_number, text_of, to_number, to_text, to_truth

Comparison = Callable[[Value, Value, Context], bool]


NEAR = 1e-12  # numbers nearer than this are the same, as in JavaRosa: 0.1 + 0.2 is 0.3


def _equality(
    holds: Callable[[object, object], bool], of_numbers: Callable[[float, float], bool]
) -> Comparison:
    """`=` or `!=`: as truths, else as numbers, else as texts, whichever a side is."""

    def compare(left: Value, right: Value, context: Context) -> bool:
        if isinstance(left, list) and isinstance(right, str) and len(left) == 1:
            return holds(text_of(left[0], context), right)  # `${kind} = 'job'`: most of what forms compare
        if isinstance(left, bool) or isinstance(right, bool):
            return holds(to_truth(left), to_truth(right))
        if isinstance(left, float) or isinstance(right, float):
            return _any(of_numbers, _numbers(left, context), _numbers(right, context), context)
        return _any(holds, _texts(left, context), _texts(right, context), context)

    return compare


def _same(left: float, right: float) -> bool:
    return left == right or abs(left - right) < NEAR


def _different(left: float, right: float) -> bool:
    return not _same(left, right)


def _order(holds: Callable[[float, float], bool]) -> Comparison:
    """`<` and its kin: always as numbers, so dates compare as days and an empty value never does."""

    def compare(left: Value, right: Value, context: Context) -> bool:
        return _any(holds, _numbers(left, context), _numbers(right, context), context)

    return compare


def _any(
    holds: Callable[..., bool], left: Sequence[object], right: Sequence[object], context: Context
) -> bool:
    if len(left) == 1 == len(right):
        return holds(left[0], right[0])
    context.meter.step(len(left) * len(right))
    return any(holds(item, other) for item in left for other in right)


def _numbers(value: Value, context: Context) -> Sequence[float]:
    if isinstance(value, list):
        return [read_number(text_of(node, context), context.outside.zone) for node in value]
    return (to_number(value, context),)


def _texts(value: Value, context: Context) -> Sequence[str]:
    if isinstance(value, list):
        return [text_of(node, context) for node in value]
    return (to_text(value, context),)


COMPARISONS = {
    "=": _equality(operator.eq, _same),
    "!=": _equality(operator.ne, _different),
    "<": _order(operator.lt),
    "<=": _order(operator.le),
    ">": _order(operator.gt),
    ">=": _order(operator.ge),
}
