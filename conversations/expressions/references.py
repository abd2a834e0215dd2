"""Which nodes an expression reads, known without evaluating it: the base of the order of calculation.

A reference is a path of names: absolute, or relative to the node the expression stands on, with `.` first.
It stands for that node and everything below: where a step is not a plain name (`*`, `//`, other axes), the
reference ends before it.
"""

from lark import Token, Tree

from conversations.expressions.parse import SyntaxTree

Branch = Token | SyntaxTree
ELSEWHERE = "./?"  # a node that is none: where relative paths in a list start
READS_ITS_NODE = ("number", "string", "string-length", "normalize-space")  # when called without argument


def references(tree: SyntaxTree) -> frozenset[str]:
    """The paths an expression reads, those in its predicates included.

    >>> from conversations.expressions.parse import parse
    >>> sorted(references(parse("/data/a + ../b[c = current()/../d]")))
    ['./../b', './../b/c', './../d', '/data/a']
    >>> sorted(references(parse("instance('x')/root/item[. = /data/a]")))
    ['/data/a']
    """
    found: set[str] = set()
    _gather(tree, ".", found)
    return frozenset(reference for reference in found if not reference.startswith(ELSEWHERE))


def resolve(reference: str, path: str) -> str:
    """The absolute path that a reference means on a node.

    >>> resolve("./../b/c", "/data/a"), resolve("/data/x", "/data/a"), resolve("./../../..", "/data/a")
    ('/data/b/c', '/data/x', '/')
    """
    names = [] if reference.startswith("/") else path.strip("/").split("/")
    for name in reference.strip("/").split("/"):
        if name == "..":
            names = names[:-1]
        elif name not in (".", ""):
            names.append(name)
    return "/" + "/".join(names)


def _gather(branch: Branch, here: str, found: set[str]) -> None:
    if isinstance(branch, Token):
        return
    if branch.data == "location":
        _follow(branch.children, here, found)
    elif branch.data == "from_value" and _is_current(branch.children[0]):
        _follow(branch.children[2:], ".", found)
    elif branch.data == "from_value":
        _gather(branch.children[0], here, found)
        for step in branch.children[1:]:
            _gather(step, ELSEWHERE, found)
    else:
        if branch.data == "call" and len(branch.children) == 1 and branch.children[0] in READS_ITS_NODE:
            found.add(here)
        for child in branch.children:
            _gather(child, here, found)


def _is_current(branch: Branch) -> bool:
    return isinstance(branch, Tree) and branch.data == "call" and branch.children[0] == "current"


def _follow(parts: list[Branch], here: str, found: set[str]) -> None:
    """Walk the steps of one path, note where it leads, and look into its predicates."""
    at = "" if isinstance(parts[0], Token) else here
    exact = True
    for part in parts:
        if isinstance(part, Token):
            exact = exact and part.type == "SLASH"
            continue
        head = part.children[0]
        exact = exact and isinstance(head, Token) and head.type in ("NAME", "DOT", "DOT_DOT")
        if isinstance(head, Token) and head.type == "AXIS":
            at = ""  # ancestors and siblings too: anything may be read
        if exact and head != ".":
            at = f"{at}/{head}"
        for child in part.children:
            _gather(child, at or "/", found)
    found.add(at or "/")
