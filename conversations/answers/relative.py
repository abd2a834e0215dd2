"""Days, months and years told from today: «il y a deux semaines», «next Friday», «الشهر الماضي»."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from conversations.answers.calendar_words import (
    ABOUT,
    BETWEEN,
    DAY,
    DAYS,
    LAST,
    LEADING,
    MONTH,
    NEXT,
    ONE_OF,
    PARTS_OF_DAY,
    THIS,
    TWO,
    UNITS,
    WEEK,
    WEEKDAYS,
    WHICH,
    YEAR,
)
from conversations.answers.fold import fold
from conversations.answers.spelled import spelled

FURTHEST = {DAY: 1000, WEEK: 200, MONTH: 240, YEAR: 100}  # more is a slip of the finger
AGO_BEFORE = tuple(
    tuple(fold(words).split())
    for words in (
        "il y a", "y a", "ya", "il ya", "ca fait", "cela fait", "fait", "depuis", "voilà", "since",
        "قبل", "منذ", "من قبل", "هادي", "هدي", "هذه", "hadi", "hady", "mn qbel", "9bel", "qbel",
    )
)  # fmt: skip
AGO_BEHIND = tuple(tuple(fold(words).split()) for words in ("ago", "back", "مضت", "خلت", "hadi", "هادي"))
IN_BEFORE = tuple(
    tuple(fold(words).split())
    for words in (
        "dans", "in", "après", "بعد", "من هنا", "mn hna", "men hna", "mn daba", "men daba", "b3d", "ba3d",
        "mora",
    )
)  # fmt: skip
IN_BEHIND = tuple(tuple(fold(words).split()) for words in ("from now", "from today", "plus tard", "later"))
ONE = frozenset(("a", "an", "un", "une", "one"))
IDIOMS = {8: "huit", 15: "quinze"}  # in French, «huit jours» is a week and «quinze jours» are two


AROUND = LEADING | BETWEEN | ABOUT
NO_DAYS = frozenset(("i sat", "we sat", "the sun", "i wed", "we wed"))  # no Saturday, Sunday, Wednesday
NEGATIVE = re.compile(r"(?<!\S)[-−–+]\s?\d")


class Tense(StrEnum):
    """Where a day lies that is told without saying so: «lundi», «le 3 mars»."""

    PAST = "past"  # something that happened
    FUTURE = "future"  # something to come
    EITHER = "either"  # the question takes both


@dataclass(frozen=True, slots=True)
class Told:
    """A day told from today. `unit` is how exactly a person means it; a period is named, not counted."""

    day: date
    unit: str
    period: bool = False


def relative(text: str, today: date, tense: Tense) -> tuple[Told, ...]:
    """What the text can mean, told from today: nothing, one day or period, or several.

    >>> monday = date(2026, 11, 23)
    >>> [str(told.day) for told in relative("il y a deux semaines", monday, Tense.PAST)]
    ['2026-11-09']
    >>> [str(told.day) for told in relative("next Friday", monday, Tense.FUTURE)]
    ['2026-11-27', '2026-12-04']
    >>> relative("mardi", monday, Tense.PAST)[0].day, relative("bientôt", monday, Tense.PAST)
    (datetime.date(2026, 11, 17), ())
    """
    said = fold(text)
    if NEGATIVE.search(text) or said in NO_DAYS:
        return ()
    words = without_part_of_day(said.split())
    told = _told(words, today, tense)
    while not told and len(words) > 1 and words[0] in AROUND:  # «depuis hier», «fin du mois dernier»
        words = words[1:]
        told = _told(words, today, tense)
    return told


def _told(words: Sequence[str], today: date, tense: Tense) -> tuple[Told, ...]:
    said = " ".join(words)
    if said in DAYS:
        return (Told(today + timedelta(days=DAYS[said]), DAY),)
    return _counted(words, today) or period(words, today) or _weekday(words, today, tense)


def without_part_of_day(words: list[str]) -> list[str]:
    for length in (3, 2, 1) if " ".join(words) not in DAYS else ():
        if len(words) > length and " ".join(words[-length:]) in PARTS_OF_DAY:
            return words[:-length]
    return words


def _counted(words: Sequence[str], today: date) -> tuple[Told, ...]:
    """So many days, weeks, months or years ago, or from now."""
    for sign, before, behind in ((-1, AGO_BEFORE, AGO_BEHIND), (1, IN_BEFORE, IN_BEHIND)):
        for opening in before:
            if tuple(words[: len(opening)]) == opening:
                return _moved(words[len(opening) :], sign, today)
        for ending in behind:
            if len(words) > len(ending) and tuple(words[-len(ending) :]) == ending:
                return _moved(words[: -len(ending)], sign, today)
    return ()


def _moved(words: Sequence[str], sign: int, today: date) -> tuple[Told, ...]:
    span = _span(words)
    if span is None or span[0] > FURTHEST[span[1]]:
        return ()
    count, unit = span
    counts = [count, count - 1] if unit == DAY and words[0] == IDIOMS.get(count) else [count]
    return tuple(
        Told(moved, unit) for count in counts if (moved := _shifted(today, sign * count, unit)) is not None
    )


def _span(words: Sequence[str]) -> tuple[int, str] | None:
    """How many of which unit: «deux semaines», «3j», «شهرين», «شهر»."""
    if len(words) == 1 and words[0] in TWO:
        return 2, TWO[words[0]]
    if len(words) == 1 and words[0] in ONE_OF:
        return 1, UNITS[words[0]]
    if len(words) == 1:
        figures = words[0].rstrip("abcdefghijklmnopqrstuvwxyz")
        unit = UNITS.get(words[0][len(figures) :])
        return (int(figures), unit) if unit and figures.isdecimal() and len(figures) < 4 else None
    unit = UNITS.get(words[-1]) if words else None
    if unit is None:
        return None
    counted = words[:-1]
    if counted[-1] in ("d", "dyal", "ديال", "من"):
        counted = counted[:-1]
    count = 1 if len(counted) == 1 and counted[0] in ONE else spelled(counted)
    return None if count is None or count < 1 else (count, unit)


def _shifted(today: date, count: int, unit: str) -> date | None:
    if unit in (DAY, WEEK):
        return today + timedelta(days=count * (7 if unit == WEEK else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if unit == YEAR else 1)
    year, month = divmod(months, 12)
    if not 1900 <= year <= 2200:
        return None
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _direction(words: Sequence[str]) -> int | None:
    """-1 for «last», 0 for «this», 1 for «next», None if the words say something else."""
    said = [word for word in words if word not in WHICH and word not in ("le", "la", "l", "the", "on", "ال")]
    if len(said) == 2 and said[0] in THIS and said[1] in THIS:
        return 0
    if len(said) != 1:
        return None
    return next((sign for sign, names in ((-1, LAST), (0, THIS), (1, NEXT)) if said[0] in names), None)


def period(words: Sequence[str], today: date) -> tuple[Told, ...]:
    """A week, a month or a year beside this one: «le mois dernier», «this year», «السيمانة اللي فاتت»."""
    named = [word for word in words if _period_unit(word)]
    others = [word for word in words if not _period_unit(word)]
    direction = _direction([*others])
    if len(named) != 1 or direction is None:
        return ()
    unit = _period_unit(named[0])
    start = today - timedelta(days=today.weekday()) if unit == WEEK else today.replace(day=1)
    day = _shifted(start, direction, unit)
    if day is None:
        return ()
    return (Told(day.replace(month=1) if unit == YEAR else day, unit, period=True),)


def _period_unit(word: str) -> str:
    unit = UNITS.get(word) or UNITS.get(word.removeprefix("ال")) or UNITS.get(word.removeprefix("l")) or ""
    return unit if unit != DAY else ""


def _weekday(words: Sequence[str], today: date, tense: Tense) -> tuple[Told, ...]:
    """A day of the week, alone or beside «last», «this», «next»."""
    said = [word for word in words if word not in ("nhar", "نهار", "يوم")]
    named = [word for word in said if word in WEEKDAYS]
    if len(named) != 1:
        return ()
    others = [word for word in said if word not in WEEKDAYS]
    since = (today.weekday() - WEEKDAYS[named[0]]) % 7  # days since it last was; 0: it is today
    last = today - timedelta(days=since or 7)
    coming = today + timedelta(days=7 - since)
    if not [
        word
        for word in others
        if word not in ("le", "on", "the", "ce", "f", "في", "this", "هذا", "had", "هاد")
    ]:
        return tuple(Told(day, DAY) for day in _alone(others, since, last, coming, today, tense))
    direction = _direction(others)
    if direction == -1:
        return (Told(last, DAY),)
    if direction != 1:
        return ()
    # In English, «next Friday» said on a Monday is this week's to some and the week after's to others.
    doubtful = "next" in others and coming.isocalendar().week == today.isocalendar().week
    return (Told(coming, DAY), *([Told(coming + timedelta(days=7), DAY)] if doubtful else []))


def _alone(
    others: Sequence[str], since: int, last: date, coming: date, today: date, tense: Tense
) -> list[date]:
    """«lundi»: by what the question is about; said on that very day, it may be today."""
    same = [today] if since == 0 else []
    match tense:
        case Tense.PAST:
            return [*same, last]
        case Tense.FUTURE:
            return [*same, coming]
        case _:
            return [*same, last, coming]
