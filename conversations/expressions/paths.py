"""Location steps: from nodes to nodes, through axes, tests and predicates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from conversations.expressions.axes import AXES, REVERSE, everything
from conversations.expressions.context import Context
from conversations.expressions.names import Test
from conversations.expressions.node import Node
from conversations.expressions.values import Nodes, Value, each_text, text_of, to_truth

Evaluate = Callable[[Context], Value]
LEVEL = ("child", "attribute", "self")  # axes that keep nodes of one level on one level, in order


@dataclass(frozen=True, slots=True)
class Selection:
    """A predicate that compares children with what is the same for every node: `[area = /data/area]`.

    Such are the filters of cascades. What a child must equal is worked out once, not once a node, which makes
    lists of thousands of choices quick.
    """

    pairs: tuple[tuple[str, Evaluate], ...]  # a child's name, and what one of that name must equal

    def __call__(self, context: Context) -> Value:
        """As any predicate: whether it holds for the context node."""
        return bool(self.select(context, [context.node]))

    def select(self, context: Context, nodes: Nodes) -> Nodes:
        """The nodes for which it holds."""
        for key, other in self.pairs:
            if not nodes:
                break
            context.meter.step(len(nodes))
            wanted = frozenset(each_text(other(context), context))
            nodes = [node for node in nodes if _has(context, node.named(key), wanted)]
        return nodes


def _has(context: Context, children: Nodes, wanted: frozenset[str]) -> bool:
    if len(children) == 1:
        return text_of(children[0], context) in wanted
    return any(text_of(child, context) in wanted for child in children)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: which way, which nodes, which of them."""

    axis: str  # a key of `AXES`
    test: Test
    predicates: tuple[Evaluate | Selection, ...] = ()


def walk(context: Context, start: Nodes, steps: Iterable[Step]) -> Nodes:
    """The nodes that the steps lead to, each once, in document order."""
    nodes, level = start, len(start) < 2
    for step in steps:
        if len(nodes) == 1:
            nodes = take(context, nodes[0], step)
            level = step.axis in LEVEL or len(nodes) < 2
        elif nodes:
            reached = [node for origin in nodes for node in take(context, origin, step)]
            level = level and step.axis in LEVEL
            if level:
                nodes = reached
            else:
                nodes = sorted_nodes(context, reached)
                level = len(nodes) < 2
    return nodes


def sorted_nodes(context: Context, nodes: Iterable[Node]) -> Nodes:
    """Each once, in document order."""
    found = dict.fromkeys(nodes)
    if len(found) < 2:
        return list(found)
    ordered = []
    for tree in dict.fromkeys(node.top() for node in found):
        for node in everything(tree):
            context.meter.step(1)
            if node in found:
                ordered.append(node)
    return ordered


def take(context: Context, node: Node, step: Step) -> Nodes:
    """The nodes one step leads to from one node, in document order."""
    test = step.test
    if step.axis == "child" and test.key:
        nodes = node.named(test.key)
    else:
        admits = test.admits(step.axis, context)
        candidates = AXES[step.axis](node)
        meter = context.meter
        nodes = []
        for other in candidates:
            meter.steps -= 1
            if admits(other):
                nodes.append(other)
    context.meter.step(len(nodes) + 1)
    for predicate in step.predicates:
        nodes = keep(context, nodes, predicate)
    return nodes[::-1] if step.axis in REVERSE else nodes


def keep(context: Context, nodes: Nodes, predicate: Evaluate | Selection) -> Nodes:
    """The nodes for which the predicate holds; a number means the position."""
    if isinstance(predicate, Selection):
        return predicate.select(context, nodes)
    inner = context.within(len(nodes))
    kept = []
    for position, node in enumerate(nodes, 1):
        inner.node, inner.position = node, position
        context.meter.step(1)
        value = predicate(inner)
        if value == position if isinstance(value, float) else to_truth(value):
            kept.append(node)
    return kept
