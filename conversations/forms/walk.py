"""The order of asking: which questions apply, turn by turn, and which comes next."""

from collections.abc import Callable, Iterator, Sequence
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


def stops(instance: Instance, since: int = 0) -> Iterator[Stop]:
    """All that applies, in the order of asking; from a number of that order on."""
    return _stops(instance, instance.form.items, f"/{instance.form.instance.name}", since)


def _stops(instance: Instance, items: Sequence[Item], around: str, since: int) -> Iterator[Stop]:
    nodes, order = instance.nodes, instance.form.order
    for item in items:
        match item:
            case Field():
                if item.asked and order[item.path] >= since:
                    place = near(item.path, around) if "[" in around else item.path
                    if nodes[place].relevant:
                        yield Stop(place, item)
            case Section():
                place = near(item.path, around) if item.path else around
                if not item.path or nodes[place].relevant:
                    yield from _stops(instance, item.items, place, since)
            case Repeat():
                if order[item.path] >= since:
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
        yield from _stops(instance, repeat.items, place, 0)
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
    if not isinstance(field, Field) or (field.readonly is None and field.type is not QuestionType.NOTE):
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
    if filling.asked:
        found = _first(instance, 0, lambda stop: stop.place == filling.asked)
        if found.stop is not None:
            return found
    following = _first(
        instance,
        last[0][0] if last else 0,
        lambda stop: stop.place not in passed and order_key(stop.place, order) > last,
    )
    if following.stop is not None or not trail:
        return following
    return _first(instance, 0, lambda stop: stop.place not in passed)


def _first(instance: Instance, since: int, wanted: Callable[[Stop], bool]) -> Next:
    """The first question that is wanted, with the notes since the question before it."""
    notes: list[Stop] = []
    for stop in stops(instance, since):
        if is_note(instance, stop):
            notes.append(stop)
        elif wanted(stop):
            return Next(stop, tuple(notes))
        else:
            notes.clear()
    return Next(None, tuple(notes))
