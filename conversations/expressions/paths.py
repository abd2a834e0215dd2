"""Location steps: from nodes to nodes, through axes, tests and predicates."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from conversations.expressions.context import Context
from conversations.expressions.errors import ExpressionSyntaxError
from conversations.expressions.node import Node
from conversations.expressions.values import Nodes, Value, to_truth

Evaluate = Callable[[Context], Value]
Axis = Callable[[Node], Iterator[Node]]


def _parents(node: Node) -> Iterator[Node]:
    if node.parent is not None:
        yield node.parent


def _ancestors(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _self(node: Node) -> Iterator[Node]:
    yield node


def _self_and(axis: Axis) -> Axis:
    def walk(node: Node) -> Iterator[Node]:
        yield node
        yield from axis(node)

    return walk


def _following(node: Node) -> Iterator[Node]:
    if node.parent is not None:
        siblings = node.parent.children
        yield from siblings[siblings.index(node) + 1 :]


def _preceding(node: Node) -> Iterator[Node]:
    if node.parent is not None:
        siblings = node.parent.children
        yield from reversed(siblings[: siblings.index(node)])


AXES: dict[str, Axis] = {
    "child": lambda node: iter(node.children),
    "parent": _parents,
    "self": _self,
    "descendant": Node.descendants,
    "descendant-or-self": _self_and(Node.descendants),
    "ancestor": _ancestors,
    "ancestor-or-self": _self_and(_ancestors),
    "following-sibling": _following,
    "preceding-sibling": _preceding,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: which way, which names (`*` any element, `node()` anything), which of them."""

    axis: str
    test: str
    predicates: tuple[Evaluate, ...] = ()

    def __post_init__(self) -> None:
        if self.axis not in AXES:
            raise ExpressionSyntaxError(f"there is no axis {self.axis}")


SELF = Step("self", "node()")
PARENT = Step("parent", "node()")
ANYWHERE = Step("descendant-or-self", "node()")


def walk(context: Context, start: Nodes, steps: tuple[Step, ...]) -> Nodes:
    """The nodes that the steps lead to, each once, in document order for forward axes."""
    nodes = start
    for step in steps:
        if len(nodes) == 1:
            nodes = _take(context, nodes[0], step)
        else:
            reached = (node for origin in nodes for node in _take(context, origin, step))
            nodes = list(dict.fromkeys(reached))
    return nodes


def _take(context: Context, node: Node, step: Step) -> Nodes:
    if step.axis == "child" and step.test not in ("*", "node()"):
        nodes = node.named(step.test)
    elif step.test == "node()":
        nodes = list(AXES[step.axis](node))
    elif step.test == "*":  # the document is no element
        nodes = [other for other in AXES[step.axis](node) if other.parent is not None]
    else:
        nodes = [other for other in AXES[step.axis](node) if other.name == step.test]
    for predicate in step.predicates:
        nodes = keep(context, nodes, predicate)
    return nodes


def keep(context: Context, nodes: Nodes, predicate: Evaluate) -> Nodes:
    """The nodes for which the predicate holds; a number means the position."""
    size = len(nodes)
    kept = []
    for position, node in enumerate(nodes, 1):
        value = predicate(context.at(node, position, size))
        if value == position if _is_number(value) else to_truth(value):
            kept.append(node)
    return kept


def _is_number(value: Value) -> bool:
    return isinstance(value, float)
