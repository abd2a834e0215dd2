"""Whether what was answered still fits what was answered since."""

from collections.abc import Iterable, Iterator

from conversations.forms.choices import names_offered
from conversations.forms.form import Field, QuestionType
from conversations.forms.instance import Instance
from conversations.forms.places import path_of, turn_of


def accepts(instance: Instance, field: Field, place: str) -> bool:
    """Whether the constraint holds. An empty value is never held against it."""
    if field.constraint is None or not instance.value(place):
        return True
    return instance.holds(field.constraint, place)


def fitting(instance: Instance, trail: Iterable[str], changed: set[str]) -> Iterator[str]:
    """The passed places that are still relevant, their values allowed and their choices still offered."""
    doubtful = {
        field.path
        for field in instance.form.checked
        if not field.constraint_reads.isdisjoint(changed)
        or (field.choices is not None and not field.choices.reads.isdisjoint(changed))
    }
    nodes = instance.nodes
    for place in trail:
        if place.endswith("]"):
            if _turn_fits(instance, place):
                yield place
        elif (node := nodes.get(place)) is not None and node.relevant:
            path = path_of(place) if doubtful else ""
            if path not in doubtful or _holds(instance, path, place):
                yield place


def _holds(instance: Instance, path: str, place: str) -> bool:
    field = instance.form.questions[path]
    if not accepts(instance, field, place):
        return False
    value = instance.value(place)
    if field.choices is None or not value:
        return True
    chosen = {value} if field.type is QuestionType.SELECT_ONE else set(value.split())
    return chosen.issubset(names_offered(instance, field, place))


def _turn_fits(instance: Instance, place: str) -> bool:
    """A turn that was wanted, or not wanted, next to those that are there."""
    base = place.rpartition("[")[0]
    return turn_of(place) <= instance.turns.get(base, -1) + 1
