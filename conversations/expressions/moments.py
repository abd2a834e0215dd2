"""Dates and instants as ODK writes them (ISO text) and counts them (days since 1970 in UTC)."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)


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


def from_days(count: float, zone: str) -> datetime | None:
    """The instant so many days after 1970-01-01T00:00Z, in the zone; None beyond the calendar."""
    try:
        return (EPOCH + timedelta(days=count)).astimezone(ZoneInfo(zone))
    except (OverflowError, ValueError):
        return None


def write_instant(moment: datetime, zone: str) -> str:
    """ISO 8601 with milliseconds and offset, as ODK stores a dateTime."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="milliseconds")
