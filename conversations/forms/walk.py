"""The order of asking: which questions apply, turn by turn, and which comes next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from conversations.expressions import Node
from conversations.forms.filling import Filling
from conversations.forms.form import Field, Item, QuestionType, Repeat, Section
from conversations.forms.instance import Instance
from conversations.forms.places import Key, near, order_key

MOST_TURNS = 200  # of one repeat; nobody answers more in a chat


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing that applies now: a question, a note, or whether there is another turn."""

    place: str
    item: Field | Repeat


def stops(instance: Instance, since: Key = ()) -> Iterator[Stop]:
    """All that applies, in the order of asking; from a place in that order on, itself included."""
    root = f"/{instance.form.instance.name}"
    return _stops(instance, instance.form.items, (root, root), since)


def _stops(instance: Instance, items: Sequence[Item], around: tuple[str, str], since: Key) -> Iterator[Stop]:
    """`around` is path and place of what the items are in."""
    nodes, order = instance.nodes, instance.form.order
    first = since[0][0] if since else 0
    for item in items:
        match item:
            case Field():
                if item.asked and order[item.path] >= first:
                    place = _inside(item.path, around)
                    if nodes[place].relevant:
                        yield Stop(place, item)
            case Section():
                here = (item.path, _inside(item.path, around)) if item.path else around
                if not item.path or nodes[here[1]].relevant:
                    yield from _stops(instance, item.items, here, since)
            case Repeat():
                at = order[item.path]
                if at >= first:
                    yield from _turns(
                        instance, item, _inside(item.path, around), since if at == first else ()
                    )


def _inside(path: str, around: tuple[str, str]) -> str:
    """The place of a path as seen from what it is in; most often simply below it."""
    above, place = around
    if above == place:
        return path
    return place + path[len(above) :] if path.startswith(f"{above}/") else near(path, place)


def _turns(instance: Instance, repeat: Repeat, base: str, since: Key) -> Iterator[Stop]:
    count = instance.turns.get(base, 0)
    asked = repeat.count is None and not repeat.fixed
    begin = since[0][1] if since else 1
    for turn in range(max(1, begin), count + 1):
        place = f"{base}[{turn}]"
        if not instance.relevant(place):
            continue
        if asked and turn > repeat.given:
            yield Stop(place, repeat)
        inner = since[1:] if turn == begin else ()
        yield from _stops(instance, repeat.items, (repeat.path, place), inner)
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
    last: Key = order_key(trail[-1], order) if trail else ()
    if filling.asked:
        found = _first(instance, (), lambda stop: stop.place == filling.asked)
        if found.stop is not None:
            return found
    following = _first(
        instance,
        last,
        lambda stop: stop.place not in passed and order_key(stop.place, order) > last,
    )
    if following.stop is not None or not trail:
        return following
    return _first(instance, (), lambda stop: stop.place not in passed)


def _first(instance: Instance, since: Key, wanted: Callable[[Stop], bool]) -> Next:
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
