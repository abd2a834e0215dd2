"""The tree that expressions read: a form's instance, or a list of choices."""

from collections.abc import Iterator, Mapping
from enum import Enum

XFORMS = "http://www.w3.org/2002/xforms"


class Kind(Enum):
    """What a node is."""

    DOCUMENT = "document"  # the parent of the root element
    ELEMENT = "element"
    ATTRIBUTE = "attribute"  # its element is its parent, but it is no child of it
    TEXT = "text"
    COMMENT = "comment"
    INSTRUCTION = "processing instruction"


class Node:
    """One node, most often an element. `text` is its own value; what an irrelevant element holds is not read.

    An element's own `text` comes before its children. `key` is what it is found by: its name, and the
    namespace before it in braces where that is neither none nor XForms itself, which ODK takes for the same.
    """

    __slots__ = (
        "_named",
        "_own",
        "attributes",
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
        self.kind = kind or (Kind.ELEMENT if name else Kind.DOCUMENT)
        self.key = name if namespace in ("", XFORMS) else f"{{{namespace}}}{name}"
        self.relevant = True
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self._named: dict[str, list[Node]] = {}
        self._own: Node | None = None
        for key, value in (attributes or {}).items():
            self.give(Node(key, value, kind=Kind.ATTRIBUTE))

    def add(self, child: "Node") -> "Node":
        """Append a child and return it."""
        child.parent = self
        self.children.append(child)
        if child.kind is Kind.ELEMENT:
            self._named.setdefault(child.key, []).append(child)
        return child

    def give(self, attribute: "Node") -> "Node":
        """Add an attribute and return it."""
        attribute.parent = self
        self.attributes.append(attribute)
        return attribute

    def attribute(self, name: str) -> str:
        """The value of an attribute without namespace; empty where there is none."""
        return next((other.text for other in self.attributes if other.key == name), "")

    def named(self, key: str) -> list["Node"]:
        """The child elements of that name, in document order. Not to be changed."""
        return self._named.get(key, [])

    def content(self) -> list["Node"]:
        """All children, the element's own text among them as a text node. Not to be changed."""
        if not self.text or self.kind is not Kind.ELEMENT:
            return self.children
        if self._own is None:
            self._own = Node("", kind=Kind.TEXT)
            self._own.parent = self
        self._own.text = self.text if self.relevant else ""
        return [self._own, *self.children]

    def descendants(self) -> Iterator["Node"]:
        """Every node below, in document order; own texts and attributes left out."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting.extend(reversed(node.children))

    def below(self) -> Iterator["Node"]:
        """Every node below, in document order, own texts included."""
        waiting = self.content()[::-1]
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
        waiting = self.children[::-1]
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
