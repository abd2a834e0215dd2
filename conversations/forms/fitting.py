"""Whether what was answered still fits what was answered since."""

from conversations.forms.choices import names_offered
from conversations.forms.form import Field, QuestionType
from conversations.forms.instance import Instance
from conversations.forms.places import path_of, turn_of


def accepts(instance: Instance, field: Field, place: str) -> bool:
    """Whether the constraint holds. An empty value is never held against it."""
    if field.constraint is None or not instance.value(place):
        return True
    return instance.holds(field.constraint, place)


def still_fits(instance: Instance, place: str, changed: set[str]) -> bool:
    """Whether a passed question is relevant, its value allowed and its choice still offered."""
    field = instance.form.field(path_of(place))
    if field is None:
        return _turn_fits(instance, place)
    if place not in instance.nodes or not instance.relevant(place):
        return False
    if not field.constraint_reads.isdisjoint(changed) and not accepts(instance, field, place):
        return False
    if field.choices is None or field.choices.reads.isdisjoint(changed):
        return True
    value = instance.value(place)
    chosen = {value} if field.type is QuestionType.SELECT_ONE else set(value.split())
    return not value or chosen.issubset(names_offered(instance, field, place))


def _turn_fits(instance: Instance, place: str) -> bool:
    """A turn that was wanted, or not wanted, next to those that are there."""
    base = place.rpartition("[")[0]
    return turn_of(place) <= instance.turns.get(base, -1) + 1
