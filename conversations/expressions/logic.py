"""Functions of truth and choice: `if`, `coalesce`, `once`, `not`, …, and those about nodes."""

import math

from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.functions import ANY_NUMBER, Function, eager
from conversations.expressions.paths import Evaluate
from conversations.expressions.values import Value, to_nodes, to_text, to_truth


def _if(arguments: tuple[Evaluate, ...]) -> Evaluate:
    condition, then, otherwise = arguments
    return lambda context: then(context) if to_truth(condition(context)) else otherwise(context)


def _coalesce(arguments: tuple[Evaluate, ...]) -> Evaluate:
    """The first that is neither empty nor not-a-number, else the last."""

    def evaluate(context: Context) -> Value:
        value: Value = ""
        for argument in arguments:
            value = argument(context)
            if to_text(value) != "" and not (isinstance(value, float) and math.isnan(value)):
                break
        return value

    return evaluate


def _once(arguments: tuple[Evaluate, ...]) -> Evaluate:
    """What the node already holds, else the value: a calculation that never changes again."""
    (argument,) = arguments
    return lambda context: context.node.value() or argument(context)


def _position(context: Context, nodes: Value | None = None) -> Value:
    """The position in the step; of a given node, among its siblings of the same name."""
    if nodes is None:
        return float(context.position)
    found = to_nodes(nodes)
    if not found:
        raise ValueMismatch("position() needs a node")
    parent = found[0].parent
    return float(parent.named(found[0].name).index(found[0]) + 1) if parent else 1.0


def _instance(context: Context, name: Value) -> Value:
    """A secondary instance (a list of choices): the parent of its root element, as in ODK."""
    document = context.instances.get(to_text(name))
    if document is None:
        raise ValueMismatch("there is no such instance")
    return [document]


LOGIC = {
    "if": Function(3, 3, _if),
    "coalesce": Function(1, ANY_NUMBER, _coalesce),
    "once": Function(1, 1, _once),
    "not": eager(1, 1, lambda context, value: not to_truth(value)),
    "true": eager(0, 0, lambda context: True),
    "false": eager(0, 0, lambda context: False),
    "boolean": eager(1, 1, lambda context, value: to_truth(value)),
    "current": eager(0, 0, lambda context: [context.origin]),
    "position": eager(0, 1, _position),
    "last": eager(0, 0, lambda context: float(context.size)),
    "count": eager(1, 1, lambda context, nodes: float(len(to_nodes(nodes)))),
    "instance": eager(1, 1, _instance),
}
