"""The values at the end of a walk, by place, without those that are other in every run."""

import re

from lxml import etree

from conversations.forms import Form
from conversations.forms.places import path_of

CHANCE = re.compile(r"\b(now|random|uuid)\s*\(")  # what is other in every run
VARYING = {"timestamp", "date", "uid"}  # preloads that are
PRELOAD = "{http://openrosa.org/javarosa}preload"
BIND = "{http://www.w3.org/2002/xforms}bind"


def varying_paths(form: Form) -> set[str]:
    """The nodes that hold the time, chance, or what is worked out from them."""
    root = etree.fromstring(form.xml.encode())
    filled = {bind.get("nodeset", "") for bind in root.iter(BIND) if bind.get(PRELOAD) in VARYING}
    worked_out = {
        rule.path
        for rule in form.rules
        if rule.calculate and (rule.reads & filled or CHANCE.search(rule.calculate.source))
    }
    return filled | worked_out


def final_values(xml: str, varying: set[str]) -> dict[str, str]:
    """The leaves by their place with positions, those that vary left out."""
    root = etree.fromstring(xml.encode())
    found: dict[str, str] = {}
    waiting = [(f"/{etree.QName(root).localname}", root)]
    while waiting:
        place, element = waiting.pop()
        counts: dict[str, int] = {}
        for child in element:
            name = etree.QName(child).localname
            counts[name] = counts.get(name, 0) + 1
            waiting.append((f"{place}/{name}[{counts[name]}]", child))
        if not len(element) and path_of(place) not in varying:
            found[place] = element.text or ""
    return found


def as_web_forms_writes(value: str) -> tuple[str, ...]:
    """A calculated truth or date as ODK Web Forms writes it; JavaRosa writes `1`, `0` and midnight."""
    return {"1": ("true",), "0": ("false",)}.get(value, (value.removesuffix("T00:00:00.000Z"),))
