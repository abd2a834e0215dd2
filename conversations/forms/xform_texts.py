"""Reading the texts of an XForm: the translations and their media."""

import re

from lxml import etree

from conversations.forms.source import Source
from conversations.forms.wording import MISSING, Media, Template, Wording, language_key
from conversations.forms.xform_names import XF

MEDIA = {"image": "image", "big-image": "big-image", "audio": "audio", "video": "video"}
FOLDER = re.compile(r"jr://[\w-]+/")


def languages(model: etree._Element) -> tuple[tuple[str, ...], str]:
    """The languages as the sheet names them, and the key of the default one (`""` without translations)."""
    translations = model.findall(f"{XF}itext/{XF}translation")
    names = tuple(translation.get("lang", "") for translation in translations)
    marked = [translation.get("lang", "") for translation in translations if translation.get("default")]
    default = (marked or list(names) or [""])[0]
    return names, language_key(default)


def texts(model: etree._Element, source: Source) -> dict[str, Wording]:
    """The translated texts by id, with the media of each. Short forms and guidance are not read."""
    found: dict[str, dict[str, Template]] = {}
    media: dict[str, dict[str, tuple[Media, ...]]] = {}
    for translation in model.iterfind(f"{XF}itext/{XF}translation"):
        key = language_key(translation.get("lang", ""))
        for text in translation.iterfind(f"{XF}text"):
            text_id = text.get("id", "")
            found.setdefault(text_id, {})
            for value in text.iterfind(f"{XF}value"):
                form = value.get("form", "")
                if form in MEDIA and value.text:
                    name = FOLDER.sub("", value.text.strip())
                    of_text = media.setdefault(text_id, {})
                    of_text[key] = (*of_text.get(key, ()), Media(MEDIA[form], name))
                template = () if form else source.template(value)
                if template and template != (MISSING,):
                    found[text_id][key] = template
    return {text_id: Wording(written, media.get(text_id, {})) for text_id, written in found.items()}
