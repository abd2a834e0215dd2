"""When something is told about a workshop: never in the quiet hours, rather earlier than later."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.contacts.followups import EARLIEST, LATEST, next_allowed, to_utc

EVENING = time(20, 30)  # local; the last moment of an evening at which a notice goes out
DAY_BEFORE = timedelta(hours=24)
SO_SOON = timedelta(hours=12)  # after the invitation nobody is reminded so soon
AT_LEAST_BEFORE = timedelta(hours=1)  # a notice that would come later than this goes out at once
FEEDBACK_AFTER = timedelta(hours=2)


def told_at(now: datetime, starts_at: datetime, zone: str) -> datetime:
    """When what staff announce now goes out: now, or after the quiet hours if there is time until the start.

    >>> from datetime import UTC
    >>> night, noon = datetime(2026, 11, 23, 23, tzinfo=UTC), datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> told_at(night, noon, "Africa/Casablanca").hour, told_at(night, noon.replace(hour=9), "UTC") == night
    (9, True)
    """
    allowed = next_allowed(now, zone)
    return allowed if allowed <= starts_at - AT_LEAST_BEFORE else now


def earlier(moment: datetime, zone: str) -> datetime:
    """The moment itself, or the evening before it if it falls into the quiet hours; UTC.

    >>> from datetime import UTC
    >>> earlier(datetime(2026, 11, 23, 8, tzinfo=UTC), "Africa/Casablanca").isoformat()
    '2026-11-22T20:30:00+00:00'
    >>> earlier(datetime(2026, 11, 23, 22, tzinfo=UTC), "Africa/Casablanca").isoformat()
    '2026-11-23T20:30:00+00:00'
    """
    local = moment.astimezone(ZoneInfo(zone))
    if EARLIEST <= local.time() < LATEST:
        return moment
    evening = local.date() - timedelta(days=1 if local.time() < EARLIEST else 0)
    return to_utc(datetime.combine(evening, EVENING), zone)


def reminder_at(starts_at: datetime, zone: str, invited_at: datetime) -> datetime | None:
    """The day before, at the hour of the workshop or earlier; None so soon after the invitation."""
    at = earlier(starts_at - DAY_BEFORE, zone)
    return at if at >= invited_at + SO_SOON else None


def due_after(ends_at: datetime) -> datetime:
    """When those who were there are asked how it was."""
    return ends_at + FEEDBACK_AFTER
