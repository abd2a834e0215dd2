"""What staff read: the texts of the `web` catalogue, in a language."""

from collections.abc import Callable

from conversations.vocabulary import Language
from locales import translations

Texts = Callable[..., str]


def text(language: Language, text_id: str, /, **args: str | int) -> str:
    """The finished text; an argument `n` chooses the plural form. An unknown id raises KeyError.

    >>> text(Language.ENGLISH, "people.count", n=1)
    '1 person'
    """
    catalogue = translations(language.value, "web")
    n = args.get("n")
    found = catalogue.ngettext(text_id, text_id, n) if isinstance(n, int) else catalogue.gettext(text_id)
    if found == text_id:
        raise KeyError(text_id)
    return found.format_map(args)


def texts_in(language: Language) -> Texts:
    """The function that templates call `t`."""
    return lambda text_id, /, **args: text(language, text_id, **args)
