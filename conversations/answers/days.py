"""The day that a text names: relative to today, in figures, in words, or beside a month or a week."""

from collections.abc import Iterable
from datetime import date

from conversations.answers.dates import days_of, written_parts
from conversations.answers.framing import without_courtesy
from conversations.answers.near_days import near_day
from conversations.answers.refusal import Ambiguous
from conversations.answers.relative import Tense, relative


def read_date(text: str, today: date, tense: Tense = Tense.EITHER) -> date | Ambiguous[date] | None:
    """The day that a text names; the days it can mean where there are several; None if it names none.

    The day comes before the month. What is not said (the year, which Monday) follows from the tense.

    >>> today = date(2026, 11, 23)
    >>> [str(read_date(text, today)) for text in ("12/3/2025", "12-03-25", "3 مارس 2025", "hier")]
    ['2025-03-12', '2025-03-12', '2025-03-03', '2026-11-22']
    >>> [str(read_date("le 1er mars", today, tense)) for tense in (Tense.PAST, Tense.FUTURE)]
    ['2026-03-01', '2027-03-01']
    >>> read_date("31/02/2025", today), read_date("mars 2025", today), read_date("le mois dernier", today)
    (None, None, None)
    """
    text = without_courtesy(text)
    told = relative(text, today, tense)
    if told:
        return one_or_several(each.day for each in told if not each.period)
    parts = written_parts(text)
    if parts is None:
        return near_day(text, today, tense)
    return one_or_several(days_of(parts, today, tense))


def one_or_several(days: Iterable[date]) -> date | Ambiguous[date] | None:
    """The one, or the choice between them, or none."""
    found = tuple(dict.fromkeys(days))
    return None if not found else found[0] if len(found) == 1 else Ambiguous(found)
