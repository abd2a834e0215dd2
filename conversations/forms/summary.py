"""The answers so far, as a person reads them."""

from collections.abc import Collection

from conversations.forms.form import Field
from conversations.forms.instance import Instance
from conversations.forms.places import TURN
from conversations.forms.reading import as_read
from conversations.forms.walk import Stop, stops
from conversations.messages import Say
from conversations.render.catalogue import say

NO_ANSWER = "—"


def summed_up(
    instance: Instance, trail: tuple[str, ...], spoken: Collection[str] = ()
) -> tuple[tuple[str, str, str], ...]:
    """(place, question, answer) of each passed question that is relevant, in the order of the form."""
    passed = set(trail)
    return tuple(
        (stop.place, _label(instance, stop, stop.item), _answer(instance, stop.item, stop.place, spoken))
        for stop in stops(instance)
        if stop.place in passed and isinstance(stop.item, Field)
    )


def _answer(instance: Instance, field: Field, place: str, spoken: Collection[str]) -> str:
    """The answer in words; of one that was spoken, that it waits to be written down."""
    if place in spoken:
        return say(Say("form.spoken"), instance.surroundings.language)
    return as_read(instance, field, place) or NO_ANSWER


def _label(instance: Instance, stop: Stop, field: Field) -> str:
    """The question; within a repeat also of which turn."""
    label = instance.write(field.label, stop.place)
    turns = [turn.strip("[]") for turn in TURN.findall(stop.place)]
    return f"{label} ({'.'.join(turns)})" if turns else label
