"""Node tests: which of the nodes on an axis a step means, and the namespaces that prefixes stand for."""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.node import XFORMS, Kind, Node

XHTML = "http://www.w3.org/1999/xhtml"
NAMESPACES = {  # prefixes that ODK forms use without declaring them
    "enk": "http://enketo.org/xforms",
    "entities": "http://www.opendatakit.org/xforms/entities",
    "ev": "http://www.w3.org/2001/xml-events",
    "h": XHTML,
    "html": XHTML,
    "javarosa": "http://openrosa.org/javarosa",
    "jr": "http://openrosa.org/javarosa",
    "odk": "http://www.opendatakit.org/xforms",
    "openrosa-xforms": "http://openrosa.org/xforms",
    "orx": "http://openrosa.org/xforms",
    "xf": XFORMS,
    "xhtml": XHTML,
    "xml": "http://www.w3.org/XML/1998/namespace",
}
ANY = frozenset(Kind)
KINDS = {
    "node": ANY,
    "text": frozenset((Kind.TEXT,)),
    "comment": frozenset((Kind.COMMENT,)),
    "processing-instruction": frozenset((Kind.INSTRUCTION,)),
}


@dataclass(frozen=True, slots=True)
class Test:
    """What a step asks of a node: its kind, or its name."""

    kinds: frozenset[Kind] | None = None  # None asks for the name
    prefix: str = ""
    name: str = "*"  # `*` is any name

    @property
    def key(self) -> str:
        """What children are found by at once; empty where each must be looked at."""
        return self.name if self.kinds is None and not self.prefix and self.name != "*" else ""

    def admits(self, axis: str, context: Context) -> Callable[[Node], bool]:
        """Whether a node on that axis is meant. Raises ValueMismatch for an unknown prefix."""
        kinds, name = self.kinds, self.name
        if kinds is not None:
            if name == "*":
                return lambda node: node.kind in kinds
            return lambda node: node.kind in kinds and node.name == name
        principal = Kind.ATTRIBUTE if axis == "attribute" else Kind.ELEMENT
        if not self.prefix:
            if name == "*":
                return lambda node: node.kind is principal
            return lambda node: node.kind is principal and node.key == name
        uri = context.outside.namespaces.get(self.prefix) or NAMESPACES.get(self.prefix)
        if uri is None:
            raise ValueMismatch(f"the prefix {self.prefix} is not declared")
        if name == "*":
            return lambda node: node.kind is principal and node.namespace == uri
        key = name if uri == XFORMS else f"{{{uri}}}{name}"
        return lambda node: node.kind is principal and node.key == key


def read_test(word: str) -> Test:
    """The test that a word of an expression is.

    >>> read_test("orx:meta").prefix, read_test("text ( )").kinds == KINDS["text"], read_test("age").key
    ('orx', True, 'age')
    """
    head, bracket, rest = word.partition("(")
    if bracket:
        return Test(KINDS[head.strip()], name=rest.rstrip(" \t\r\n)").strip(" \t\r\n\"'") or "*")
    prefix, _, name = str(word).rpartition(":")  # a plain text: comparing tokens of Lark is slow
    return Test(prefix=prefix, name=name)
