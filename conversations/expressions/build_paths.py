"""Location paths to closures. Plain ones, which most are, go straight from name to name."""

from collections.abc import Callable

from lark import Token

from conversations.expressions.axes import AXES
from conversations.expressions.context import Context
from conversations.expressions.errors import ExpressionSyntaxError
from conversations.expressions.names import KINDS, Test, read_test
from conversations.expressions.node import Node
from conversations.expressions.paths import Evaluate, Step, walk
from conversations.expressions.references import Branch
from conversations.expressions.values import Nodes, to_nodes

SELF = Step("self", Test(KINDS["node"]))
PARENT = Step("parent", Test(KINDS["node"]))
ANYWHERE = Step("descendant-or-self", Test(KINDS["node"]))
BuildBranch = Callable[[Branch], Evaluate]


def steps_of(parts: list[Branch], build: BuildBranch) -> tuple[Step, ...]:
    """The steps between slashes; a double slash is a step of its own, or one with the name after it."""
    steps: list[Step] = []
    for part in parts:
        if isinstance(part, Token):
            steps.extend([ANYWHERE] if part.type == "DOUBLE_SLASH" else [])
            continue
        step = _step(part.children, build)
        if steps and steps[-1] is ANYWHERE and step.axis == "child" and not step.predicates:
            steps[-1] = Step("descendant", step.test)
        else:
            steps.append(step)
    return tuple(steps)


def _step(parts: list[Branch], build: BuildBranch) -> Step:
    words = [part for part in parts if isinstance(part, Token)]
    if words[0].type == "DOT":
        return SELF
    if words[0].type == "DOT_DOT":
        return PARENT
    axis = "child"
    if words[0].type == "AT":
        axis = "attribute"
    elif words[0].type == "AXIS":
        axis = words[0].removesuffix("::").strip()
    if axis not in AXES:
        raise ExpressionSyntaxError(f"there is no axis {axis}")
    predicates = tuple(build(part) for part in parts if not isinstance(part, Token))
    return Step(axis, read_test(words[-1]), predicates)


def build_location(parts: list[Branch], build: BuildBranch) -> Evaluate:
    """A path from the document (`/a/b`) or from the context node (`a/b`, `../a`)."""
    steps = steps_of(parts, build)
    absolute = isinstance(parts[0], Token)
    keys = _keys(steps)
    if keys is not None:
        if absolute:
            return lambda context: _follow(context, context.document, keys)
        return lambda context: _follow(context, context.node, keys)
    if absolute:
        return lambda context: walk(context, [context.document], steps)
    return lambda context: walk(context, [context.node], steps)


def build_from_value(source: Evaluate, parts: list[Branch], build: BuildBranch) -> Evaluate:
    """A path from the nodes that another expression gives: `instance('towns')/root/item`."""
    steps = steps_of(parts, build)
    return lambda context: walk(context, to_nodes(source(context)), steps)


def _keys(steps: tuple[Step, ...]) -> tuple[str, ...] | None:
    """The names of a path that has nothing but names and `..`; None for any other."""
    keys = []
    for step in steps:
        if step is PARENT:
            keys.append("..")
        elif step.axis == "child" and step.test.key and not step.predicates:
            keys.append(step.test.key)
        elif step is not SELF:
            return None
    return tuple(keys)


def _follow(context: Context, node: Node, keys: tuple[str, ...]) -> Nodes:
    for place, key in enumerate(keys):
        if key == "..":
            if node.parent is None:
                return []
            node = node.parent
            continue
        found = node.by_key.get(key)
        if found is None:
            return []
        if len(found) > 1:
            return _spread(context, found, keys[place + 1 :])
        node = found[0]
    return [node]


def _spread(context: Context, nodes: Nodes, keys: tuple[str, ...]) -> Nodes:
    """The same from several nodes of one level."""
    for key in keys:
        context.meter.step(len(nodes))
        if key == "..":
            nodes = list(dict.fromkeys(node.parent for node in nodes if node.parent))
        else:
            nodes = [child for node in nodes for child in node.named(key)]
    context.meter.step(len(nodes))
    return nodes
