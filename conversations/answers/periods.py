"""A month or a year, where no day is asked."""

import re
from dataclasses import dataclass
from datetime import date

from conversations.answers.dates import FIRST_YEAR
from conversations.answers.fold import fold
from conversations.answers.words import MONTHS

YEAR = re.compile(r"(?:en |in |l an |annee |year |سنه |عام )?(\d{4})", re.ASCII)
MONTH_IN_FIGURES = re.compile(r"(\d{1,2}) (\d{4})|(\d{4}) (\d{1,2})", re.ASCII)
MONTH_IN_WORDS = re.compile(r"(?:en |in |شهر )?(.+?) (\d{4})", re.ASCII)
LAST_YEAR = 2200  # what is further off is a slip of the finger


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year, where the day is not known: `2025-03` or `2025`."""

    iso: str


def read_period(text: str) -> Period | None:
    """The month or the year that a text names; None if it names neither.

    >>> read_period("mars 2025"), read_period("en 2024"), read_period("12/03/2025")
    (Period(iso='2025-03'), Period(iso='2024'), None)
    """
    if month := read_month(text):
        return Period(f"{month:%Y-%m}")
    year = read_year(text)
    return Period(f"{year:%Y}") if year else None


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
