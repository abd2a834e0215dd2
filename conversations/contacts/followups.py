"""When we write on our own: the local hours we keep, and when the next check-in comes (product.md)."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.changes import ContactPlanned
from conversations.vocabulary import ContactKind

CHECK_IN = "check-in"  # the form that check-ins ask
FIRST_AFTER = timedelta(days=7)
HOUR = time(10, 0)  # local; a calm moment of the morning
EARLIEST, LATEST = time(9, 0), time(21, 0)  # local; outside of these we keep quiet
SO_NEAR = timedelta(days=7)  # a follow-up so near replaces the check-in, as does one of the same month
HELD_BACK_FOR = timedelta(days=1)  # while only SMS is left, without a yes to it
POSTPONED_BY = timedelta(hours=2)  # when the person is in the middle of something
HALF_ANSWERED_FOR = timedelta(hours=48)  # a form idle for longer does not hold a check-in back
REMINDED_AFTER = (
    timedelta(days=2),
    timedelta(days=5),
)  # unanswered: asked again then
MISSED_AFTER = timedelta(days=7)  # unanswered for so long, a check-in counts as missed


def to_utc(local: datetime, zone: str) -> datetime:
    """The moment of a wall-clock time (naive) in a zone, under the zone rules the program runs with."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def plan_first_check_in(contact_id: str, joined_at: datetime, zone: str) -> ContactPlanned:
    """The check-in a week after joining."""
    day = (joined_at + FIRST_AFTER).astimezone(ZoneInfo(zone)).date()
    return _plan(contact_id, day, zone)


def plan_next_check_in(contact_id: str, now: datetime, zone: str) -> ContactPlanned:
    """The check-in a month after this one."""
    return _plan(contact_id, month_later(now.astimezone(ZoneInfo(zone)).date()), zone)


def next_allowed(moment: datetime, zone: str) -> datetime:
    """The moment itself, or the next one outside the quiet hours; UTC.

    >>> from datetime import datetime, UTC
    >>> next_allowed(datetime(2026, 11, 23, 22, 30, tzinfo=UTC), "Africa/Casablanca").isoformat()
    '2026-11-24T09:00:00+00:00'
    """
    local = moment.astimezone(ZoneInfo(zone))
    if local.time() < EARLIEST:
        day = local.date()
    elif local.time() >= LATEST:
        day = local.date() + timedelta(days=1)
    else:
        return moment
    return to_utc(datetime.combine(day, EARLIEST), zone)


def plan_follow_up(contact_id: str, form_id: str, day: date, zone: str) -> ContactPlanned:
    """A follow-up of a job or a business on this day."""
    local = datetime.combine(day, HOUR)
    return ContactPlanned(contact_id, ContactKind.FOLLOW_UP, form_id, local, zone, to_utc(local, zone))


def check_in_instead(now: datetime, follow_ups: Iterable[datetime | None], zone: str) -> datetime | None:
    """When the check-in comes that a follow-up replaces: a month after it. None if none does (UTC)."""
    today = now.astimezone(ZoneInfo(zone)).date()
    days = {
        moment.astimezone(ZoneInfo(zone)).date(): abs(moment - now) < SO_NEAR
        for moment in follow_ups
        if moment
    }
    near = [
        day for day, is_near in days.items() if is_near or (day.year, day.month) == (today.year, today.month)
    ]
    return to_utc(datetime.combine(month_later(max(near)), HOUR), zone) if near else None


def month_later(day: date) -> date:
    """The same day next month, or the month's last day.

    >>> month_later(date(2027, 1, 31)).isoformat(), month_later(date(2026, 12, 15)).isoformat()
    ('2027-02-28', '2027-01-15')
    """
    return months_later(day, 1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day.

    >>> months_later(date(2026, 8, 31), 6).isoformat()
    '2027-02-28'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _plan(contact_id: str, day: date, zone: str) -> ContactPlanned:
    local = datetime.combine(day, HOUR)
    return ContactPlanned(contact_id, ContactKind.CHECK_IN, CHECK_IN, local, zone, to_utc(local, zone))
