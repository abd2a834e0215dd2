"""Moments in words, in the project's zone and the reader's language."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from admin.texts import text
from conversations.render.catalogue import LOCALES, written_date
from conversations.vocabulary import Language

NEAR = {-1: "date.yesterday", 0: "date.today", 1: "date.tomorrow"}


def written_moment(at: datetime, now: datetime, zone: str, language: Language) -> str:
    """An aware moment as people say it: near days by name, others by date, the year only if it is another.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    >>> written_moment(now - timedelta(days=1), now, "UTC", Language.FRENCH)
    'hier à 10:00'
    >>> written_moment(now - timedelta(days=40), now, "UTC", Language.ENGLISH)
    '14 October at 10:00'
    """
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    locale = LOCALES[language]
    time = format_time(local, "HH:mm", locale=locale)
    if near := NEAR.get((local.date() - today).days):
        return text(language, near, time=time)
    pattern = "d MMMM" if local.year == today.year else "d MMMM y"
    return text(language, "date.at", day=format_date(local.date(), pattern, locale=locale), time=time)


def written_day(at: datetime, zone: str, language: Language) -> str:
    """The day of an aware moment, where the reader is."""
    return written_date(at.astimezone(ZoneInfo(zone)).date().isoformat(), language)


def written_span(until: datetime, now: datetime, language: Language) -> str:
    """How long is left, in whole hours or, below one, in minutes; empty when it is over."""
    left = until - now
    if left <= timedelta():
        return ""
    if left >= timedelta(hours=1):
        return text(language, "span.hours", n=left // timedelta(hours=1))
    return text(language, "span.minutes", n=max(1, left // timedelta(minutes=1)))
