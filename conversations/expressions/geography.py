"""Functions of places: `area`, `distance`, `geofence`, `intersects`.

A place is `latitude longitude …`, in degrees. Lines and shapes are places apart by semicolons, or a place a
node.
"""

import math
import re
from itertools import combinations, pairwise

from conversations.expressions.context import Context
from conversations.expressions.functions import ANY_NUMBER, eager
from conversations.expressions.numeric import half_up
from conversations.expressions.values import NUMBER, Value, each_text

EARTH = 6_378_100  # equatorial radius in metres, as all ODK clients take it
Place = tuple[float, float]  # latitude, longitude, in degrees
NOWHERE: Place = (math.nan, math.nan)


def read_place(text: str) -> Place:
    """The place a text names; NOWHERE for what names none.

    >>> read_place("34.02 -6.84 12.5 4"), read_place("91 0")
    ((34.02, -6.84), (nan, nan))
    """
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not all(NUMBER.fullmatch(part) for part in parts[:2]):
        return NOWHERE
    latitude, longitude = float(parts[0]), float(parts[1])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else NOWHERE


def _nowhere(place: Place) -> bool:
    return math.isnan(place[0])


def _places(context: Context, *values: Value) -> list[Place]:
    texts = [text for value in values for text in each_text(value, context)]
    return [read_place(place) for text in texts for place in re.split(";", text.strip().rstrip(";"))]


def _area(context: Context, value: Value) -> Value:
    """Square metres inside the shape, to the hundredth; closed if it is not; 0 below three places."""
    places = _places(context, value)
    if len(places) < 3:
        return 0.0
    if any(map(_nowhere, places)):
        return math.nan
    if places[0] != places[-1]:
        places.append(places[0])
    total = sum(
        math.radians(end[1] - start[1])
        * (2 + math.sin(math.radians(end[0])) + math.sin(math.radians(start[0])))
        for start, end in pairwise(places)
    )
    return _to_hundredths(total * EARTH * EARTH / 2)


def _distance(context: Context, *values: Value) -> Value:
    """Metres along the line, to the centimetre."""
    places = _places(context, *values)
    if len(places) < 2 or any(map(_nowhere, places)):
        return math.nan
    return _to_hundredths(sum(_between(start, end) for start, end in pairwise(places)))


def _between(start: Place, end: Place) -> float:
    """Metres between two places, over the sphere."""
    first, second = math.radians(start[0]), math.radians(end[0])
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(
        math.radians(start[1] - end[1])
    )
    return math.acos(max(-1.0, min(1.0, cosine))) * EARTH


def _to_hundredths(number: float) -> float:
    return abs(half_up(number * 100) / 100)


def _geofence(context: Context, place: Value, shape: Value) -> Value:
    """Whether the place lies inside the shape: a ray from it crosses the border an odd number of times."""
    (latitude, longitude), *_ = _places(context, place) or [NOWHERE]
    border = _places(context, shape)
    if math.isnan(latitude) or any(map(_nowhere, border)):
        return False
    inside = False
    for start, end in zip(border, border[1:] + border[:1], strict=True):
        if (start[1] > longitude) != (end[1] > longitude):
            slope = (end[0] - start[0]) * (longitude - start[1]) / (end[1] - start[1])
            inside = inside != (latitude < slope + start[0])
    return inside


def _intersects(context: Context, value: Value) -> Value:
    """Whether a line or shape crosses itself."""
    segments = list(pairwise(_places(context, value)))
    context.meter.step(len(segments) ** 2)
    return any(
        _cross(first, second)
        for (at, first), (other, second) in combinations(enumerate(segments), 2)
        if other - at > 1 and not (at == 0 and other == len(segments) - 1 and first[0] == second[1])
    )


def _cross(first: tuple[Place, Place], second: tuple[Place, Place]) -> bool:
    return (
        _side(*first, second[0]) * _side(*first, second[1]) <= 0
        and _side(*second, first[0]) * _side(*second, first[1]) <= 0
    )


def _side(start: Place, end: Place, place: Place) -> float:
    """On which side of a line a place lies: the sign says it; not-a-number for NOWHERE."""
    return (end[1] - start[1]) * (place[0] - start[0]) - (end[0] - start[0]) * (place[1] - start[1])


GEOGRAPHY = {
    "area": eager(1, 1, _area),
    "enclosed-area": eager(1, 1, _area),  # its former name, which JavaRosa still knows
    "distance": eager(1, ANY_NUMBER, _distance),
    "geofence": eager(2, 2, _geofence),
    "intersects": eager(1, 1, _intersects),
}
