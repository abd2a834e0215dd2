"""A day, a month or a year, as exactly as the person knows it."""

import re
from datetime import date, timedelta

from conversations.answers.calendar_words import ABOUT, BETWEEN, DAY, DURING, LEADING, MONTH, WEEK, YEAR
from conversations.answers.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    Parts,
    days_of,
    full_years,
    written_parts,
)
from conversations.answers.fold import fold_around_figures
from conversations.answers.framing import without_courtesy
from conversations.answers.months import month_in
from conversations.answers.near_days import near_day
from conversations.answers.refusal import Ambiguous
from conversations.answers.relative import Tense, Told, relative
from conversations.answers.spelled import spelled
from conversations.messages import Day

YEAR_ALONE = re.compile(r"(\d{4})", re.ASCII)
MONTH_IN_FIGURES = re.compile(r"(\d{1,2})[/.\- ](\d{4})|(\d{4})[/.\- ](\d{1,2})", re.ASCII)
SHORT_MONTH = re.compile(r"(\d{2})[/.\-](\d{2})", re.ASCII)  # 03/25, or a day and a month
PREFIXES = LEADING | BETWEEN | ABOUT | DURING


def read_year(text: str) -> date | None:
    """The first day of the year that a text names; None if it names none.

    >>> str(read_year("٢٠١٩")), str(read_year("en 2019")), read_year("19")
    ('2019-01-01', '2019-01-01', None)
    """
    year = _year(_bare(text))
    return date(year, 1, 1) if year else None


def read_month(text: str, today: date, tense: Tense = Tense.EITHER) -> date | Ambiguous[date] | None:
    """The first day of the month that a text names; the months it can mean; None if it names none.

    >>> today = date(2026, 11, 23)
    >>> [str(read_month(text, today)) for text in ("03/2025", "2025-03", "mars 2025", "le mois dernier")]
    ['2025-03-01', '2025-03-01', '2025-03-01', '2026-10-01']
    >>> read_month("2025", today), read_month("13/2025", today)
    (None, None)
    """
    read = read_known(text, today, tense)
    readings = read.readings if isinstance(read, Ambiguous) else (read,) if read else ()
    months = tuple(date.fromisoformat(f"{day.iso[:7]}-01") for day in readings if day.iso.count("-") == 1)
    if not months or len(months) < len(readings):
        return None
    return months[0] if len(set(months)) == 1 and not isinstance(read, Ambiguous) else Ambiguous(months)


def read_known(text: str, today: date, tense: Tense = Tense.EITHER) -> Day | Ambiguous[Day] | None:
    """The day, month or year that a text names, no more exact than it says; None if it names none.

    A month without its year can mean several: which one is asked.

    >>> today = date(2026, 11, 23)
    >>> [read_known(text, today).iso for text in ("2024", "mars 2025", "3 mars 2025", "il y a deux mois")]
    ['2024', '2025-03', '2025-03-03', '2026-09']
    >>> [day.iso for day in read_known("mars", today, Tense.PAST).readings]
    ['2026-03', '2025-03']
    >>> read_known("début ramadan", today) is None
    True
    """
    text = without_courtesy(text)
    told = relative(text, today, tense) or relative(" ".join(_bare(text)), today, tense)
    if told:
        return _one_or_several([iso for each in told for iso in _as_told(each)])
    words = _bare(text)
    read = _one_or_several(_readings(text, words, today, tense))
    near = near_day(text, today, tense) if read is None else None
    days = near.readings if isinstance(near, Ambiguous) else (near,) if near else ()
    return read if not days else _as_read(near, [Day(day.isoformat()) for day in days])


def _readings(text: str, words: list[str], today: date, tense: Tense) -> list[str]:
    parts = written_parts(text)
    days = [day.isoformat() for day in days_of(parts, today, tense)] if parts else []
    if parts and parts.year is not None:
        return days
    if year := _year(words):
        return [str(year)]
    return [*days, *_months(words, today, tense)]


