"""Days in figures (day before month) and in words: their parts, and the days that these can mean."""

import re
from dataclasses import dataclass
from datetime import date

from conversations.answers.calendar_words import (
    BETWEEN,
    DAY_MAY_FOLLOW,
    FIRST_DAYS,
    LEADING,
    ORDINAL_DAYS,
    WEEKDAYS,
)
from conversations.answers.choice_words import ORDINALS
from conversations.answers.fold import fold_around_figures
from conversations.answers.months import month_in
from conversations.answers.relative import Tense, without_part_of_day
from conversations.answers.spelled import spelled

YEAR_FIRST = re.compile(r"(\d{4})[/.\- ](\d{1,2})[/.\- ](\d{1,2})", re.ASCII)
DAY_FIRST = re.compile(
    r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?|(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})", re.ASCII
)
DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th|eme|e)?", re.ASCII)
YEAR_IN_FIGURES = re.compile(r"\d{4}|\d{2}", re.ASCII)
FIRST_YEAR = 1900  # what is older is a slip of the finger
LAST_YEAR = 2200  # so is what is further off
LONG_AGO = 90  # years: a year in two figures that would be as old may be a slip
SOON = 20  # years ahead that a year in two figures may mean


@dataclass(frozen=True, slots=True)
class Parts:
    """What a text says of a day: each part as written, the year maybe in two figures."""

    day: int
    month: int
    year: str | None
    weekday: int | None = None


def written_parts(text: str) -> Parts | None:
    """Day and month as written, in figures or words, maybe with the year and the day of the week."""
    words = without_part_of_day(fold_around_figures(text).split())
    weekday = None
    while len(words) > 1 and (words[0] in LEADING or (weekday is None and words[0] in WEEKDAYS)):
        weekday = WEEKDAYS.get(words[0], weekday)
        words = words[1:]
    parts = _in_figures(" ".join(words)) or _in_words(words)
    if parts is None:
        return None
    return Parts(parts.day, parts.month, parts.year, weekday)


def _in_figures(said: str) -> Parts | None:
    if found := YEAR_FIRST.fullmatch(said):
        return Parts(int(found[3]), int(found[2]), found[1])
    if found := DAY_FIRST.fullmatch(said):
        return Parts(int(found[1] or found[4]), int(found[2] or found[5]), found[3] or found[6])
    return None


def _in_words(words: list[str]) -> Parts | None:
    """«3 mars 2025», «trois mars», «3mars», «March 3rd, 2025»."""
    named = month_in(words)
    if named is None:
        return None
    before, month, behind = named
    before = [word for word in before if word not in BETWEEN]
    behind = [word for word in behind if word not in BETWEEN]
    if not before and month_name_before_day(words) and behind:
        before, behind = behind[:1], behind[1:]
    day = _day(before)
    year = _year(behind)
    if day is None or (behind and year is None):
        return None
    return Parts(day, month, year)


def month_name_before_day(words: list[str]) -> bool:
    """Whether the month is named in a way behind which a day may stand."""
    return any(word in DAY_MAY_FOLLOW for word in words)


def _day(words: list[str]) -> int | None:
    if len(words) == 1 and words[0] in FIRST_DAYS:
        return 1
    if len(words) == 1 and words[0] in ORDINALS:
        return ORDINALS[words[0]]
    if len(words) == 1 and (found := DAY_OF_MONTH.fullmatch(words[0])):
        return int(found[1])
    if " ".join(words) in ORDINAL_DAYS:
        return ORDINAL_DAYS[" ".join(words)]
    day = spelled(words)
    return day if day is not None and not words[0].isdigit() and 1 <= day <= 31 else None


def _year(words: list[str]) -> str | None:
    if len(words) == 1 and YEAR_IN_FIGURES.fullmatch(words[0]):
        return words[0]
    year = spelled(words)
    return str(year) if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def days_of(parts: Parts, today: date, tense: Tense) -> list[date]:
    """The days that the parts can mean; those on another day of the week than was said are none."""
    days = (
        _without_year(parts, today, tense)
        if parts.year is None
        else _with_year(parts, parts.year, today, tense)
    )
    return [day for day in days if parts.weekday in (None, day.weekday())]


def _without_year(parts: Parts, today: date, tense: Tense) -> list[date]:
    """The latest before today, the next after it, or both. 29 February needs its year."""
    around = [day for year in (-1, 0, 1) if (day := _at(today.year + year, parts))]
    if len(around) < 3:
        return []
    before = [day for day in around if day <= today][-1:]
    ahead = [day for day in around if day >= today][:1]
    match tense:
        case Tense.PAST:
            return before
        case Tense.FUTURE:
            return ahead
        case _:
            return list(dict.fromkeys([*before, *ahead]))


def _with_year(parts: Parts, year: str, today: date, tense: Tense) -> list[date]:
    if len(year) == 4:
        return [day] if (day := _at(int(year), parts)) else []
    return [day for full in full_years(int(year), today, tense) if (day := _at(full, parts))]


def full_years(short: int, today: date, tense: Tense) -> list[int]:
    """The years that two figures can mean; more than one where it could be a slip, or soon, or long ago.

    >>> today = date(2026, 11, 23)
    >>> tuple(full_years(short, today, Tense.PAST) for short in (25, 98, 28))
    ([2025], [1998], [2028, 1928])
    """
    century = today.year // 100 * 100
    new, old = century + short, century - 100 + short
    if new <= today.year or (tense is Tense.FUTURE and new <= today.year + SOON):
        return [new]
    if (
        tense is not Tense.FUTURE
        and today.year - old < LONG_AGO
        and (tense is Tense.PAST or new > today.year + SOON)
    ):
        return [old]
    return [new, old] if new <= today.year + SOON else [old]


def _at(year: int, parts: Parts) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, parts.month, parts.day)
    except ValueError:
        return None
