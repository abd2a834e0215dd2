"""Functions of numbers: `number`, `int`, `round`, `sum`, `min`, `max`, …"""

import math
from decimal import ROUND_HALF_UP, Decimal

from conversations.expressions.context import Context
from conversations.expressions.functions import ANY_NUMBER, eager
from conversations.expressions.values import Value, to_nodes, to_number

PLACES = 300  # decimal places at most: beyond this no double changes


def _number(context: Context, value: Value | None = None) -> Value:
    return to_number([context.node] if value is None else value, context.zone)


def _whole(context: Context, value: Value) -> Value:
    """Cut towards zero, as ODK's `int` does."""
    number = to_number(value, context.zone)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _floor(context: Context, value: Value) -> Value:
    number = to_number(value, context.zone)
    return float(math.floor(number)) if math.isfinite(number) else number


def _ceiling(context: Context, value: Value) -> Value:
    number = to_number(value, context.zone)
    return float(math.ceil(number)) if math.isfinite(number) else number


def _round(context: Context, value: Value, places: Value = 0.0) -> Value:
    """To so many decimals, half away from zero as ODK Web Forms does; negative ones round tens."""
    number, digits = to_number(value, context.zone), to_number(places, context.zone)
    if math.isnan(digits) or not math.isfinite(number):
        return math.nan if math.isnan(digits) else number
    places_kept = math.trunc(max(-PLACES, min(PLACES, digits)))
    scaled = Decimal(repr(number)).scaleb(places_kept)
    return float(scaled.to_integral_value(ROUND_HALF_UP).scaleb(-places_kept))


def _numbers(context: Context, values: tuple[Value, ...]) -> list[float]:
    """Each argument as a number; of nodes, each node."""
    found: list[float] = []
    for value in values:
        items: list[Value] = [node.value() for node in value] if isinstance(value, list) else [value]
        found.extend(to_number(item, context.zone) for item in items)
    return found


def _sum(context: Context, nodes: Value) -> Value:
    return math.fsum(to_number(node.value(), context.zone) for node in to_nodes(nodes))


def _least(context: Context, *values: Value) -> Value:
    numbers = _numbers(context, values)
    return min(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan


def _greatest(context: Context, *values: Value) -> Value:
    numbers = _numbers(context, values)
    return max(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan


NUMERIC = {
    "number": eager(0, 1, _number),
    "int": eager(1, 1, _whole),
    "floor": eager(1, 1, _floor),
    "ceiling": eager(1, 1, _ceiling),
    "round": eager(1, 2, _round),
    "sum": eager(1, 1, _sum),
    "min": eager(1, ANY_NUMBER, _least),
    "max": eager(1, ANY_NUMBER, _greatest),
}
