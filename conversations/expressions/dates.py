"""Functions of time: `today`, `now`, `date`, `format-date`; the clock and the zone come with the context."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.functions import eager
from conversations.expressions.moments import DATE, from_days, read_moment, write_instant
from conversations.expressions.values import Value, to_number, to_text

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DIRECTIVE = re.compile(r"%(.?)", re.DOTALL)


def _today(context: Context) -> Value:
    return context.now.astimezone(ZoneInfo(context.zone)).date().isoformat()


def _now(context: Context) -> Value:
    return write_instant(context.now, context.zone)


def _moment(context: Context, value: Value) -> datetime | None:
    """The local instant that a date, a date-time or a count of days names."""
    found = read_moment(to_text(value).strip(), context.zone)
    if found is None:
        found = from_days(to_number(value, context.zone), context.zone)
    try:
        return found.astimezone(ZoneInfo(context.zone)) if found else None
    except OverflowError:  # the first or the last day of the calendar
        return None


def _date(context: Context, value: Value) -> Value:
    """A date in ISO form; empty for what names none."""
    text = to_text(value).strip()
    if DATE.fullmatch(text):
        return text if read_moment(text, context.zone) else ""
    moment = _moment(context, value)
    return moment.date().isoformat() if moment else ""


def _format_date(context: Context, value: Value, pattern: Value) -> Value:
    """A date by ODK's pattern: %Y %y %m %n %b %d %e %a and %%; empty for what names none."""
    moment = _moment(context, value)
    return DIRECTIVE.sub(lambda match: _part(moment, match[1]), to_text(pattern)) if moment else ""


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
        case "d":
            return f"{moment.day:02}"
        case "e":
            return str(moment.day)
        case "b":
            return MONTHS[moment.month - 1]
        case "a":
            return WEEKDAYS[moment.weekday()]
        case "%":
            return "%"
        case _:
            raise ValueMismatch("format-date() does not know this pattern")


DATES = {
    "today": eager(0, 0, _today),
    "now": eager(0, 0, _now),
    "date": eager(1, 1, _date),
    "format-date": eager(2, 2, _format_date),
}
