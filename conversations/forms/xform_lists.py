"""Reading secondary instances: lists in the form itself, and CSV, XML and GeoJSON files attached to it."""

import csv
import io
import json
from collections.abc import Iterator, Mapping

from lxml import etree

from conversations.expressions import Node
from conversations.forms.commas import separator_of
from conversations.forms.errors import BrokenForm
from conversations.forms.xform_names import local_name


def read_list(instance: etree._Element, attachments: Mapping[str, bytes]) -> Node:
    """One secondary instance as a document. A file that is not attached makes an empty one."""
    document = Node("")
    source = instance.get("src", "")
    if not source:
        for root in instance:
            copy(root, document)
        return document
    name = source.rpartition("/")[2]
    content = attachments.get(name)
    if content is None:
        document.add(Node("root"))
        return document
    try:
        match name.rpartition(".")[2].lower():
            case "csv":
                _csv(content, document)
            case "geojson" | "json":
                _geojson(content, document)
            case _:
                copy(safe_xml(content), document)
    except UnicodeDecodeError:
        raise BrokenForm(f"the attached file {name} is not UTF-8 text: save it as «CSV UTF-8»") from None
    except (ValueError, LookupError, TypeError, AttributeError, csv.Error, etree.XMLSyntaxError):
        raise BrokenForm(f"the attached file {name} cannot be read") from None
    return document


def safe_xml(content: bytes) -> etree._Element:
    """The root of a document. Entities are not resolved and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(content, parser)


def copy(element: etree._Element, parent: Node) -> Node:
    """The element and all below it, as nodes."""
    node = parent.add(Node(local_name(element), "" if len(element) else element.text or ""))
    for child in element:
        if isinstance(child.tag, str):
            copy(child, node)
    return node


def _csv(content: bytes, document: Node) -> None:
    """One item per line, one child per column."""
    text = content.decode("utf-8-sig")
    root = document.add(Node("root"))
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=separator_of(text)):
        item = root.add(Node("item"))
        for column, value in row.items():
            if isinstance(column, str):
                item.add(Node(column.strip(), value if isinstance(value, str) else ""))


def _geojson(content: bytes, document: Node) -> None:
    """One item per feature: its properties, its id, its geometry as ODK writes it."""
    root = document.add(Node("root"))
    for feature in json.loads(content)["features"]:
        item = root.add(Node("item"))
        found = dict(feature.get("properties") or {})
        if "id" in feature:
            found["id"] = feature["id"]
        found["geometry"] = "; ".join(_points((feature.get("geometry") or {}).get("coordinates") or []))
        for name, value in found.items():
            item.add(Node(str(name), "" if value is None else str(value)))


def _points(coordinates: list[object]) -> Iterator[str]:
    """`latitude longitude 0 0` for each point, however deep the lists."""
    if len(coordinates) >= 2 and all(isinstance(part, (int, float)) for part in coordinates):
        longitude, latitude = coordinates[:2]
        yield f"{latitude} {longitude} 0 0"
        return
    for part in coordinates:
        if isinstance(part, list):
            yield from _points(part)
