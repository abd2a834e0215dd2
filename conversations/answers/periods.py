"""A day, a month or a year, as exactly as the person knows it."""

import re
from datetime import date

from conversations.answers.dates import FIRST_YEAR, read_date
from conversations.answers.fold import fold
from conversations.answers.words import MONTHS
from conversations.messages import Day

YEAR = re.compile(r"(?:en |in |l an |annee |year |سنه |عام )?(\d{4})", re.ASCII)
MONTH_IN_FIGURES = re.compile(r"(\d{1,2}) (\d{4})|(\d{4}) (\d{1,2})", re.ASCII)
MONTH_IN_WORDS = re.compile(r"(?:en |in |شهر )?(.+?) (\d{4})", re.ASCII)
LAST_YEAR = 2200  # what is further off is a slip of the finger


def read_known(text: str, today: date) -> Day | None:
    """The day, month or year that a text names, no more exact than it says; None if it names none.

    >>> today = date(2026, 11, 23)
    >>> [read_known(text, today).iso for text in ("2024", "mars 2025", "3 mars 2025")]
    ['2024', '2025-03', '2025-03-03']
    """
    if month := read_month(text):
        return Day(f"{month:%Y-%m}")
    if year := read_year(text):
        return Day(f"{year:%Y}")
    day = read_date(text, today)
    return Day(day.isoformat()) if day else None


def read_year(text: str) -> date | None:
    """The first day of the year that a text names; None if it names none.

    >>> str(read_year("٢٠١٩")), str(read_year("en 2019")), read_year("19")
    ('2019-01-01', '2019-01-01', None)
    """
    found = YEAR.fullmatch(fold(text))
    return _first_day(int(found[1]), 1) if found else None


def read_month(text: str) -> date | None:
    """The first day of the month that a text names, with its year; None if it names none.

    >>> [str(read_month(text)) for text in ("03/2025", "2025-03", "mars 2025", "مارس 2025")]
    ['2025-03-01', '2025-03-01', '2025-03-01', '2025-03-01']
    >>> read_month("2025"), read_month("13/2025")
    (None, None)
    """
    said = fold(text)
    if found := MONTH_IN_FIGURES.fullmatch(said):
        return _first_day(int(found[2] or found[3]), int(found[1] or found[4]))
    found = MONTH_IN_WORDS.fullmatch(said)
    if found is None or found[1] not in MONTHS:
        return None
    return _first_day(int(found[2]), MONTHS[found[1]])


def _first_day(year: int, month: int) -> date | None:
    return date(year, month, 1) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else None
