"""A year that is asked, and an age, a day or two figures that are answered: the years they can mean."""

import re
from collections.abc import Sequence
from datetime import date

from conversations.answers.clean import clean
from conversations.answers.numbers import figures, read_integer
from conversations.answers.periods import read_known
from conversations.answers.positions import place_named
from conversations.answers.refusal import Ambiguous, Refusal
from conversations.answers.relative import Tense
from conversations.forms.doubt import today_of, would_accept
from conversations.forms.form import Field, QuestionType, Repeat
from conversations.forms.instance import Instance
from conversations.messages import Say, Verbatim
from conversations.vocabulary import Language

OF_LIFE = 30  # years ago: what a question for a year of birth takes
NO_YEARS = (30, 1000)  # what it does not take
MOST_WORDS = 6  # around an age; who writes more tells something else
SHORT = re.compile(r"(?<![\d/.,:-])\d{2}(?![\d/.,:-])", re.ASCII)
YOUNGEST, OLDEST = 10, 99
RATHER_A_YEAR = 60  # from here on two figures alone are the end of a year rather than an age


def asks_year(instance: Instance, item: Field | Repeat, place: str) -> bool:
    """Whether a question for a whole number takes years, and nothing else that people count."""
    if not isinstance(item, Field) or item.type is not QuestionType.INTEGER or item.constraint is None:
        return False
    year = today_of(instance.surroundings).year
    others = (*NO_YEARS, year + OF_LIFE)
    if any(would_accept(instance, item, place, str(number)) for number in others):
        return False
    return would_accept(instance, item, place, str(year - OF_LIFE))


def years_meant(text: str, today: date, language: Language) -> tuple[int, ...]:
    """The years that a message can mean which is no year itself, the likeliest first.

    >>> today = date(2026, 11, 23)
    >>> [years_meant(text, today, Language.FRENCH) for text in ("29 ans", "im 29", "12/03/1997", "bonjour")]
    [(1997, 1996), (1997, 1996), (1997,), ()]
    >>> years_meant("97", today, Language.FRENCH)
    (1997, 2097, 1929, 1928)
    """
    said = figures(clean(text))
    told = read_known(said, today, Tense.PAST)
    if told is not None and not isinstance(told, Ambiguous) and told.iso[:4] in said:
        return (int(told.iso[:4]),)
    number = _of_two_figures(said, language)
    if number is None:
        return ()
    of_age = (today.year - number, today.year - number - 1) if YOUNGEST <= number <= OLDEST else ()
    if not said.isdecimal():
        return of_age
    short = (1900 + number, 2000 + number)
    return (*of_age, *short) if number < RATHER_A_YEAR else (*short, *of_age)


def _of_two_figures(said: str, language: Language) -> int | None:
    """The one number of two figures in the message, among few words."""
    number = read_integer(said, language)
    if isinstance(number, int):
        return number if YOUNGEST <= number <= OLDEST or said == f"{number:02}" else None
    found = SHORT.findall(said)
    alone = len(found) == 1 and len(re.findall(r"\d+", said)) == 1
    return int(found[0]) if alone and len(said.split()) <= MOST_WORDS else None


def place_among(text: str, years: Sequence[str]) -> int:
    """Which of the proposed years a number picks by its place, from 1; 0 if it picks none."""
    place = place_named(text)
    return place if place is not None and 1 <= place <= len(years) else 0


def how_to_write_a_year(instance: Instance, field: Field, place: str) -> Refusal:
    """How the year is written: in the words of the sheet where it has any."""
    own = instance.write(field.constraint_message, place)
    example = str(today_of(instance.surroundings).year - OF_LIFE)
    return Refusal(Verbatim(own) if own else Say("answer.not_a_year", {"example": example}))
