"""The spelling in which words of distress are compared: people write them in haste, in any script."""

import re
from collections.abc import Callable
from enum import StrEnum

from conversations.answers import fold

REPEATED = re.compile(r"([^\W\d_])\1+")
FIGURES_AS_LETTERS = str.maketrans({"7": "h", "9": "q", "5": "kh", "6": "t", "2": None, "’": None})
VOWELS = "aeiouyw"
INNER_VOWELS = re.compile(rf"(?<=\w)[{VOWELS}]+(?=\w)")
OUTER_VOWELS = re.compile(rf"\b[{VOWELS}]+|[{VOWELS}]+\b")


class Spelling(StrEnum):
    """How a list of words is compared with what was written."""

    PLAIN = "plain"  # without accents, vowel signs and doubled letters
    CHAT = "chat"  # Darija in Latin letters: vowels are written as one hears them, 7 and 9 are letters


def plain(text: str) -> str:
    """Folded, every doubled letter once.

    >>> plain("Je veux MOURIRRR !"), plain("أُريدُ أن أمووووت")
    ('je veux mourir', 'اريد ان اموت')
    """
    return REPEATED.sub(r"\1", fold(text))


def chat(text: str) -> str:
    """Darija as it is typed: consonants, and at the edges of a word only that a vowel stands there.

    >>> chat("kaydrebni") == chat("kayderbni") == chat("kidrabni"), chat("n9tel") == chat("nqtl")
    (True, True)
    >>> chat("drebni") == chat("Durban")
    False
    """
    written = fold(text).translate(FIGURES_AS_LETTERS).replace("sh", "ch")
    bare = INNER_VOWELS.sub("", REPEATED.sub(r"\1", written))
    return REPEATED.sub(r"\1", OUTER_VOWELS.sub("a", bare))


SPELL: dict[Spelling, Callable[[str], str]] = {Spelling.PLAIN: plain, Spelling.CHAT: chat}
