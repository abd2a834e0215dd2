"""The texts of a language: from message ids with arguments to what a person reads."""

from datetime import date

from babel.dates import format_date, format_skeleton

from conversations.messages import Argument, Day, Line, Verbatim
from conversations.vocabulary import Language
from locales import translations

# Moroccan month names and Latin digits: «12 مارس 2025», as people here write dates.
LOCALES = {Language.FRENCH: "fr_MA", Language.ARABIC: "ar_MA", Language.ENGLISH: "en_GB"}


def say(line: Line, language: Language) -> str:
    """The finished text of a line. A message id that the catalogue lacks raises KeyError."""
    if isinstance(line, Verbatim):
        return line.text
    language = line.language or language
    catalogue = translations(language.value, "chat")
    n = line.args.get("n")
    text = catalogue.ngettext(line.id, line.id, n) if isinstance(n, int) else catalogue.gettext(line.id)
    if text == line.id:
        raise KeyError(line.id)
    return text.format_map({name: written(value, language) for name, value in line.args.items()})


def written(value: Argument, language: Language) -> str:
    """An argument of a line as it stands in the finished text."""
    match value:
        case Day(iso):
            return written_date(iso, language)
        case str() | int():
            return str(value)
        case _:
            return say(value, language)


def written_date(iso: str, language: Language) -> str:
    """A date in words, as exact as it is known.

    >>> written_date("2025-03-12", Language.FRENCH), written_date("2025-03", Language.ARABIC)
    ('12 mars 2025', 'مارس 2025')
    >>> written_date("2025", Language.ENGLISH), written_date("2026-12-01", Language.FRENCH)
    ('2025', '1er décembre 2026')
    """
    locale = LOCALES[language]
    match iso.count("-"):
        case 0:
            return iso
        case 1:
            return format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=locale)
        case _:
            written = format_date(date.fromisoformat(iso), format="long", locale=locale)
            first = language is Language.FRENCH and written.startswith("1 ")  # CLDR leaves «1er» out
            return written.replace("1 ", "1er ", 1) if first else written
