"""Days beside a period told from today: «le 12 du mois dernier», «lundi de la semaine prochaine»."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from conversations.answers.calendar_words import LAST, LEADING, MONTH, NEXT, WEEK, WEEKDAYS, YEAR
from conversations.answers.choice_words import ORDINALS
from conversations.answers.dates import DAY_OF_MONTH, Parts, days_of, written_parts
from conversations.answers.fold import fold, fold_around_figures
from conversations.answers.refusal import Ambiguous
from conversations.answers.relative import Tense, Told, period

BESIDE = LEADING | frozenset(
    map(fold, ("de", "du", "of", "f", "d", "dyal", "ديال", "jour", "day", "nhar", "نهار"))
)
MARKING = frozenset(map(fold, ("le", "the", "on", "nhar", "يوم", "نهار")))  # «15» alone is no day, «le 15» is
FEASTS = {
    fold(name): day
    for day, names in {
        (25, 12): ("Noël", "Christmas", "Christmas day", "Xmas"),
        (1, 1): (
            "jour de l'an",
            "le jour de l'an",
            "nouvel an",
            "new year's day",
            "new years day",
            "رأس السنة",
            "ras l3am",
        ),
    }.items()
    for name in names
}
MOST_WORDS = 10


def near_day(text: str, today: date, tense: Tense) -> date | Ambiguous[date] | None:
    """The day that a text names beside a period told from today; None if it names none.

    A day of the month alone is to be confirmed.

    >>> monday = date(2026, 11, 23)
    >>> def read(text): return str(near_day(text, monday, Tense.PAST))
    >>> read("le 12 du mois dernier"), read("lundi de la semaine dernière"), read("12 mars de l'an dernier")
    ('2026-10-12', '2026-11-16', '2025-03-12')
    >>> read("samedi 14"), read("le 15"), read("15")
    ('2026-11-14', 'Ambiguous(readings=(datetime.date(2026, 11, 15),))', 'None')
    """
    said = fold_around_figures(text).split()
    if not said or len(said) > MOST_WORDS:
        return None
    words = [word for word in said if word not in BESIDE]
    if feast := FEASTS.get(" ".join(said)) or FEASTS.get(" ".join(words)):
        return _one(days_of(Parts(*feast, None), today, tense))
    if len(words) == 1 and (day := _day(words[0])) and not MARKING.isdisjoint(said):
        found = tuple(_of_month(day, today, tense))
        return Ambiguous(found) if found else None
    if len(words) == 2 and words[0] in WEEKDAYS and (day := _day(words[1])):
        return _one([each for each in _of_month(day, today, tense) if each.weekday() == WEEKDAYS[words[0]]])
    return _one(list(_beside_a_period(said, today)))


def _one(days: Sequence[date]) -> date | None:
    return days[0] if len(days) == 1 else None


def _day(word: str) -> int | None:
    found = DAY_OF_MONTH.fullmatch(word)
    day = int(found[1]) if found else ORDINALS.get(word)
    return day if day and day <= 31 else None


def _of_month(day: int, today: date, tense: Tense) -> Iterator[date]:
    """That day of this month, of the last or of the next one, on the side where the question looks."""
    months = [today.replace(day=1) + timedelta(days=days) for days in (-1, 0, 31)]
    around = [each for month in months if (each := _at(month, day))]
    if tense is not Tense.FUTURE:
        yield from [each for each in around if each <= today][-1:]
    if tense is not Tense.PAST:
        yield from [each for each in around if each > today or (each == today and tense is Tense.FUTURE)][:1]


def _at(month: date, day: int) -> date | None:
    try:
        return month.replace(day=day)
    except ValueError:
        return None


def _beside_a_period(said: Sequence[str], today: date) -> Iterator[date]:
    """The period may stand in front or behind: «la semaine prochaine lundi»."""
    for border in range(1, len(said)):
        for part, rest in ((said[:border], said[border:]), (said[border:], said[:border])):
            kept = [word for word in rest if word not in BESIDE]
            for told in _periods(part, today):
                if (day := _within(told, kept)) is not None:
                    yield day
                    return
            if len(part) == 1 and (part[0] in LAST or part[0] in NEXT):
                tense = Tense.PAST if part[0] in LAST else Tense.FUTURE
                parts = written_parts(" ".join(rest))
                if parts and parts.year is None:
                    yield from days_of(parts, today, tense)
                    return


def _periods(words: Sequence[str], today: date) -> Iterator[Told]:
    """The period that the words name, maybe behind words that lead to it."""
    for start in range(len(words)):
        yield from period(words[start:], today)
        if words[start] not in BESIDE:
            return


def _within(told: Told, words: Sequence[str]) -> date | None:
    """The day of the month, of the week or of the year that the words name."""
    if told.unit == MONTH and len(words) == 1 and (day := _day(words[0])):
        return _at(told.day, day)
    if told.unit == WEEK and len(words) == 1 and words[0] in WEEKDAYS:
        return told.day + timedelta(days=WEEKDAYS[words[0]])
    parts = written_parts(" ".join(words)) if told.unit == YEAR else None
    if parts is None or parts.year is not None:
        return None
    return _one(
        days_of(Parts(parts.day, parts.month, str(told.day.year), parts.weekday), told.day, Tense.EITHER)
    )
