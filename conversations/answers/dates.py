"""Days in figures (day before month), in words, and relative to today."""

import re
from datetime import date, timedelta

from conversations.answers.fold import fold
from conversations.answers.words import DAYS, MONTHS

YEAR_FIRST = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2}) (\d{1,2})(?: (\d{4}|\d{2}))?", re.ASCII)
MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
IN_WORDS = re.compile(
    r"(?:le |on |the |يوم |في )?(\d{1,2})(?:er|st|nd|rd|th)? (?:of |من )?(?:شهر )?"
    rf"({MONTH})(?: (\d{{4}}|\d{{2}}))?",
    re.ASCII,
)
MONTH_FIRST = re.compile(rf"({MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?: (\d{{4}}))?", re.ASCII)
FIRST_YEAR = 1900  # what is older is a slip of the finger
LEAP_CYCLE = 8  # years at most between two 29 February (around 1900 and 2100)


def read_date(text: str, today: date) -> date | None:
    """The day that a text names, None if it is not clearly one.

    The day comes before the month. Two figures of a year mean the last hundred years, next year included.
    Without a year it is the most recent such day, today included.

    >>> today = date(2026, 11, 23)
    >>> [str(read_date(text, today)) for text in ("12/3/2025", "12-03-25", "3 مارس 2025", "le 1er mars")]
    ['2025-03-12', '2025-03-12', '2025-03-03', '2026-03-01']
    >>> str(read_date("hier", today)), str(read_date("٢٥/١٢", today)), read_date("31/02/2025", today)
    ('2026-11-22', '2025-12-25', None)
    """
    said = fold(text)
    if said in DAYS:
        return today + timedelta(days=DAYS[said])
    if found := YEAR_FIRST.fullmatch(said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := DAY_FIRST.fullmatch(said):
        return _in_year(found[3], int(found[2]), int(found[1]), today)
    if found := IN_WORDS.fullmatch(said):
        return _in_year(found[3], MONTHS[found[2]], int(found[1]), today)
    if found := MONTH_FIRST.fullmatch(said):
        return _in_year(found[3], MONTHS[found[1]], int(found[2]), today)
    return None


def _in_year(year: str | None, month: int, day: int, today: date) -> date | None:
    if year is None:
        for before in range(LEAP_CYCLE + 1):
            found = _day(today.year - before, month, day)
            if found and found <= today:
                return found
        return None
    if len(year) == 4:
        return _day(int(year), month, day)
    century = today.year // 100 * 100
    full = century + int(year)
    return _day(full if full <= today.year + 1 else full - 100, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    if year < FIRST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
