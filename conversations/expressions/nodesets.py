"""Functions of nodes: `count`, `position`, `current`, `instance`, `indexed-repeat`, their names, …"""

import math
from itertools import takewhile

from conversations.expressions.axes import AXES, ancestors, everything
from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.functions import ANY_NUMBER, eager
from conversations.expressions.node import Kind, Node
from conversations.expressions.values import Nodes, Value, each_text, to_nodes, to_number, to_text


def _position(context: Context, *values: Value) -> Value:
    """The position in the step; of a given node, among the siblings of the same name right before it."""
    if not values:
        return float(context.position)
    nodes = to_nodes(values[0])
    if not nodes:
        return math.nan
    node = nodes[0]
    if node.kind is not Kind.ELEMENT:
        raise ValueMismatch("position() needs an element")
    siblings = [other for other in AXES["preceding-sibling"](node) if other.kind is Kind.ELEMENT]
    context.meter.step(len(siblings))
    return 1.0 + sum(1 for _ in takewhile(lambda other: other.key == node.key, siblings))


def _count(context: Context, nodes: Value) -> Value:
    """How many; what is left out of the form does not count, as in JavaRosa."""
    found = to_nodes(nodes)
    context.meter.step(len(found))
    return float(sum(node.relevant for node in found))


def _count_non_empty(context: Context, nodes: Value) -> Value:
    return float(sum(text != "" for text in each_text(to_nodes(nodes), context)))


def _instance(context: Context, name: Value) -> Value:
    """A secondary instance (a list of choices): the parent of its root element, as in ODK, or nothing."""
    document = context.outside.instances.get(to_text(name, context))
    return [document] if document else []


def _indexed_repeat(context: Context, target: Value, *pairs: Value) -> Value:
    """The target's nodes inside the numbered turn of each repeat; the pairs may come in any order."""
    if len(pairs) % 2:
        raise ValueMismatch("indexed-repeat() needs a number for each repeat")
    repeats = [
        (to_nodes(nodes), to_number(at, context)) for nodes, at in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    if not all(nodes for nodes, _ in repeats):
        return []
    inside: Node | None = None
    for nodes, at in sorted(repeats, key=lambda repeat: sum(1 for _ in ancestors(repeat[0][0]))):
        turns = nodes if inside is None else _inside(context, inside, nodes)
        if not at.is_integer() or not 1 <= at <= len(turns):
            return []
        inside = turns[int(at) - 1]
    return _inside(context, inside, to_nodes(target)) if inside else []


def _inside(context: Context, outer: Node, nodes: Nodes) -> Nodes:
    context.meter.step(len(nodes))
    return [node for node in nodes if any(above is outer for above in ancestors(node))]


def _id(context: Context, value: Value) -> Value:
    """The elements whose attribute `id` is one of the words."""
    wanted = {word for text in each_text(value, context) for word in text.split()}
    found = []
    for node in everything(context.document):
        context.meter.step(1)
        if node.kind is Kind.ELEMENT and node.attributes and node.attribute("id") in wanted:
            found.append(node)
    return found


def _lang(context: Context, value: Value) -> Value:
    """Whether the node is in that language, by the nearest `xml:lang`."""
    wanted = to_text(value, context).lower()
    key = "{http://www.w3.org/XML/1998/namespace}lang"
    for node in (context.node, *ancestors(context.node)):
        if language := node.attribute(key).lower():
            return language == wanted or language.startswith(f"{wanted}-")
    return False


def _of_first(context: Context, values: tuple[Value, ...]) -> Node | None:
    nodes = to_nodes(values[0]) if values else [context.node]
    return nodes[0] if nodes else None


def _name(context: Context, *values: Value) -> Value:
    node = _of_first(context, values)
    return "" if node is None else f"{node.prefix}:{node.name}" if node.prefix else node.name


def _local_name(context: Context, *values: Value) -> Value:
    node = _of_first(context, values)
    return node.name if node else ""


def _namespace(context: Context, *values: Value) -> Value:
    node = _of_first(context, values)
    return node.namespace if node else ""


def _version(context: Context) -> Value:
    """The version of the form: the attribute of its root element."""
    return "".join(root.attribute("version") for root in context.document.children[:1])


NODESETS = {
    "current": eager(0, 0, lambda context: [context.origin]),
    "position": eager(0, 1, _position),
    "last": eager(0, 0, lambda context: float(context.size)),
    "count": eager(1, 1, _count),
    "count-non-empty": eager(1, 1, _count_non_empty),
    "instance": eager(1, 1, _instance),
    "indexed-repeat": eager(3, ANY_NUMBER, _indexed_repeat),
    "id": eager(1, 1, _id),
    "lang": eager(1, 1, _lang),
    "name": eager(0, 1, _name),
    "local-name": eager(0, 1, _local_name),
    "namespace-uri": eager(0, 1, _namespace),
    "version": eager(0, 0, _version),
}
