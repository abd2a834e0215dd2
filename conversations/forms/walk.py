"""The order of asking: which questions apply, turn by turn, and which comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.expressions import Node
from conversations.forms.filling import Filling
from conversations.forms.form import Field, Item, QuestionType, Repeat, Section
from conversations.forms.instance import Instance
from conversations.forms.places import near, order_key

MOST_TURNS = 200  # of one repeat; nobody answers more in a chat


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing that applies now: a question, a note, or whether there is another turn."""

    place: str
    item: Field | Repeat


def stops(instance: Instance) -> Iterator[Stop]:
    """All that applies, in the order of asking."""
    return _stops(instance, instance.form.items, f"/{instance.form.instance.name}")


def _stops(instance: Instance, items: Sequence[Item], around: str) -> Iterator[Stop]:
    for item in items:
        match item:
            case Field():
                place = near(item.path, around) if "[" in around else item.path
                if instance.relevant(place):
                    yield Stop(place, item)
            case Section():
                place = near(item.path, around) if item.path else around
                if not item.path or instance.relevant(place):
                    yield from _stops(instance, item.items, place if item.path else around)
            case Repeat():
                yield from _turns(instance, item, near(item.path, around))


def _turns(instance: Instance, repeat: Repeat, base: str) -> Iterator[Stop]:
    count = instance.turns.get(base, 0)
    asked = repeat.count is None and not repeat.fixed
    for turn in range(1, count + 1):
        place = f"{base}[{turn}]"
        if not instance.relevant(place):
            continue
        if asked and turn > repeat.given:
            yield Stop(place, repeat)
        yield from _stops(instance, repeat.items, place)
    if asked and count < MOST_TURNS and _another_applies(instance, repeat, base, count):
        yield Stop(f"{base}[{count + 1}]", repeat)


def _another_applies(instance: Instance, repeat: Repeat, base: str, count: int) -> bool:
    """Whether a turn that is not there yet would be relevant."""
    parent = instance.nodes[base.rpartition("/")[0]]
    if not parent.relevant or repeat.relevant is None:
        return parent.relevant
    if count:
        return instance.relevant(f"{base}[{count}]")
    scratch = Node(base.rpartition("/")[2])
    scratch.parent = parent
    place = f"{base}[1]"
    instance.nodes[place] = scratch
    try:
        return instance.holds(repeat.relevant, place)
    finally:
        del instance.nodes[place]


def is_note(instance: Instance, stop: Stop) -> bool:
    """Whether it is only shown. One that is required and empty bars the way, as in ODK."""
    field = stop.item
    if not isinstance(field, Field):
        return False
    if field.type is not QuestionType.NOTE and not instance.holds(field.readonly, stop.place):
        return False
    return bool(instance.value(stop.place)) or not instance.holds(field.required, stop.place)


@dataclass(frozen=True, slots=True)
class Next:
    """What to ask now, and the notes since the question before it."""

    stop: Stop | None  # None: the form is complete
    notes: tuple[Stop, ...]


def next_stop(instance: Instance, filling: Filling) -> Next:
    """The question asked on purpose, else the first one after the one passed last, else one left out."""
    order, trail = instance.form.order, filling.trail
    passed = set(trail)
    last = order_key(trail[-1], order) if trail else ()
    notes: list[Stop] = []
    following: Next | None = None
    left_out: Next | None = None
    for stop in stops(instance):
        if is_note(instance, stop):
            notes.append(stop)
            continue
        if stop.place == filling.asked:
            return Next(stop, tuple(notes))
        if stop.place not in passed:
            if following is None and order_key(stop.place, order) > last:
                following = Next(stop, tuple(notes))
                if not filling.asked:
                    break
            left_out = left_out or Next(stop, tuple(notes))
        notes.clear()
    return following or left_out or Next(None, tuple(notes))
