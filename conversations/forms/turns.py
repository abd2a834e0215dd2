"""The turns of repeats: how many there are, and what a new one starts with."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from conversations.expressions import Node
from conversations.forms.errors import FormError
from conversations.forms.filling import Filling
from conversations.forms.form import Action, Repeat
from conversations.forms.instance import Instance, instance_of
from conversations.forms.places import near, path_of, turn_of
from conversations.forms.preloads import preload
from conversations.forms.walk import MOST_TURNS

DEEPEST = 10  # counts that depend on counts


class TooManyTurns(FormError):
    """An answer asks for more turns than a chat can hold."""


def counted(instance: Instance) -> dict[str, int]:
    """How many turns each repeat should have, those that count by themselves included."""
    turns = dict(instance.turns)
    for repeat in instance.form.repeats.values():
        if repeat.count is not None:
            above, _, name = repeat.path.rpartition("/")
            for parent in instance.places.get(above, ()):
                turns[f"{parent}/{name}"] = _count(instance, repeat, parent, name)
    return turns


def _count(instance: Instance, repeat: Repeat, parent: str, name: str) -> int:
    """The count as it stands; evaluated where the turns are, whether there are any or not."""
    place = f"{parent}/{name}"
    scratch = Node(name)
    scratch.parent = instance.nodes[parent]
    instance.nodes[place] = scratch
    try:
        text = instance.worked_out(repeat.count, place) if repeat.count else ""
    finally:
        del instance.nodes[place]
    try:
        number = int(float(text or 0))
    except (ValueError, OverflowError):
        number = 0
    if number > MOST_TURNS:
        raise TooManyTurns(path_of(place))
    return max(0, number)


def grown(instance: Instance, filling: Filling, turns: Mapping[str, int]) -> Instance:
    """The instance with these turns, and with what follows from them. Raises TooManyTurns."""
    for _ in range(DEEPEST):
        if turns == instance.turns:
            break
        instance = _rebuilt(instance, filling, turns)
        turns = counted(instance)
    return instance


def _rebuilt(instance: Instance, filling: Filling, turns: Mapping[str, int]) -> Instance:
    held = {**filling.answers, **instance.written}
    after = instance_of(instance.form, replace(filling, answers=held, turns=turns), instance.surroundings)
    after.written.update(instance.written)
    differing = {
        path_of(place)
        for place in {*turns, *instance.turns}
        if turns.get(place, 0) != instance.turns.get(place, 0)
    }
    changed = differing | {below for path in differing for below in instance.form.below.get(path, ())}
    after.refresh(changed)
    for place in list(after.nodes):
        if turn_of(place) and place not in instance.nodes:
            _start(after, place, held)
    return after


def _start(instance: Instance, place: str, held: Mapping[str, str]) -> None:
    """What a new turn holds from its beginning; one that was there before keeps its answers."""
    inside = f"{place}/"
    if not any(other.startswith(inside) for other in held):
        preload(instance, inside)
        run_actions(instance, instance.form.repeats[path_of(place)].actions, place)
    instance.refresh(set(), fresh=inside)


def run_actions(instance: Instance, actions: Sequence[Action], place: str) -> set[str]:
    """Set what the actions set, as seen from a place; the paths whose values changed."""
    changed: set[str] = set()
    for action in actions:
        target = near(action.path, place)
        if target not in instance.nodes:
            continue
        value = action.text if action.value is None else instance.worked_out(action.value, target)
        if instance.nodes[target].text != value:
            instance.hold(target, value)
            changed.add(action.path)
    return changed
