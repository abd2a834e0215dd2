"""Where and when an expression is evaluated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from conversations.expressions.node import Node


@dataclass(slots=True)
class Context:
    """The context node with its position, and what does not change while one expression runs."""

    node: Node
    document: Node  # the parent of the root element: where `/` begins
    now: datetime  # aware
    zone: str  # IANA: the zone that `today()` and dates without a time are meant in
    origin: Node  # what `current()` is: the node the expression stands on
    instances: Mapping[str, Node] = field(default_factory=dict)  # secondary instances by id, each a document
    position: int = 1
    size: int = 1

    def at(self, node: Node, position: int, size: int) -> "Context":
        """The same surroundings, seen from another node of a step."""
        return Context(node, self.document, self.now, self.zone, self.origin, self.instances, position, size)


def context_at(
    node: Node,
    document: Node,
    now: datetime,
    zone: str,
    instances: Mapping[str, Node] | None = None,
) -> Context:
    """A context to start from: `current()` is the node itself."""
    return Context(node, document, now, zone, node, instances or {})
