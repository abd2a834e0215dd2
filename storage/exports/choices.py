"""The choices of a question and what they are called, in every language of the sheet."""

import re
from collections.abc import Mapping

from lxml import etree

from conversations.expressions import Node
from conversations.forms import Form
from conversations.forms.wording import Wording
from conversations.vocabulary import Language

XF = "{http://www.w3.org/2002/xforms}"
LIST = re.compile(r"""instance\(\s*['"]([^'"]+)['"]\s*\)""")
TEXT_OF_ITEM = re.compile(r"\s*jr:itext\(\s*(?:'([^']*)'|([\w.-]+))\s*\)\s*")

Labels = Mapping[str, Mapping[str, str]]  # by choice, in the order of the sheet: language key -> label


def choices_of(form: Form, control: etree._Element) -> Labels:
    """All choices that the question may show, before any filter. Empty where they are answers themselves."""
    found: dict[str, Mapping[str, str]] = {}
    for item in control.iterfind(f"{XF}item"):
        label = item.find(f"{XF}label")
        found[item.findtext(f"{XF}value", "").strip()] = _written(form, label)
    itemset = control.find(f"{XF}itemset")
    if itemset is not None:
        found |= _listed(form, itemset)
    field = form.field(control.get("ref", ""))
    worded = field.choices.worded if field and field.choices else {}  # «Other», which pyxform says in English
    return {name: _texts(worded[name]) if name in worded else labels for name, labels in found.items()}


def label_in(labels: Mapping[str, str], language: Language, default_language: str) -> str:
    """The label in a language, else in the form's own, else in any; empty where there is none.

    >>> label_in({"fr": "Oui", "en": "Yes"}, Language.ARABIC, "fr")
    'Oui'
    """
    for key in (language.value, default_language, "", *labels):
        if labels.get(key):
            return labels[key]
    return ""


def _written(form: Form, label: etree._Element | None) -> Mapping[str, str]:
    """The label of a choice that stands in the question itself."""
    if label is None:
        return {}
    pointer = TEXT_OF_ITEM.fullmatch(label.get("ref", ""))
    return _text(form, pointer[1] or "") if pointer else {"": (label.text or "").strip()}


def _listed(form: Form, itemset: etree._Element) -> dict[str, Mapping[str, str]]:
    """The choices of a list, in the form or attached to it."""
    named = LIST.search(itemset.get("nodeset", ""))
    document = form.lists.get(named[1]) if named else None
    value, label = itemset.find(f"{XF}value"), itemset.find(f"{XF}label")
    if document is None or value is None or label is None:
        return {}
    pointer = TEXT_OF_ITEM.fullmatch(label.get("ref", ""))
    found: dict[str, Mapping[str, str]] = {}
    for item in _items(document):
        parts = {child.name: child.text for child in item.children}
        name = parts.get(value.get("ref", ""), "")
        if not name:
            continue
        if pointer:
            found[name] = _text(form, parts.get(pointer[2] or "", ""))
        else:
            found[name] = {"": parts.get(label.get("ref", ""), "")}
    return found


def _items(document: Node) -> list[Node]:
    return [item for root in document.children for item in root.children]


def _text(form: Form, text_id: str) -> Mapping[str, str]:
    """A translated text."""
    wording = form.texts.get(text_id)
    return {} if wording is None else _texts(wording)


def _texts(wording: Wording) -> Mapping[str, str]:
    """By language; values written into a text are left out, since they differ from person to person."""
    return {
        language: "".join(part for part in template if isinstance(part, str)).strip()
        for language, template in wording.texts.items()
    }
