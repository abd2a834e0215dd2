"""What remains of a form once it is complete."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from conversations.expressions import Node
from conversations.forms.form import Element, Field, QuestionType
from conversations.forms.instance import Instance
from conversations.forms.places import path_of
from conversations.forms.preloads import finish

CODED = {
    QuestionType.INTEGER,
    QuestionType.DECIMAL,
    QuestionType.RANGE,
    QuestionType.DATE,
    QuestionType.TIME,
    QuestionType.DATE_TIME,
    QuestionType.SELECT_ONE,
    QuestionType.SELECT_MULTIPLE,
    QuestionType.RANK,
    QuestionType.ACKNOWLEDGE,
}


LONGEST_CONSTANT = 64  # characters


@dataclass(frozen=True, slots=True)
class Submission:
    """The answers of a complete form, the irrelevant ones left out.

    What stands in a repeat is named with its turn: `child[2]/name`.
    """

    instance_xml: str  # as an XForm engine would submit it
    values: Mapping[str, str]  # name → value as an XForm writes it; all that is not empty
    coded: Mapping[str, str | int | float]  # of those, what holds no free text: codes, numbers, dates


def submitted(instance: Instance) -> Submission:
    """The final values, in document order."""
    finish(instance)
    root = instance.document.children[0]
    xml = etree.tostring(_pruned(instance.form.instance, root), encoding="unicode")
    held = {
        place: node.value() for place, node in instance.nodes.items() if not node.children and node.value()
    }
    values = {_name(instance, place): value for place, value in held.items()}
    coded = {
        _name(instance, place): _plain(field, value)
        for place, value in held.items()
        if (field := instance.form.field(path_of(place))) and field.type in CODED
    }
    return Submission(xml, values, coded | _calculated(instance, held))


def _calculated(instance: Instance, held: Mapping[str, str]) -> dict[str, str | int]:
    """Whole numbers that the sheet works out (a score), and constants (the instrument it was measured with).

    A text that it puts together may hold what a person wrote: it stays in the instance.
    """
    rules = {rule.path: rule for rule in instance.form.rules if rule.calculate is not None}
    coded: dict[str, str | int] = {}
    for place, value in held.items():
        rule = rules.get(path_of(place))
        if rule is None:
            continue
        if rule.whole and value.removeprefix("-").isdecimal():
            coded[_name(instance, place)] = int(value)
        elif not rule.reads and len(value) <= LONGEST_CONSTANT:
            coded[_name(instance, place)] = value
    return coded


def _name(instance: Instance, place: str) -> str:
    """The name alone, or from the outermost repeat on."""
    if "[" not in place:
        return place.rpartition("/")[2]
    above = place.partition("[")[0].rpartition("/")[0]
    return place.removeprefix(f"{above}/")


def _pruned(element: Element, node: Node) -> etree._Element:
    written = etree.Element(element.name, dict(element.attributes))
    if not node.children:
        written.text = node.value() or None
    models = {child.name: child for child in reversed(element.children)}
    for child in node.children:
        if child.relevant:
            written.append(_pruned(models[child.name], child))
    return written


def _plain(field: Field, value: str) -> str | int | float:
    """As a number where it is one; what a sheet calculated into the question may be none."""
    try:
        match field.type:
            case QuestionType.INTEGER:
                return int(value)
            case QuestionType.DECIMAL | QuestionType.RANGE:
                return float(value)
    except ValueError:
        return value
    return value
