"""What remains of a form once it is complete."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from conversations.expressions import Node
from conversations.forms.filling import Filling, Surroundings
from conversations.forms.form import Element, Field, Form, QuestionType
from conversations.forms.instance import Instance, instance_of

CODED = {
    QuestionType.INTEGER,
    QuestionType.DECIMAL,
    QuestionType.DATE,
    QuestionType.SELECT_ONE,
    QuestionType.SELECT_MULTIPLE,
}


@dataclass(frozen=True, slots=True)
class Submission:
    """The answers of a complete form, the irrelevant ones left out."""

    instance_xml: str  # as an XForm engine would submit it
    values: Mapping[str, str]  # name → value as an XForm writes it; all that is not empty
    coded: Mapping[str, str | int | float]  # of those, what holds no free text: codes, numbers, dates


def submission(form: Form, filling: Filling, surroundings: Surroundings) -> Submission:
    """The final values, in document order."""
    instance = instance_of(form, filling, surroundings)
    root = instance.document.children[0]
    xml = etree.tostring(_pruned(form.instance, root), encoding="unicode")
    values = {node.name: node.value() for node in root.descendants() if not node.children and node.value()}
    return Submission(xml, values, dict(_coded(instance)))


def _pruned(element: Element, node: Node) -> etree._Element:
    written = etree.Element(element.name, dict(element.attributes))
    if not node.children:
        written.text = node.value() or None
    for child, its_node in zip(element.children, node.children, strict=True):
        if its_node.relevant:
            written.append(_pruned(child, its_node))
    return written


def _coded(instance: Instance) -> list[tuple[str, str | int | float]]:
    fields = [field for field in instance.form.fields if field.type in CODED and instance.value(field.path)]
    return [(field.name, _plain(field, instance.value(field.path))) for field in fields]


def _plain(field: Field, value: str) -> str | int | float:
    match field.type:
        case QuestionType.INTEGER:
            return int(value)
        case QuestionType.DECIMAL:
            return float(value)
        case _:
            return value
