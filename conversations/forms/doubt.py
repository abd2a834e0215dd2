"""Where a message can mean several things: what the question's own rule leaves, and which was picked."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from conversations.answers.choose import Chosen, choose_one
from conversations.answers.relative import Tense
from conversations.answers.yes_no import yes_no
from conversations.forms.asking import Question
from conversations.forms.checking import written
from conversations.forms.choices import Option
from conversations.forms.filling import Surroundings
from conversations.forms.fitting import accepts
from conversations.forms.form import Field, QuestionType, Repeat
from conversations.forms.instance import Instance
from conversations.forms.understand import Answer
from conversations.vocabulary import Language

PROBED = (1, 40, 400)  # days from today; a rule about another answer may leave only some of them


def today_of(surroundings: Surroundings) -> date:
    """The day it is where the form is answered."""
    return surroundings.now.astimezone(ZoneInfo(surroundings.zone)).date()


def tense_of(instance: Instance, item: Field | Repeat, place: str) -> Tense:
    """Whether the question's constraint takes days that have been, days to come, or both."""
    if not isinstance(item, Field) or item.constraint is None:
        return Tense.EITHER
    if item.type not in (QuestionType.DATE, QuestionType.DATE_TIME):
        return Tense.EITHER
    today = today_of(instance.surroundings)
    past = any(_would_accept(instance, item, place, today - timedelta(days=days)) for days in PROBED)
    future = any(_would_accept(instance, item, place, today + timedelta(days=days)) for days in PROBED)
    if past == future:
        return Tense.EITHER
    return Tense.PAST if past else Tense.FUTURE


def _would_accept(instance: Instance, field: Field, place: str, day: date) -> bool:
    value = day.isoformat() if field.type is QuestionType.DATE else f"{day.isoformat()}T12:00:00.000Z"
    return would_accept(instance, field, place, value)


def would_accept(instance: Instance, field: Field, place: str, value: str) -> bool:
    """Whether the constraint would hold with this value; nothing else changes."""
    node = instance.nodes[place]
    held, node.text = node.text, value
    try:
        return accepts(instance, field, place)
    finally:
        node.text = held


def values_of(
    asked: Question, readings: Iterable[Answer], instance: Instance, field: Field, place: str
) -> tuple[str, ...]:
    """The readings as the form would store them, those that its constraint rules out left out."""
    values = (written(asked, reading, instance.surroundings) for reading in readings)
    return tuple(
        value
        for value in dict.fromkeys(values)
        if isinstance(value, str) and would_accept(instance, field, place, value)
    )


def picked(text: str, readings: Sequence[Option], language: Language) -> str | None:
    """The reading that the next message picks: by number or by its words, or by a yes where there is one."""
    if not readings:
        return None
    if len(readings) == 1 and yes_no(text, language):
        return readings[0].name
    chosen = choose_one(text, readings, language)
    return chosen.names[0] if isinstance(chosen, Chosen) else None
