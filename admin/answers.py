"""A completed form as question and answer, in the reader's language."""

from datetime import datetime

from lxml import etree

from conversations.forms import Filling, Form, Surroundings, summary
from conversations.vocabulary import Language

PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def read_answers(
    form: Form, instance_xml: str, answered_at: datetime, zone: str, language: Language
) -> tuple[tuple[str, str], ...]:
    """(question, answer) for every question that was answered, in the order of the form."""
    values = _values(instance_xml)
    trail = tuple(field.path for field in form.fields if values.get(field.path))
    filling = Filling(form.form_id, form.version_id, values, trail, answered_at.isoformat())
    read = summary(form, filling, Surroundings(answered_at, zone, language))
    return tuple((question, answer) for _, question, answer in read)


def _values(instance_xml: str) -> dict[str, str]:
    """Node path -> text of the leaves."""
    root = etree.fromstring(instance_xml.encode(), PARSER)
    tree = root.getroottree()
    leaves = (element for element in root.iter(etree.Element) if not len(element))
    return {tree.getpath(leaf): leaf.text or "" for leaf in leaves}
