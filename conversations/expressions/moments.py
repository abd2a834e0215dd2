"""Dates and instants as ODK Web Forms reads them (ISO text), counts them (days since 1970) and writes them.

A date is the local midnight it begins with: a number, with a text of its own.
"""

import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OFFSET = r"Z|[+-](?:[01]\d|2[0-3]):[0-5]\d"
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
INSTANT = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}T\d{{2}}(:\d{{2}}(:\d{{2}}(\.\d+)?)?)?({OFFSET})?", re.ASCII)
TIME = re.compile(rf"\d{{2}}:\d{{2}}(:\d{{2}}(\.\d+)?)?({OFFSET})?", re.ASCII)
UNPADDED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?", re.ASCII)
NO_MOMENT = "Invalid Date"  # the text of what names no date, as in ODK Web Forms


class Moment(float):
    """An instant: days since 1970-01-01T00:00Z, not-a-number for what names none, and how it is written."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, days: float, text: str) -> "Moment":
        moment = super().__new__(cls, days)
        moment.text = text
        return moment


INVALID = Moment(math.nan, NO_MOMENT)


def looks_like_moment(text: str) -> bool:
    """Whether the text is written as a date or an instant, be there such a day or not."""
    return bool(DATE.fullmatch(text) or INSTANT.fullmatch(text))


@lru_cache(maxsize=4096)
def read_moment(text: str, zone: str) -> datetime | None:
    """The instant that a date or a date-time names, in the zone where it says none; None if it names none.

    >>> read_moment("2025-03-12", "Africa/Casablanca").isoformat()
    '2025-03-12T00:00:00+00:00'
    >>> read_moment("2025-02-31", "Africa/Casablanca") is None
    True
    """
    try:
        if DATE.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time(), ZoneInfo(zone))
        if INSTANT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    return None


def days(moment: datetime) -> float:
    """Days since 1970-01-01T00:00Z, with the part of the day behind the point."""
    return (moment - EPOCH) / timedelta(days=1)


def from_days(count: float, zone: str, now: datetime) -> datetime | None:
    """The instant so many days after 1970-01-01T00:00Z, in the zone; None beyond the calendar.

    Whole days counted from a midnight stay midnights where the clock was changed in between (each Ramadan in
    Morocco): what is midnight by the present offset is the midnight of that day.

    >>> noon = datetime(2027, 3, 20, 12, tzinfo=UTC)  # Ramadan, at UTC, ended ten days before
    >>> today = days(read_moment("2027-03-20", "Africa/Casablanca"))
    >>> from_days(today - 30, "Africa/Casablanca", noon).isoformat()
    '2027-02-18T00:00:00+00:00'
    """
    try:
        instant = EPOCH + timedelta(days=count)
        local = instant.astimezone(ZoneInfo(zone))
        by_present = instant.astimezone(timezone(now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()))
    except (OverflowError, ValueError):
        return None
    if by_present.time() == time() and local.time() != time():
        return datetime.combine(by_present.date(), time(), ZoneInfo(zone))
    return local


def write_instant(moment: datetime, zone: str) -> str:
    """ISO 8601 with milliseconds and offset, as ODK stores a dateTime."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="milliseconds")


def moment_of(instant: datetime | None, zone: str) -> Moment:
    """The instant as a value: at midnight written as the date alone; INVALID for none.

    >>> moment_of(read_moment("2025-03-12", "Asia/Tokyo"), "Asia/Tokyo").text
    '2025-03-12'
    """
    if instant is None:
        return INVALID
    try:
        local = instant.astimezone(ZoneInfo(zone))
    except OverflowError:  # the first or the last day of the calendar
        return INVALID
    text = local.date().isoformat() if local.time() == time() else write_instant(local, zone)
    return Moment(days(instant), text)
