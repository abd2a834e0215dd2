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
APART_FROM_FIGURES = re.compile(r"(?:(?!(?<=\d)[/.:,\-](?=\d))[\W_])+")
AROUND_MARKS = re.compile(r"(?<=\d)\s*([/:\-])\s*(?=\d)")


def fold(text: str) -> str:
    """Lower case, without marks and punctuation, one space between words, figures as 0–9.

    >>> fold("  SALÉ ! "), fold("ســلا"), fold("أُخْرَى"), fold("٣"), fold("l’école")
    ('sale', 'سلا', 'اخري', '3', 'l ecole')
    """
    return APART.sub(" ", _letters(text)).strip()


def fold_around_figures(text: str) -> str:
    """The same, but marks between figures stay: what is a day, an hour or a number is told by them.

    >>> fold_around_figures("Le 12 / 3 / 2025 !"), fold_around_figures("à 14:30, Salé")
    ('le 12/3/2025', 'a 14:30 sale')
    """
    return APART_FROM_FIGURES.sub(" ", AROUND_MARKS.sub(r"\1", _letters(text))).strip()


def _letters(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold().translate(LETTERS)
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(_figure(character) for character in apart if not unicodedata.combining(character))
    return bare.translate(LETTERS)


def _figure(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
