"""The form in which two writings of one word are the same: case, accents, vowel signs, alef and hamza."""

import re
import unicodedata

LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ئ": "ي",
        "ی": "ي",  # Persian yeh, as some keyboards write it
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ء": None,
        "ـ": None,  # tatweel
        "œ": "oe",
        "æ": "ae",
    }
)
APART = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower case, without marks and punctuation, one space between words, figures as 0–9.

    >>> fold("  SALÉ ! "), fold("ســلا"), fold("أُخْرَى"), fold("٣"), fold("l’école")
    ('sale', 'سلا', 'اخري', '3', 'l ecole')
    """
    text = unicodedata.normalize("NFKC", text).casefold().translate(LETTERS)
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(_figure(character) for character in apart if not unicodedata.combining(character))
    return APART.sub(" ", bare.translate(LETTERS)).strip()


def _figure(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
