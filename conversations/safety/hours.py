"""When a person of the team reads next, by the hours that the project has set."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.messages import Day, Say
from conversations.safety.facts import TeamHours


@dataclass(frozen=True, slots=True)
class AtWork:
    """The team is reading now, until this local time."""

    until: str


@dataclass(frozen=True, slots=True)
class Back:
    """The team reads again on this local day, from this time."""

    day: str  # ISO
    at: str


def next_reading(hours: TeamHours, now: datetime, zone: str) -> AtWork | Back | None:
    """When somebody reads; None where the project has not said.

    >>> from datetime import UTC
    >>> week = TeamHours(frozenset(range(5)))
    >>> next_reading(week, datetime(2026, 11, 23, 10, tzinfo=UTC), "Africa/Casablanca")
    AtWork(until='17:00')
    >>> next_reading(week, datetime(2026, 11, 27, 18, tzinfo=UTC), "Africa/Casablanca")
    Back(day='2026-11-30', at='09:00')
    """
    local = now.astimezone(ZoneInfo(zone))
    if local.weekday() in hours.days and hours.opens <= local.time() < hours.closes:
        return AtWork(f"{hours.closes:%H:%M}")
    for ahead in range(8):
        day = local.date() + timedelta(days=ahead)
        if day.weekday() in hours.days and (ahead or local.time() < hours.opens):
            return Back(day.isoformat(), f"{hours.opens:%H:%M}")
    return None


def when_read(hours: TeamHours, now: datetime, zone: str) -> Say:
    """The line that says it, honestly."""
    match next_reading(hours, now, zone):
        case AtWork(until):
            return Say("distress.read_now", {"until": until})
        case Back(day, at):
            return Say("distress.read_later", {"day": Day(day), "at": at})
        case None:
            return Say("distress.read_some_time")
