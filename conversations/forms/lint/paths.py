"""The paths that an expression is written with, as far as they are plain names."""

from dataclasses import dataclass, field
from functools import lru_cache

from lark import Token, Tree

from conversations.expressions.parse import SyntaxTree, parse

Branch = Token | SyntaxTree
PLAIN = ("NAME", "DOT", "DOT_DOT")


@dataclass(slots=True)
class Paths:
    """What was found: paths from the root, paths upwards from the question, names alone, and lists."""

    absolute: list[str] = field(default_factory=list)  # `/data/group/name`
    upwards: list[str] = field(default_factory=list)  # `../name`
    names: list[str] = field(default_factory=list)  # `name`, `./name`
    lists: list[str] = field(default_factory=list)  # `instance('name')`


@lru_cache(maxsize=4096)
def tree_of(text: str) -> SyntaxTree:
    """The syntax tree of an expression, which several checks read. Raises ExpressionSyntaxError."""
    return parse(text)


def paths_in(tree: SyntaxTree) -> Paths:
    """The paths of an expression. Within a predicate only those from the root: the others start elsewhere.

    >>> found = paths_in(tree_of("/data/a + ../b[c = 1] + d + count(//e) + instance('x')/root/item[f]"))
    >>> found.absolute, found.upwards, found.names, found.lists
    (['/data/a'], ['../b'], ['d'], ['x'])
    """
    found = Paths()
    _gather(tree, found, outside=Paths())
    return found


def _gather(branch: Branch, found: Paths, outside: Paths) -> None:
    """`outside` takes the relative paths of predicates, where they are of no interest."""
    if isinstance(branch, Token):
        return
    if branch.data == "location":
        _note(branch.children, found)
    elif branch.data == "call" and branch.children[0] == "instance":
        found.lists.extend(_literals(branch.children[1:]))
    for child in branch.children:
        if isinstance(child, Tree) and child.data in ("step", "predicate"):
            inner = Paths(found.absolute, outside.upwards, outside.names, found.lists)
            _gather(child, inner, outside)
        else:
            _gather(child, found, outside)


def _literals(parts: list[Branch]) -> list[str]:
    return [
        str(part.children[0])[1:-1] for part in parts if isinstance(part, Tree) and part.data == "literal"
    ]


def _note(parts: list[Branch], found: Paths) -> None:
    names: list[str] = []
    for part in parts:
        if isinstance(part, Token):
            if part.type != "SLASH":
                return
            continue
        head = part.children[0]
        if not isinstance(head, Token) or head.type not in PLAIN:
            break
        names.append(str(head))
    if isinstance(parts[0], Token):
        if names:
            found.absolute.append("/" + "/".join(names))
    elif names and names[0] == "..":
        found.upwards.append("/".join(names))
    elif [name for name in names if name != "."]:
        found.names.append(next(name for name in names if name != "."))
