"""The choices of a question: which can be made now, and what they are called."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.expressions import Node
from conversations.forms.form import Choices, Field
from conversations.forms.wording import NO_WORDING, Media

if TYPE_CHECKING:
    from conversations.forms.instance import Instance


@dataclass(frozen=True, slots=True)
class Option:
    """One visible choice."""

    name: str  # the code that is stored
    label: str
    media: tuple[Media, ...] = ()


def options(instance: "Instance", field: Field, place: str) -> Iterator[Option]:
    """The choices that can be made now; an item without a label shows its name."""
    choices = field.choices
    if choices is None:
        return
    for each in choices.written:
        yield Option(each.name, instance.write(each.label, place) or each.name, instance.media(each.label))
    for item in _items(instance, choices, place):
        yield _option(instance, choices, item, place)


def names_offered(instance: "Instance", field: Field, place: str) -> Iterator[str]:
    """The names of the choices that can be made now."""
    choices = field.choices
    if choices is None:
        return
    yield from (each.name for each in choices.written)
    for item in _items(instance, choices, place):
        yield _name(instance, choices, item, place)


def label_of(instance: "Instance", field: Field, place: str, name: str) -> str:
    """What one of the choices is called; empty where it is not offered."""
    return next((option.label for option in options(instance, field, place) if option.name == name), "")


def _items(instance: "Instance", choices: Choices, place: str) -> list[Node]:
    return instance.found(choices.nodes, place) if choices.nodes else []


def _name(instance: "Instance", choices: Choices, item: Node, place: str) -> str:
    return instance.of_item(choices.value, item, place) if choices.value else ""


def _option(instance: "Instance", choices: Choices, item: Node, place: str) -> Option:
    name = _name(instance, choices, item, place)
    if name in choices.worded:
        wording = choices.worded[name]
        return Option(name, instance.write(wording, place) or name, instance.media(wording))
    label = instance.of_item(choices.label, item, place) if choices.label else ""
    if not choices.translated:
        return Option(name, label or name)
    wording = instance.form.texts.get(label, NO_WORDING)
    return Option(name, instance.write(wording, place) or name, instance.media(wording))
