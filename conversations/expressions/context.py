"""Where and when an expression is evaluated, and what it may learn of the outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from conversations.expressions.errors import TooMuchWork
from conversations.expressions.node import Node

MOST_STEPS = 1_000_000  # nodes looked at and predicates tried in one evaluation; well under two seconds
MOST_TEXT = 200_000  # characters that one evaluation may join together


def _no_texts(text_id: str) -> list[Node]:
    return []


def _no_label(node: Node, name: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Outside:
    """What an expression may learn that is not in its instance."""

    now: datetime  # aware
    zone: str  # IANA: the zone that `today()` and dates without a time are meant in
    instances: Mapping[str, Node] = field(default_factory=dict)  # secondary instances by id, each a document
    texts: Callable[[str], list[Node]] = (
        _no_texts  # `jr:itext`: the values of a text in the person's language
    )
    choice_label: Callable[[Node, str], str] = _no_label  # `jr:choice-name`: question node, choice → label
    # seeded, always the same one, made where it is needed; without it `random()` and its kin are refused
    chance: Callable[[], Random] | None = None
    namespaces: Mapping[str, str] = field(default_factory=dict)  # of the form's own prefixes


@dataclass(slots=True)
class Meter:
    """The work that one evaluation may still do."""

    steps: int = MOST_STEPS
    text: int = MOST_TEXT

    def begin(self) -> None:
        """For the next evaluation, all of it again."""
        self.steps, self.text = MOST_STEPS, MOST_TEXT

    def step(self, count: int) -> None:
        """Count so many steps. Raises TooMuchWork beyond the last."""
        self.steps -= count
        if self.steps < 0:
            raise TooMuchWork

    def join(self, length: int) -> None:
        """Count so much joined text. Raises TooMuchWork beyond the last."""
        self.text -= length
        if self.text < 0:
            raise TooMuchWork


@dataclass(slots=True)
class Context:
    """The context node with its position, and what does not change while one expression runs."""

    node: Node
    document: Node  # the parent of the root element: where `/` begins
    outside: Outside
    origin: Node  # what `current()` is: the node the expression stands on
    position: int = 1
    size: int = 1
    meter: Meter = field(default_factory=Meter)

    def within(self, size: int) -> "Context":
        """The same surroundings for the nodes of a step: node and position are set for each in turn."""
        return Context(self.node, self.document, self.outside, self.origin, 1, size, self.meter)

    @property
    def zone(self) -> str:
        return self.outside.zone


def context_at(
    node: Node,
    document: Node,
    now: datetime,
    zone: str,
    instances: Mapping[str, Node] | None = None,
) -> Context:
    """A context to start from that knows little of the outside: `current()` is the node itself."""
    return context_in(node, document, Outside(now, zone, instances or {}))


def context_in(node: Node, document: Node, outside: Outside) -> Context:
    """A context to start from: `current()` is the node itself."""
    return Context(node, document, outside, node)
