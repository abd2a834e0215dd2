"""Reading the texts of an XForm: the translations, and the labels that point into them."""

import re
from collections.abc import Mapping

from lxml import etree

from conversations.expressions import compile_expression
from conversations.forms.wording import MISSING, NO_WORDING, Template, Wording, language_key

XF = "{http://www.w3.org/2002/xforms}"
JR = "{http://openrosa.org/javarosa}"
ITEXT = re.compile(r"\s*jr:itext\(\s*'([^']*)'\s*\)\s*")


def languages(model: etree._Element) -> tuple[tuple[str, ...], str]:
    """The languages as the sheet names them, and the key of the default one (`""` without translations)."""
    translations = model.findall(f"{XF}itext/{XF}translation")
    names = tuple(translation.get("lang", "") for translation in translations)
    marked = [translation.get("lang", "") for translation in translations if translation.get("default")]
    default = (marked or list(names) or [""])[0]
    return names, language_key(default)


def texts(model: etree._Element) -> dict[str, Wording]:
    """The translated texts by id. Other forms of a text (audio, image, short) are not read."""
    found: dict[str, dict[str, Template]] = {}
    for translation in model.iterfind(f"{XF}itext/{XF}translation"):
        key = language_key(translation.get("lang", ""))
        for text in translation.iterfind(f"{XF}text"):
            for value in text.iterfind(f"{XF}value"):
                template = () if value.get("form") else template_of(value)
                if template and template != (MISSING,):
                    found.setdefault(text.get("id", ""), {})[key] = template
    return {text_id: Wording(by_language) for text_id, by_language in found.items()}


def template_of(element: etree._Element) -> Template:
    """Text with the values written into it, as `<output value="…"/>` asks."""
    template: Template = (element.text,) if element.text else ()
    for child in element:
        if child.tag == f"{XF}output":
            template += (compile_expression(child.get("value", "")),)
        if child.tail:
            template += (child.tail,)
    return template if any(not isinstance(part, str) or part.strip() for part in template) else ()


def wording(element: etree._Element | None, translated: Mapping[str, Wording]) -> Wording:
    """The wording of a label or hint element."""
    if element is None:
        return NO_WORDING
    reference = ITEXT.fullmatch(element.get("ref", ""))
    if reference:
        return translated.get(reference[1], NO_WORDING)
    return Wording({"": template_of(element)})


def message(bind: Mapping[str, str], name: str, translated: Mapping[str, Wording]) -> Wording:
    """The wording of a bind's message attribute: a constraint's or a required question's."""
    text = bind.get(f"{JR}{name}", "")
    reference = ITEXT.fullmatch(text)
    if reference:
        return translated.get(reference[1], NO_WORDING)
    return Wording({"": (text,)}) if text else NO_WORDING
