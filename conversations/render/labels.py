"""The labels of choices: on buttons, numbered in the text, or as words to write."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.render.graphemes import graphemes
from conversations.render.splitting import utf16_units
from conversations.vocabulary import Language

PAYLOAD_LIMIT = 64  # bytes, Telegram's callback_data
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"  # invisible marks that fix the direction of a line


class PayloadTooLong(ValueError):
    """A button's payload exceeds what the channels carry: the token is too long."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what it carries back and what it shows."""

    payload: str
    title: str


def titles(labels: Sequence[str], limit: int) -> tuple[str, ...]:
    """What the buttons show: the labels, or, where one is too long, all of them numbered and cut.

    >>> titles(["Oui", "Non"], 20)
    ('Oui', 'Non')
    >>> titles(["Oui", "Non, pas encore cette année"], 20)
    ('1. Oui', '2. Non, pas encore…')
    """
    if all(utf16_units(label) <= limit for label in labels):
        return tuple(labels)
    return tuple(cut(f"{number}. {label}", limit) for number, label in enumerate(labels, 1))


def cut(title: str, limit: int) -> str:
    """The title, with a sign for what is left out where it is too long."""
    if utf16_units(title) <= limit:
        return title
    kept = ""
    for grapheme in graphemes(title):
        if utf16_units(kept) + utf16_units(grapheme) >= limit:
            break
        kept += grapheme
    return f"{kept.rstrip()}…"


def numbered(labels: Sequence[str], language: Language) -> Iterator[str]:
    """One line per choice, all in the direction of the language: so the numbers stand below each other."""
    for number, label in enumerate(labels, 1):
        mark = RIGHT_TO_LEFT if language.right_to_left else LEFT_TO_RIGHT
        yield f"{'' if _runs(label, language) else mark}{number}. {label}"


def _runs(label: str, language: Language) -> bool:
    """Whether the label's first letter, which the line follows, runs in the direction of the language."""
    for character in label:
        match unicodedata.bidirectional(character):
            case "L":
                return not language.right_to_left
            case "R" | "AL":
                return language.right_to_left
    return not language.right_to_left


def payload(token: str, index: int) -> str:
    """What the button of this choice carries back. Raises PayloadTooLong."""
    carried = f"{token}:{index}"
    if len(carried.encode()) > PAYLOAD_LIMIT:
        raise PayloadTooLong(f"a button's payload takes more than {PAYLOAD_LIMIT} bytes")
    return carried


def or_write(words: Sequence[str], language: Language) -> str:
    """The words that lead where the buttons would, for a channel that has none."""
    quoted = [say(Say("render.quoted", {"word": word.casefold()}), language) for word in words]
    between = "، " if language is Language.ARABIC else ", "
    return say(Say("render.or_write", {"words": between.join(quoted)}), language)
