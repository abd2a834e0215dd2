"""Whether a place that a provider tells of is one on Earth."""

from typing import TypeGuard

from conversations.events import Location, Unsupported

LATITUDES, LONGITUDES = (-90.0, 90.0), (-180.0, 180.0)  # degrees, WGS 84


def place(latitude: object, longitude: object) -> Location | Unsupported:
    """The place; Unsupported where a coordinate is no number or lies beyond the globe.

    >>> place(34.02, -6.83)
    Location(latitude=34.02, longitude=-6.83, type='location')
    >>> place("34.02", -6.83), place(float("nan"), 0), place(91, 0)  # doctest: +ELLIPSIS
    (Unsupported(what='location', ...), Unsupported(...), Unsupported(...))
    """
    if _within(latitude, LATITUDES) and _within(longitude, LONGITUDES):
        return Location(float(latitude), float(longitude))
    return Unsupported("location")


def _within(degrees: object, limits: tuple[float, float]) -> TypeGuard[float]:
    """Whether it is a number between the limits; NaN is between none."""
    return isinstance(degrees, int | float) and limits[0] <= degrees <= limits[1]
