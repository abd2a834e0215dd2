"""The axes of XPath: from one node to others. Reverse axes go backwards, nearest first."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from conversations.expressions.node import Kind, Node

Axis = Callable[[Node], Iterable[Node]]


def parents(node: Node) -> Iterator[Node]:
    if node.parent is not None:
        yield node.parent


def ancestors(node: Node) -> Iterator[Node]:
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


def _around(node: Node) -> tuple[Sequence[Node], int]:
    """The children among which the node stands, and where."""
    if node.parent is None or node.kind is Kind.ATTRIBUTE:
        return [], 0
    siblings = node.parent.content()
    return siblings, siblings.index(node)


def _following_siblings(node: Node) -> Iterable[Node]:
    siblings, at = _around(node)
    return siblings[at + 1 :]


def _preceding_siblings(node: Node) -> Iterable[Node]:
    siblings, at = _around(node)
    return reversed(siblings[:at])


def _following(node: Node) -> Iterator[Node]:
    if node.kind is Kind.ATTRIBUTE and node.parent is not None:
        yield from node.parent.below()
        node = node.parent
    for above in _self_and(ancestors)(node):
        for sibling in _following_siblings(above):
            yield sibling
            yield from sibling.below()


def _preceding(node: Node) -> Iterator[Node]:
    if node.kind is Kind.ATTRIBUTE and node.parent is not None:
        node = node.parent
    for above in _self_and(ancestors)(node):
        for sibling in _preceding_siblings(above):
            yield from reversed(list(sibling.below()))
            yield sibling


AXES: dict[str, Axis] = {
    "child": Node.content,
    "parent": parents,
    "self": _self,
    "attribute": lambda node: node.attributes,
    "descendant": Node.below,
    "descendant-or-self": _self_and(Node.below),
    "ancestor": ancestors,
    "ancestor-or-self": _self_and(ancestors),
    "following": _following,
    "following-sibling": _following_siblings,
    "preceding": _preceding,
    "preceding-sibling": _preceding_siblings,
}
REVERSE = frozenset(("ancestor", "ancestor-or-self", "preceding", "preceding-sibling"))


def everything(tree: Node) -> Iterator[Node]:
    """All nodes of a tree in document order, attributes after their element."""
    yield tree
    for node in tree.below():
        yield node
        yield from node.attributes
