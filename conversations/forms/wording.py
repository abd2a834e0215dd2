"""Texts of a form in the languages of its sheet, with values of the instance written into them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from conversations.expressions import Context, Expression
from conversations.vocabulary import Language

Template = tuple[str | Expression, ...]

MISSING = "-"  # what pyxform writes where a translation is missing
CODE = re.compile(r"\(\s*([A-Za-z]{2,3})(?:[-_][A-Za-z]+)?\s*\)\s*$")
NAMES = {
    "francais": Language.FRENCH,
    "français": Language.FRENCH,
    "french": Language.FRENCH,
    "العربية": Language.ARABIC,
    "arabic": Language.ARABIC,
    "arabe": Language.ARABIC,
    "english": Language.ENGLISH,
    "anglais": Language.ENGLISH,
}


def language_key(sheet_language: str) -> str:
    """The code of a language as a sheet names it; the name itself where it is none of ours.

    >>> language_key("Français (fr)"), language_key("ar"), language_key("English"), language_key("Wolof")
    ('fr', 'ar', 'en', 'Wolof')
    """
    name = sheet_language.strip()
    if code := CODE.search(name):
        return code[1].lower()
    if name.lower() in NAMES:
        return NAMES[name.lower()].value
    return name.lower() if len(name) == 2 else name


@dataclass(frozen=True, slots=True)
class Media:
    """A file that goes with a text: what sort, and its name among the form's attachments."""

    kind: str  # `image`, `big-image`, `audio`, `video`
    name: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One text by language key, with its media; the key `""` is a text without translations."""

    texts: Mapping[str, Template] = field(default_factory=dict)
    media: Mapping[str, tuple[Media, ...]] = field(default_factory=dict)

    def write(self, languages: tuple[str, ...], context: Callable[[], Context]) -> str:
        """The text in the first of the languages that has it; empty where none has.

        The context is asked for only where something is worked out in the text.
        """
        for language in (*languages, ""):
            template = self.texts.get(language)
            if template:
                parts = (part if isinstance(part, str) else part.text(context()) for part in template)
                return "".join(parts).strip()
        return ""

    def attached(self, languages: tuple[str, ...]) -> tuple[Media, ...]:
        """The media in the first of the languages that has any."""
        for language in (*languages, ""):
            if found := self.media.get(language):
                return found
        return ()


NO_WORDING = Wording()
