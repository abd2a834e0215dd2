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
NOT_SO = re.compile(r"\bما(?=\w{3,}ش\b)")  # ما … ش around a verb, often written as one word
NOT_SO_IN_CHAT = re.compile(r"\bma(?=\w{3,}c?h\b)")
# Writings of one word that no list should have to repeat; spelt, doubled letters once.
SHORT = {
    "jai": "j ai", "g": "j ai", "jsuis": "je suis", "chuis": "je suis", "chui": "je suis",
    "jsui": "je suis", "sui": "suis", "jveux": "je veux", "jveu": "je veux", "veu": "veux",
    "jpeux": "je peux", "jpeu": "je peux", "jvais": "je vais", "jarive": "j arive", "ya": "y a",
    "c": "c est", "cest": "c est", "ki": "qui", "qil": "qu il", "ke": "que",
    "kelkun": "quelqu un", "quelquun": "quelqu un", "bcp": "beaucoup", "ds": "dans", "ns": "nous",
    "mor": "mort", "im": "i m", "ive": "i ve", "dont": "don t", "doesnt": "doesn t", "didnt": "didn t",
    "cant": "can t", "canot": "can t", "wont": "won t", "isnt": "isn t", "arent": "aren t",
    "wasnt": "wasn t", "havent": "haven t", "hasnt": "hasn t", "couldnt": "couldn t", "hes": "he s",
    "shes": "she s", "theyre": "they re", "theres": "there s", "wana": "want to", "gona": "going to",
    "u": "you", "pls": "please", "plz": "please", "plis": "please", "nite": "night", "tonite": "tonight",
    "nobodys": "nobody s",
}  # fmt: skip


class Spelling(StrEnum):
    """How a list of words is compared with what was written."""

    PLAIN = "plain"  # without accents, vowel signs and doubled letters, common short forms in full
    CHAT = "chat"  # Darija in Latin letters: vowels are written as one hears them, 7 and 9 are letters


def plain(text: str) -> str:
    """Folded, every doubled letter once, short forms in full.

    >>> plain("Je veux MOURIRRR !"), plain("أُريدُ أن أمووووت"), plain("jsuis mal"), plain("مابقيتش")
    ('je veux mourir', 'اريد ان اموت', 'je suis mal', 'ما بقيتش')
    """
    written = NOT_SO.sub("ما ", REPEATED.sub(r"\1", fold(text)))
    return " ".join(SHORT.get(word, word) for word in written.split())


def chat(text: str) -> str:
    """Darija as it is typed: consonants, and at the edges of a word only that a vowel stands there.

    >>> chat("kaydrebni") == chat("kayderbni") == chat("kidrabni"), chat("n9tel") == chat("nqtl")
    (True, True)
    >>> chat("drebni") == chat("Durban")
    False
    """
    written = fold(text).replace("sh", "ch").translate(FIGURES_AS_LETTERS)
    bare = INNER_VOWELS.sub("", NOT_SO_IN_CHAT.sub("ma ", REPEATED.sub(r"\1", written)))
    return REPEATED.sub(r"\1", OUTER_VOWELS.sub("a", bare))


SPELL: dict[Spelling, Callable[[str], str]] = {Spelling.PLAIN: plain, Spelling.CHAT: chat}
