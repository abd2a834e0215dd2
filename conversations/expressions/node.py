"""The tree that expressions read: a form's instance, or a list of choices."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType

CHILDLESS: Mapping[str, list["Node"]] = MappingProxyType({})
XFORMS = "http://www.w3.org/2002/xforms"


class Kind(Enum):
    """What a node is."""

    DOCUMENT = "document"  # the parent of the root element
    ELEMENT = "element"
    ATTRIBUTE = "attribute"  # its element is its parent, but it is no child of it
    TEXT = "text"
    COMMENT = "comment"
    INSTRUCTION = "processing instruction"


DOCUMENT, ELEMENT = Kind.DOCUMENT, Kind.ELEMENT  # a form makes hundreds of nodes a step


class Node:
    """One node, most often an element. `text` is its own value; what an irrelevant element holds is not read.

    An element's own `text` comes before its children. `key` is what it is found by: its name, and the
    namespace before it in braces where that is neither none nor XForms itself, which ODK takes for the same.
    """

    __slots__ = (
        "_own",
        "attributes",
        "by_key",
        "children",
        "key",
        "kind",
        "name",
        "namespace",
        "parent",
        "prefix",
        "relevant",
        "text",
    )

    def __init__(
        self,
        name: str,
        text: str = "",
        attributes: Mapping[str, str] | None = None,
        namespace: str = "",
        prefix: str = "",
        kind: Kind | None = None,
    ) -> None:
        self.name = name  # without prefix
        self.text = text
        self.namespace = namespace
        self.prefix = prefix
        self.kind = kind or (ELEMENT if name else DOCUMENT)
        self.key = name if not namespace or namespace == XFORMS else f"{{{namespace}}}{name}"
        self.relevant = True
        self.parent: Node | None = None
        self.children: Sequence[Node] = ()
        self.attributes: Sequence[Node] = ()
        self.by_key: Mapping[str, list[Node]] = CHILDLESS  # child elements
        self._own: Node | None = None
        if attributes:
            for key, value in attributes.items():
                self.give(Node(key, value, kind=Kind.ATTRIBUTE))

    def add(self, child: "Node") -> "Node":
        """Append a child and return it."""
        child.parent = self
        if isinstance(self.children, list):
            self.children.append(child)
        else:
            self.children = [child]
        if child.kind is ELEMENT:
            if not isinstance(self.by_key, dict):
                self.by_key = {child.key: [child]}
            elif child.key in self.by_key:
                self.by_key[child.key].append(child)
            else:
                self.by_key[child.key] = [child]
        return child

    def give(self, attribute: "Node") -> "Node":
        """Add an attribute and return it."""
        attribute.parent = self
        self.attributes = (*self.attributes, attribute)
        return attribute

    def attribute(self, name: str) -> str:
        """The value of an attribute without namespace; empty where there is none."""
        return next((other.text for other in self.attributes if other.key == name), "")

    def named(self, key: str) -> list["Node"]:
        """The child elements of that name, in document order. Not to be changed."""
        return self.by_key.get(key, [])

    def content(self) -> Sequence["Node"]:
        """All children, the element's own text among them as a text node. Not to be changed."""
        if not self.text or self.kind is not ELEMENT:
            return self.children
        if self._own is None:
            self._own = Node("", kind=Kind.TEXT)
            self._own.parent = self
        self._own.text = self.text if self.relevant else ""
        return [self._own, *self.children]

    def descendants(self) -> Iterator["Node"]:
        """Every node below, in document order; own texts and attributes left out."""
        waiting = list(reversed(self.children))
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting.extend(reversed(node.children))

    def below(self) -> Iterator["Node"]:
        """Every node below, in document order, own texts included."""
        waiting = list(reversed(self.content()))
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.content()))

    def top(self) -> "Node":
        """The document the node is in."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def texts(self) -> list[str]:
        """Own text and those of everything below, the irrelevant and what is no text left out.

        >>> data = Node("data")
        >>> names = [data.add(Node("name", text)) for text in ("Amina", "Idriss")]
        >>> names[0].relevant = False
        >>> data.texts()
        ['', 'Idriss']
        """
        if not self.relevant:
            return []
        found: list[str] = [self.text]
        waiting = list(reversed(self.children))
        while waiting:
            node = waiting.pop()
            if not node.relevant or node.kind in (Kind.COMMENT, Kind.INSTRUCTION):
                continue
            found.append(node.text)
            if node.children:
                waiting.extend(reversed(node.children))
        return found

    def value(self) -> str:
        """The string value: own text and that of everything below, the irrelevant left out.

        >>> name = Node("name", "Amina")
        >>> name.relevant = False
        >>> name.value()
        ''
        """
        if not self.relevant:
            return ""
        return "".join(self.texts()) if self.children else self.text
