"""A moment to come, as people say when it suits better: «demain matin», «dans 2 heures», «غدا», «tonight»."""

import re
from datetime import date, datetime, time, timedelta

from conversations.answers import Ambiguous, Tense, clean, fold, read_date, read_day_and_time, read_time
from conversations.answers.numbers import figures
from conversations.answers.spelled import spelled

PARTS = {  # of a day, and the hour that stands for it
    fold(words): hour
    for hour, phrases in {
        time(9): (
            *("le matin", "au matin", "matin", "dans la matinée", "in the morning", "morning"),
            *("صباحا", "في الصباح", "الصباح", "ف الصباح", "f sbah", "fsbah", "sbah"),
        ),
        time(12): ("à midi", "midi", "at noon", "noon", "الظهر", "في الظهر", "f dohr"),
        time(15): (
            *("l'après-midi", "cet après-midi", "après-midi", "cet aprem", "aprem"),
            *("in the afternoon", "this afternoon", "afternoon", "بعد الظهر", "العصر", "f l3ser"),
        ),
        time(19): (
            *(
                "ce soir",
                "le soir",
                "au soir",
                "soir",
                "tonight",
                "this evening",
                "in the evening",
                "evening",
            ),
            *("مساء", "هذا المساء", "في المساء", "المساء", "الليلة", "العشية", "ف العشية", "f l3chiya"),
            *("had l3chiya", "lila", "had lila", "lyoum f l3chiya"),
        ),
    }.items()
    for words in phrases
}
LONGEST_FIRST = sorted(PARTS, key=len, reverse=True)
WEEKS = {
    fold(words)
    for words in (
        *("la semaine prochaine", "semaine prochaine", "next week", "the next week", "in a week"),
        *(
            "الأسبوع القادم",
            "الأسبوع المقبل",
            "الأسبوع الجاي",
            "simana jaya",
            "lsimana jaya",
            "السيمانة الجاية",
        ),
    )
}
SPAN = re.compile(
    r"^(?:dans|in|apres|بعد|من هنا|mn hna|men hna|mora|ba3d|b3d) (?P<count>.*?) ?(?P<unit>\w+)$"
)
HOURS = frozenset(
    map(
        fold,
        ["h", "heure", "heures", "hour", "hours", "hrs", "ساعة", "ساعات", "سوايع", "sa3a", "sa3at", "swaye3"],
    )
)
MINUTES = frozenset(
    map(fold, ["min", "mn", "minute", "minutes", "mins", "دقيقة", "دقائق", "دقايق", "d9i9a", "d9aye9"])
)
TWO_HOURS = frozenset(map(fold, ("ساعتين", "ساعتان", "sa3tayn", "sa3tin", "jouj")))
HALF_AN_HOUR = frozenset(
    map(fold, ("une demi-heure", "demi-heure", "half an hour", "نصف ساعة", "نص ساعة", "noss sa3a"))
)
ONE = ("", "un", "une", "an", "a", "one", "واحدة", "وحدة")
AT = re.compile(r"^(?P<day>.*?) ?\b(?:a|at|vers|around|about|الساعة|مع|m3a|على|3la) (?P<hour>\d{1,2})$")


def moment_in(text: str, now: datetime) -> datetime | None:
    """The moment that the whole message names; `now` and the answer are wall-clock times without a zone.

    A day keeps the hour it is now; an hour that is past today is of tomorrow. None: nothing to come is named.

    >>> monday = datetime(2026, 11, 23, 16, 30)
    >>> [f"{moment_in(text, monday):%d %H:%M}" for text in ("demain matin", "dans 2 heures", "tonight")]
    ['24 09:00', '23 18:30', '23 19:00']
    >>> [f"{moment_in(text, monday):%d %H:%M}" for text in ("غدا", "lundi", "بعد ساعتين", "tomorrow at 9")]
    ['24 16:30', '30 16:30', '23 18:30', '24 09:00']
    >>> moment_in("hier", monday), moment_in("j'ai un problème", monday)
    (None, None)
    """
    said = fold(figures(clean(text)[:80]))
    found = _span(said, now) or _in_words(said, now) or _on_clock(figures(clean(text)[:80]), said, now)
    return found if found is not None and found > now else None


def _span(said: str, now: datetime) -> datetime | None:
    """«dans 2 heures», «in half an hour», «بعد ساعتين»."""
    span = SPAN.match(said)
    if span is None:
        return None
    counted = f"{span['count']} {span['unit']}".strip()
    if counted in HALF_AN_HOUR:
        return now + timedelta(minutes=30)
    if counted in TWO_HOURS:
        return now + timedelta(hours=2)
    unit = timedelta(hours=1) if span["unit"] in HOURS else timedelta(minutes=1)
    if span["unit"] not in HOURS | MINUTES:
        return None
    count = 1 if span["count"] in ONE else spelled(span["count"].split())
    return None if count is None or not 0 < count < 1000 else now + count * unit


def _in_words(said: str, now: datetime) -> datetime | None:
    """A day, a part of the day, or both; a week."""
    if said in WEEKS:
        return now + timedelta(days=7)
    for part in LONGEST_FIRST:
        if said == part:
            return _next(PARTS[part], now)
        if said.endswith(f" {part}"):
            day = _day(said.removesuffix(f" {part}"), now)
            return datetime.combine(day, PARTS[part]) if day else None
    day = _day(said, now)
    return datetime.combine(day, now.time()) if day else None


def _on_clock(plain: str, said: str, now: datetime) -> datetime | None:
    """An hour, with its day or alone."""
    told = read_day_and_time(plain, now.date(), Tense.FUTURE)
    moments = told.readings if isinstance(told, Ambiguous) else (told,) if told else ()
    if coming := [moment for moment in moments if moment > now]:
        return coming[0]
    at = read_time(plain)
    hours = at.readings if isinstance(at, Ambiguous) else (at,) if at else ()
    if hours:
        return _next(hours[0], now)
    if (bare := AT.match(said)) and int(bare["hour"]) < 24:
        hour = time(int(bare["hour"]))
        if not bare["day"]:
            return _next(hour, now)
        day = _day(bare["day"], now)
        return datetime.combine(day, hour) if day else None
    return None


def _next(at: time, now: datetime) -> datetime:
    """This hour today, or tomorrow where it is past."""
    today = datetime.combine(now.date(), at)
    return today if today > now else today + timedelta(days=1)


def _day(said: str, now: datetime) -> date | None:
    """The soonest day that is meant; a weekday said on that very day is the next one."""
    told = read_date(said, now.date(), Tense.FUTURE)
    if told == now.date():
        return now.date()
    days = told.readings if isinstance(told, Ambiguous) else (told,) if told else ()
    return min((day for day in days if day > now.date()), default=None)
