"""Places: the paths of nodes, with the turn of each repeat on the way."""

import re
from collections.abc import Mapping

TURN = re.compile(r"\[\d+\]")
LAST_TURN = re.compile(r"\[(\d+)\]$")

Key = tuple[tuple[int, int], ...]


def path_of(place: str) -> str:
    """The path, without turns.

    >>> path_of("/data/child[2]/name")
    '/data/child/name'
    """
    return TURN.sub("", place) if "[" in place else place


def turn_of(place: str) -> int:
    """Which turn of its repeat a place is; 0 where it is none."""
    found = LAST_TURN.search(place)
    return int(found[1]) if found else 0


def near(path: str, place: str) -> str:
    """The place of a path as seen from another place: in the same turns, as far as they go together.

    >>> near("/data/child/school", "/data/child[2]/name"), near("/data/end", "/data/child[2]/name")
    ('/data/child[2]/school', '/data/end')
    """
    there, here = path.split("/"), place.split("/")
    for index, (name, at) in enumerate(zip(there, here, strict=False)):
        if path_of(at) != name:
            break
        there[index] = at
    return "/".join(there)


def order_key(place: str, order: Mapping[str, int]) -> Key:
    """What sorts places as they are asked: the question of a turn before what the turn holds."""
    key: list[tuple[int, int]] = []
    path = ""
    for part in place.split("/")[1:]:
        name, _, turn = part.partition("[")
        path = f"{path}/{name}"
        if turn:
            key.append((order.get(path, 0), int(turn.removesuffix("]"))))
    if not place.endswith("]"):
        key.append((order.get(path, 0), 0))
    return tuple(key)
