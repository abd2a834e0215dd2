"""The tree that expressions read: a form's instance, or a list of choices."""

from collections.abc import Iterator


class Node:
    """One element. `text` is its own value; what an irrelevant element holds is not read."""

    __slots__ = ("_named", "children", "name", "parent", "relevant", "text")

    def __init__(self, name: str, text: str = "") -> None:
        self.name = name
        self.text = text
        self.relevant = True
        self.parent: Node | None = None
        self.children: list[Node] = []
        self._named: dict[str, list[Node]] = {}

    def add(self, child: "Node") -> "Node":
        """Append a child and return it."""
        child.parent = self
        self.children.append(child)
        self._named.setdefault(child.name, []).append(child)
        return child

    def named(self, name: str) -> list["Node"]:
        """The children of that name, in document order."""
        return self._named.get(name, [])

    def descendants(self) -> Iterator["Node"]:
        """Everything below, in document order."""
        waiting = list(reversed(self.children))
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def top(self) -> "Node":
        """The document the node is in."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def value(self) -> str:
        """The string value: own text and that of everything below, the irrelevant left out.

        >>> name = Node("name", "Amina")
        >>> name.relevant = False
        >>> name.value()
        ''
        """
        if not self.relevant:
            return ""
        if not self.children:
            return self.text
        return self.text + "".join(child.value() for child in self.children)
