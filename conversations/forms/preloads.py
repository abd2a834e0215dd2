"""What the program fills in by itself: today, the moments of start and end, what is known of the device."""

from zoneinfo import ZoneInfo

from conversations.forms.filling import Surroundings
from conversations.forms.form import Preload
from conversations.forms.instance import Instance


def preload(instance: Instance, inside: str) -> None:
    """Fill in what is to be there from the start, below a place."""
    for each in instance.form.preloads:
        for place in instance.places.get(each.path, ()):
            if place.startswith(inside) and (value := _at_start(each, instance.surroundings)):
                instance.hold(place, value)


def finish(instance: Instance) -> None:
    """Fill in what is known when the form is complete: the moment of its end."""
    for each in instance.form.preloads:
        if (each.kind, each.what) == ("timestamp", "end"):
            for place in instance.places.get(each.path, ()):
                instance.hold(place, _moment(instance.surroundings))


def _at_start(each: Preload, surroundings: Surroundings) -> str:
    match each.kind, each.what:
        case "timestamp", "start":
            return _moment(surroundings)
        case "date", "today":
            return surroundings.now.astimezone(ZoneInfo(surroundings.zone)).date().isoformat()
        case "property", name:
            return surroundings.properties.get(name, "")
        case _:
            return ""


def _moment(surroundings: Surroundings) -> str:
    return surroundings.now.astimezone(ZoneInfo(surroundings.zone)).isoformat(timespec="milliseconds")
