"""What was answered of a group that a sheet shows on one screen, once it has ended."""

from collections.abc import Iterator, Sequence

from conversations.forms.form import Field, Item, Section
from conversations.forms.instance import Instance
from conversations.forms.places import near, order_key, path_of, turn_of
from conversations.forms.reading import as_read
from conversations.forms.walk import Stop

FEWEST = 2  # answers; one alone needs no summing up


def recap(instance: Instance, trail: Sequence[str], ahead: Stop | None) -> tuple[tuple[str, str], ...]:
    """Question and answer of the one-screen group that the last passed question ended."""
    if not trail or turn_of(trail[-1]):
        return ()
    last = trail[-1]
    screen = next(_screens(instance.form.items, path_of(last)), None)
    if screen is None:
        return ()
    inside = {near(path, last) for path in _paths(screen.items)}
    if ahead is not None and ahead.place in inside:
        return ()
    order = instance.form.order
    passed = sorted((place for place in trail if place in inside), key=lambda place: order_key(place, order))
    said = tuple(
        (instance.write(field.label, place), as_read(instance, field, place))
        for place in passed
        if (field := instance.form.field(path_of(place))) and instance.value(place)
    )
    return said if len(said) >= FEWEST else ()


def _screens(items: Sequence[Item], path: str) -> Iterator[Section]:
    """The outermost one-screen group around a question, first."""
    for item in items:
        if isinstance(item, Section) and item.one_screen and path in _paths(item.items):
            yield item
        elif not isinstance(item, Field):
            yield from _screens(item.items, path)


def _paths(items: Sequence[Item]) -> set[str]:
    return {item.path for item in items if isinstance(item, Field)} | {
        path for item in items if not isinstance(item, Field) for path in _paths(item.items)
    }
