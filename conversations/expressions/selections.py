"""Which predicates compare children with what is the same for every node: `[area = /data/area]`."""

from collections.abc import Callable

from lark import Token, Tree

from conversations.expressions.paths import Evaluate, Selection
from conversations.expressions.references import Branch


def read_selection(branch: Branch, build: Callable[[Branch], Evaluate]) -> Selection | None:
    """The selection that a predicate's expression is; None for one that must be tried node by node."""
    terms = branch.children if isinstance(branch, Tree) and branch.data == "and" else [branch]
    found = [_pair(term) for term in terms]
    pairs = [pair for pair in found if pair is not None]
    if len(pairs) < len(terms):
        return None
    return Selection(tuple((key, build(other)) for key, other in pairs))


def _pair(branch: Branch) -> tuple[str, Branch] | None:
    if isinstance(branch, Token) or branch.data != "equality" or len(branch.children) != 3:
        return None
    left, sign, right = branch.children
    if sign != "=":
        return None
    for child, other in ((left, right), (right, left)):
        key = _child(child)
        if key and _is_fixed(other):
            return key, other
    return None


def _child(branch: Branch) -> str:
    """The name, if the branch is nothing but the name of a child."""
    if isinstance(branch, Token) or branch.data != "location" or len(branch.children) != 1:
        return ""
    step = branch.children[0]
    names = step.children if isinstance(step, Tree) else []
    name = names[0] if len(names) == 1 else None
    return str(name) if isinstance(name, Token) and name.type == "NAME" and ":" not in name else ""


def _is_fixed(branch: Branch) -> bool:
    """Whether it gives the same text or nodes wherever it is evaluated."""
    if isinstance(branch, Token):
        return False
    first = branch.children[0]
    if branch.data == "location":
        return isinstance(first, Token)
    if branch.data == "from_value":
        return isinstance(first, Tree) and first.data == "call" and first.children[0] == "current"
    return branch.data == "literal"
