"""The instance of a case as our tree, and its nodes by the cases' paths: `/node()[2]/@id`, counted from 1."""

import re
from collections.abc import Callable, Mapping

from lxml import etree

from conversations.expressions import Kind, Node

STEP = re.compile(r"/(?:node\(\)\[(\d+)\]|@([^/]+))")


def document_of(root: etree._Element) -> Node:
    """The whole document, comments and processing instructions beside its root element too."""
    document = Node("")
    beside = list(root.itersiblings(preceding=True))[::-1]
    for element in (*beside, root, *root.itersiblings()):
        document.add(_node(element))
    return document


def _node(element: etree._Element) -> Node:
    if isinstance(element, etree._Comment):
        return Node("", element.text or "", kind=Kind.COMMENT)
    if isinstance(element, etree._ProcessingInstruction):
        return Node(str(element.target), element.text or "", kind=Kind.INSTRUCTION)
    name = etree.QName(element)
    node = Node(name.localname, namespace=name.namespace or "", prefix=element.prefix or "")
    for key, value in element.attrib.items():
        node.give(_attribute(str(key), str(value), element))
    if element.text:
        node.add(Node("", element.text, kind=Kind.TEXT))
    for child in element:
        node.add(_node(child))
        if child.tail:
            node.add(Node("", child.tail, kind=Kind.TEXT))
    return node


def _attribute(key: str, value: str, element: etree._Element) -> Node:
    name = etree.QName(key)
    prefix = next((prefix for prefix, uri in element.nsmap.items() if prefix and uri == name.namespace), "")
    return Node(name.localname, value, namespace=name.namespace or "", prefix=prefix, kind=Kind.ATTRIBUTE)


def find_node(document: Node, path: str) -> Node:
    """The node at a path of a case. Raises LookupError where there is none."""
    node = document
    for index, attribute in STEP.findall(path):
        if index:
            node = node.content()[int(index) - 1]
        else:
            node = next(other for other in node.attributes if _qualified(other) == attribute)
    return node


def path_of(node: Node) -> str:
    """The path of a node as the cases write it."""
    path = ""
    while node.parent is not None:
        if node.kind is Kind.ATTRIBUTE:
            path = f"/@{_qualified(node)}{path}"
        else:
            path = f"/node()[{node.parent.content().index(node) + 1}]{path}"
        node = node.parent
    return path or "/"


def _qualified(node: Node) -> str:
    return f"{node.prefix}:{node.name}" if node.prefix else node.name


def secondary_instances(document: Node) -> dict[str, Node]:
    """The elements `<instance id="…">` of an XForm, by id."""
    return {
        node.attribute("id"): node
        for node in document.descendants()
        if node.key == "instance" and node.attribute("id")
    }


def texts_of(document: Node, language: str | None) -> Callable[[str], list[Node]]:
    """What `jr:itext` finds in that language, or in the default one."""
    translations = [node for node in document.descendants() if node.key == "translation"]
    by_language = {node.attribute("lang"): node for node in translations}
    marked = [node for node in translations if any(other.name == "default" for other in node.attributes)]
    chosen = by_language.get(language or "") or next(iter([*marked, *translations]), None)
    texts: Mapping[str, list[Node]] = (
        {text.attribute("id"): text.named("value") for text in chosen.named("text")} if chosen else {}
    )
    return lambda text_id: texts.get(text_id, [])
