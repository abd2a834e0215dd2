"""`=`, `!=`, `<`, `<=`, `>`, `>=` as XPath 1.0 defines them: nodes compare if any one of them does."""

import operator
from collections.abc import Callable

from conversations.expressions.values import Value, to_number, to_text, to_truth

Comparison = Callable[[Value, Value, str], bool]


def equality(holds: Callable[[object, object], bool]) -> Comparison:
    """`=` or `!=`: as truths, else as numbers, else as texts, whichever a side is."""

    def compare(left: Value, right: Value, zone: str) -> bool:
        if isinstance(left, bool) or isinstance(right, bool):
            return holds(to_truth(left), to_truth(right))
        if isinstance(left, float) or isinstance(right, float):
            rights = [to_number(other, zone) for other in _items(right)]
            return any(holds(to_number(item, zone), other) for item in _items(left) for other in rights)
        texts = [to_text(other) for other in _items(right)]
        return any(holds(to_text(item), other) for item in _items(left) for other in texts)

    return compare


def order(holds: Callable[[float, float], bool]) -> Comparison:
    """`<` and its kin: always as numbers, so dates compare as days and an empty value never does."""

    def compare(left: Value, right: Value, zone: str) -> bool:
        rights = [to_number(other, zone) for other in _items(right)]
        return any(holds(to_number(item, zone), other) for item in _items(left) for other in rights)

    return compare


def _items(value: Value) -> list[Value]:
    return [node.value() for node in value] if isinstance(value, list) else [value]


COMPARISONS = {
    "=": equality(operator.eq),
    "!=": equality(operator.ne),
    "<": order(operator.lt),
    "<=": order(operator.le),
    ">": order(operator.gt),
    ">=": order(operator.ge),
}
