"""Functions of numbers: `number`, `int`, `round`, `sum`, `min`, `max`, and those of mathematics."""

import math
import operator
from collections.abc import Callable

from conversations.expressions.context import Context
from conversations.expressions.functions import ANY_NUMBER, Function, eager
from conversations.expressions.moments import Moment, days, read_moment
from conversations.expressions.values import Value, each_number, to_nodes, to_number, to_text

PLACES = 300  # decimal places at most: beyond this no double changes


def _number(context: Context, *values: Value) -> Value:
    """As a number; a date is written as the whole days it counts, as in ODK Web Forms."""
    value: Value = values[0] if values else [context.node]
    if isinstance(value, (str, list)):
        moment = read_moment(to_text(value, context).strip(), context.zone)
        if moment is not None:
            count = days(moment)
            return Moment(count, str(math.floor(count)))
    return to_number(value, context)


def _rounded(by: Callable[[float], int]) -> Function:
    def call(context: Context, value: Value) -> Value:
        number = to_number(value, context)
        return float(by(number)) if math.isfinite(number) else number + 0.0

    return eager(1, 1, call)


def half_up(number: float) -> float:
    """To a whole number, half upwards, as JavaScript rounds.

    >>> half_up(2.5), half_up(-2.5), half_up(0.49999999999999994)
    (3.0, -2.0, 0.0)
    """
    floor = math.floor(number)
    return float(floor + 1 if number - floor >= 0.5 else floor)


def _round(context: Context, value: Value, places: Value = 0.0) -> Value:
    """To so many decimals, half away from zero as ODK Web Forms does; negative ones round tens."""
    number, digits = to_number(value, context), to_number(places, context)
    if math.isnan(digits) or not math.isfinite(number):
        return math.nan if math.isnan(digits) else number
    kept = math.trunc(max(-PLACES, min(PLACES, digits)))
    power = 10.0 ** abs(kept)
    scaled = abs(number) * power if kept >= 0 else abs(number) / power
    if not math.isfinite(scaled):
        return number
    rounded = half_up(scaled)
    return math.copysign(rounded / power if kept >= 0 else rounded * power, number)


def _extreme(choose: Callable[[list[float]], float]) -> Function:
    """Of all arguments, of nodes each one; not-a-number if any is, or none is there."""

    def call(context: Context, *values: Value) -> Value:
        numbers = [number for value in values for number in each_number(value, context)]
        return choose(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan

    return eager(1, ANY_NUMBER, call)


def _of(calculate: Callable[..., float], count: int) -> Function:
    """A function of mathematics: not-a-number outside its domain, infinite beyond the largest number."""

    def call(context: Context, *values: Value) -> Value:
        numbers = [to_number(value, context) for value in values]
        try:
            return calculate(*numbers)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return eager(count, count, call)


def _log(of: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else of(number)


def _power(base: float, exponent: float) -> float:
    """As JavaScript: zero to a negative power is infinite, an overflow keeps its sign."""
    if base == 0 and exponent < 0:
        return math.inf
    if abs(base) == 1 and not math.isfinite(exponent):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


NUMERIC = {
    "number": eager(0, 1, _number),
    "int": _rounded(math.trunc),
    "floor": _rounded(math.floor),
    "ceiling": _rounded(math.ceil),
    "round": eager(1, 2, _round),
    "sum": eager(1, 1, lambda context, nodes: sum(each_number(to_nodes(nodes), context), 0.0)),
    "min": _extreme(min),
    "max": _extreme(max),
    "abs": _of(operator.abs, 1),
    "pow": _of(_power, 2),
    "sqrt": _of(math.sqrt, 1),
    "exp": _of(math.exp, 1),
    "exp10": _of(lambda number: math.pow(10, number), 1),
    "log": _of(_log(math.log), 1),
    "log10": _of(_log(math.log10), 1),
    "pi": _of(lambda: math.pi, 0),
    "sin": _of(math.sin, 1),
    "cos": _of(math.cos, 1),
    "tan": _of(math.tan, 1),
    "asin": _of(math.asin, 1),
    "acos": _of(math.acos, 1),
    "atan": _of(math.atan, 1),
    "atan2": _of(math.atan2, 2),
}
