"""Whether what arrived in a chat is what was made for it, in the order of making, and how much came twice."""

from collections.abc import Sequence
from dataclasses import dataclass


class NotInOrder(Exception):
    """No reading of the two lists makes them agree; says where the longest one ends."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message as it was made."""

    message: str  # the message's id
    number: int  # from 0, within the message
    text: str
    certain: bool  # the message counts as sent: this part must have arrived
    again: bool  # it may be sent again when nobody knows what became of it


def doubled(made: Sequence[Part], arrived: Sequence[tuple[str, str]]) -> int:
    """The least number of parts that came twice. Raises NotInOrder.

    `arrived` is the message id, empty where the channel carries none, and the text. Texts may be alike, so
    every reading is followed at once: the cheapest way to have read so much and to stand at that part.

    >>> parts = [Part("a", 0, "hello", True, True), Part("b", 0, "menu", True, True)]
    >>> doubled(parts, [("", "hello"), ("", "hello"), ("", "menu")])
    1
    >>> doubled(parts, [("", "menu"), ("", "hello")])
    Traceback (most recent call last):
        ...
    tests.chaos.order.NotInOrder: after 0 of 2 arrived comes 'menu'; made: 'hello', 'menu'
    """
    ways: dict[int, int] = {-1: 0}  # where we stand -> parts doubled so far
    for count, (message, text) in enumerate(arrived):
        following: dict[int, int] = {}
        for at, cost in ways.items():
            for to, more in _next(made, at):
                part = made[to]
                if part.text == text and message in ("", part.message):
                    following[to] = min(following.get(to, cost + more), cost + more)
        if not following:
            stand = max(ways) + 1
            near = ", ".join(repr(part.text[:60]) for part in made[max(stand - 1, 0) : stand + 3])
            raise NotInOrder(f"after {count} of {len(arrived)} arrived comes {text[:60]!r}; made: {near}")
        ways = following
    ends = [cost for at, cost in ways.items() if not any(part.certain for part in made[at + 1 :])]
    if not ends:
        missing = next(part for part in made[max(ways) + 1 :] if part.certain)
        raise NotInOrder(f"sent, but it never arrived: {missing.text[:60]!r}")
    return min(ends)


def _next(made: Sequence[Part], at: int) -> list[tuple[int, int]]:
    """Which parts may follow the one we stand at, each with how much of it came twice."""
    found = []
    for to in range(at + 1, len(made)):
        found.append((to, 0))
        if made[to].certain:
            break
    if at >= 0 and made[at].again:
        back = at
        while back >= 0 and made[back].message == made[at].message:
            found.append((back, 1))
            back -= 1
    return found