def _bare(text: str) -> list[str]:
    """The words that count: «au début de l'année 2024» is «2024»."""
    words = fold_around_figures(text).split()
    while len(words) > 1 and (words[0] in PREFIXES):
        words = words[1:]
    return words


def _year(words: list[str]) -> int | None:
    if len(words) == 1 and (found := YEAR_ALONE.fullmatch(words[0])):
        year = int(found[1])
    else:
        year = 0 if any(word.isdigit() for word in words) else spelled(words) or 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _months(words: list[str], today: date, tense: Tense) -> list[str]:
    said = " ".join(words)
    if found := MONTH_IN_FIGURES.fullmatch(said):
        return _month(int(found[2] or found[3]), int(found[1] or found[4]))
    if found := SHORT_MONTH.fullmatch(said):
        years = [year for year in full_years(int(found[2]), today, tense) if abs(year - today.year) < 60]
        return [month for year in years for month in _month(year, int(found[1]))]
    named = month_in(words)
    if named is None or any(word[0].isdigit() for word in named[0]):
        return []
    beside = [*named[0], *named[2]]
    told = relative(" ".join(beside), today, tense)
    if len(told) == 1 and told[0].unit == YEAR and told[0].period:  # «mars de l'année dernière»
        return _month(told[0].day.year, named[1])
    return _named_month(named[1], [word for word in beside if word not in BETWEEN], today, tense)


def _named_month(month: int, behind: list[str], today: date, tense: Tense) -> list[str]:
    """A month in words, with what stands beside it: nothing, its year, or «last», «next»."""
    if not behind:
        return [each for year in _years_around(month, today, tense) for each in _month(year, month)]
    if len(behind) == 1 and re.fullmatch(r"\d{2}", behind[0]):  # its year, or a day
        years = full_years(int(behind[0]), today, tense)
        days = days_of(Parts(int(behind[0]), month, None), today, tense)
        return [*(each for year in years for each in _month(year, month)), *(day.isoformat() for day in days)]
    if year := _year(behind):
        return _month(year, month)
    return _month_beside(month, behind, today)


def _month_beside(month: int, behind: list[str], today: date) -> list[str]:
    """«mars dernier»: the latest before this month; «mars prochain»: the next after it."""
    beside = relative(" ".join(["mois", *behind]), today, Tense.EITHER)
    if len(beside) != 1 or not beside[0].period:
        return []
    this = (today.year, today.month)
    if beside[0].day < today.replace(day=1):
        return _month(max(year for year in (today.year - 1, today.year) if (year, month) < this), month)
    if beside[0].day > today:
        return _month(min(year for year in (today.year, today.year + 1) if (year, month) > this), month)
    return _month(today.year, month)


def _years_around(month: int, today: date, tense: Tense) -> list[int]:
    """The two years a month without year most likely means."""
    past = today.year if month <= today.month else today.year - 1
    coming = today.year if month >= today.month else today.year + 1
    match tense:
        case Tense.PAST:
            return [past, past - 1]
        case Tense.FUTURE:
            return [coming, coming + 1]
        case _:
            return list(dict.fromkeys([past, coming, past - 1]))[:2]


def _month(year: int, month: int) -> list[str]:
    return [f"{year}-{month:02}"] if 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR else []


def _as_told(told: Told) -> list[str]:
    """As exactly as it is told; of a week named and not counted, the month or the two that it lies in."""
    if told.period and told.unit == WEEK:
        return [(told.day + timedelta(days=days)).isoformat()[:7] for days in (0, 6)]
    exact = {DAY: 10, WEEK: 10, MONTH: 7, YEAR: 4}[told.unit]
    return [told.day.isoformat()[:exact]]


def _as_read(near: date | Ambiguous[date] | None, days: list[Day]) -> Day | Ambiguous[Day]:
    return Ambiguous(tuple(days)) if isinstance(near, Ambiguous) else days[0]


def _one_or_several(isos: list[str]) -> Day | Ambiguous[Day] | None:
    days = tuple(Day(iso) for iso in dict.fromkeys(isos))
    return None if not days else days[0] if len(days) == 1 else Ambiguous(days)
