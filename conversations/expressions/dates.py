"""Functions of time: `today`, `now`, `date`, `format-date`, …; clock and zone come with the context."""

import math
import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.functions import eager
from conversations.expressions.moments import (
    INVALID,
    TIME,
    UNPADDED,
    Moment,
    days,
    from_days,
    looks_like_moment,
    moment_of,
    read_moment,
)
from conversations.expressions.values import Value, to_text

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DIRECTIVE = re.compile(r"%(.)", re.DOTALL)


def _today(context: Context) -> Value:
    local = context.outside.now.astimezone(ZoneInfo(context.zone))
    return moment_of(datetime.combine(local.date(), time(), local.tzinfo), context.zone)


def _now(context: Context) -> Value:
    return moment_of(context.outside.now, context.zone)


def _instant(context: Context, value: Value) -> datetime | None:
    """The local instant that a date, a date-time or a count of days names; None for what names none."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return from_days(value, context.zone, context.outside.now)
    found = read_moment(to_text(value, context).strip(), context.zone)
    try:
        return found.astimezone(ZoneInfo(context.zone)) if found else None
    except OverflowError:  # the first or the last day of the calendar
        return None


def _date(context: Context, value: Value) -> Value:
    """An instant; INVALID for what names none. Raises ValueMismatch for a day that no calendar has."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, Moment):
        return value
    if isinstance(value, float):
        return moment_of(_instant(context, value), context.zone)
    text = to_text(value, context).strip()
    if not text:
        return ""
    if unpadded := UNPADDED.fullmatch(text):
        year, month, day, rest = unpadded.groups("")
        text = f"{year}-{month:0>2}-{day:0>2}{rest}"
    if not looks_like_moment(text):
        return INVALID
    instant = _instant(context, text)
    if instant is None:
        raise ValueMismatch("there is no such date")
    return moment_of(instant, context.zone)


def _decimal_date_time(context: Context, value: Value) -> Value:
    """Days since 1970, with their part."""
    if isinstance(value, bool):
        raise ValueMismatch("decimal-date-time() needs a date")
    found = _date(context, value)
    return float(found) if isinstance(found, Moment) else math.nan


def _decimal_time(context: Context, value: Value) -> Value:
    """The part of the day gone at a time, in the zone: 0.25 is six in the morning."""
    text = to_text(value, context).strip()
    instant = _instant(context, f"1970-01-01T{text}" if TIME.fullmatch(text) else text)
    if instant is None or ("T" not in text and ":" not in text):
        return math.nan
    midnight = datetime.combine(instant.date(), time(), instant.tzinfo)
    return days(instant.replace(tzinfo=ZoneInfo("UTC"))) - days(midnight.replace(tzinfo=ZoneInfo("UTC")))


def _format_date(context: Context, value: Value, pattern: Value) -> Value:
    """A date by ODK's pattern; empty for what names none; what is no directive stays as it is."""
    instant = _instant(context, value)
    if instant is None:
        return ""
    return DIRECTIVE.sub(lambda match: _part(instant, match[1]), to_text(pattern, context))


def _part(moment: datetime, letter: str) -> str:
    match letter:
        case "Y":
            return f"{moment.year:04}"
        case "y":
            return f"{moment.year % 100:02}"
        case "m":
            return f"{moment.month:02}"
        case "n":
            return str(moment.month)
        case "b":
            return MONTHS[moment.month - 1]
        case "d":
            return f"{moment.day:02}"
        case "e":
            return str(moment.day)
        case "a":
            return WEEKDAYS[moment.weekday()]
        case "H":
            return f"{moment.hour:02}"
        case "h":
            return str(moment.hour)
        case "M":
            return f"{moment.minute:02}"
        case "S":
            return f"{moment.second:02}"
        case "3":
            return f"{moment.microsecond // 1000:03}"
        case "%":
            return "%"
        case _:
            return f"%{letter}"


DATES = {
    "today": eager(0, 0, _today),
    "now": eager(0, 0, _now),
    "date": eager(1, 1, _date),
    "date-time": eager(1, 1, _date),
    "decimal-date-time": eager(1, 1, _decimal_date_time),
    "decimal-time": eager(1, 1, _decimal_time),
    "format-date": eager(2, 2, _format_date),
    "format-date-time": eager(2, 2, _format_date),
}
