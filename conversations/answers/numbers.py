"""Whole and decimal numbers in digits of any script; never a word that only looks like a number."""

import re
import unicodedata
from decimal import Decimal

from conversations.answers.clean import clean
from conversations.answers.fold import fold
from conversations.answers.words import LIMITING
from conversations.vocabulary import Language

LONGEST = 18  # digits; more is no answer to any question of ours and outgrows a 64-bit column
SIGNS = str.maketrans({"−": "-", "–": "-", "،": ",", "’": "'", "\u00a0": " ", "\u202f": " "})
UNITS = re.compile(
    r"\s*(ans?|années?|years?|yrs?|mois|months?|jours?|days?|dh|dhs|mad|dirhams?|personnes?|people|fois|"
    r"سنوات|سنة|عام|أعوام|عاما|سنين|شهر|أشهر|شهور|يوم|أيام|درهم|دراهم|%)\.?$",
    re.IGNORECASE,
)
DARIJA_LETTERS = frozenset("235789")
GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:([ .,'٬])\d{3})(?:\1\d{3})*", re.ASCII)
PLAIN = re.compile(r"-?\d+", re.ASCII)
FRACTION = re.compile(
    r"(?P<whole>-?(?:\d{1,3}(?:(?P<group>[ .,'٬])\d{3})+|\d+))(?P<point>[.,٫])(?P<part>\d+)", re.ASCII
)
# One mark before exactly three digits: a thousand here, a decimal there.
ONE_MARK = re.compile(r"-?[1-9]\d{0,2}(?P<mark>[.,])\d{3}", re.ASCII)
READ_AS = {
    (Language.FRENCH, ","): ".",
    (Language.ENGLISH, ","): "",
    (Language.ENGLISH, "."): ".",
}


def figures(text: str) -> str:
    """The text with the digits of any script written 0–9.

    >>> figures("٢٠٢٥"), figures("۵ ans"), figures("lOO")
    ('2025', '5 ans', 'lOO')
    """
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text
    )


def _bare(text: str) -> str:
    """The figures alone: signs made plain, a unit behind them left out."""
    return UNITS.sub("", figures(clean(text)).translate(SIGNS)).removeprefix("+").strip()


def read_integer(text: str) -> int | None:
    """A whole number; thousands may be set apart in threes, words may stand around it.

    None if it is not clearly one: two numbers, a limit («moins de 3»), letters for figures.

    >>> [read_integer(text) for text in ("١٢", "1 000 000", "1,234", "-3", "56 ans", "né en 1995")]
    [12, 1000000, 1234, -3, 56, 1995]
    >>> [read_integer(text) for text in ("lOO", "12,5", "3 4", "moins de 3", "3 ou 4", "3afak")]
    [None, None, None, None, None, None]
    """
    bare = _bare(text)
    if not (PLAIN.fullmatch(bare) or GROUPED.fullmatch(bare)):
        bare = _among_words(bare)
    digits = re.sub(r"[^\d-]", "", bare)
    return int(digits) if digits and len(digits) <= LONGEST else None


def _among_words(text: str) -> str:
    """The only number among words; empty if there is none, or the words may limit it."""
    tokens = [token.strip(".,;:!?؟،") for token in text.split()]
    numbers = [token for token in tokens if PLAIN.fullmatch(token)]
    words = [token for token in tokens if token not in numbers]
    if len(numbers) != 1 or not all(_is_word(word) for word in words):
        return ""
    return "" if LIMITING.intersection(fold(" ".join(words)).split(" ")) else numbers[0]


def _is_word(token: str) -> bool:
    """Letters only; Darija in Latin script also writes sounds as figures: «3andi»."""
    digits = [character for character in token if character.isdigit()]
    letters = sum(character.isalpha() for character in token)
    return not digits or (letters >= 3 and len(digits) <= 2 and set(digits) <= DARIJA_LETTERS)


def read_decimal(text: str, language: Language) -> Decimal | None:
    """A number with or without decimals. None if it is not clearly one.

    One separator before exactly three digits is read as the language writes it: `1,234` is a decimal in
    French and a thousand in English. Where habits differ (`1.234` outside English, `1,234` in Arabic) the
    person is asked again.

    >>> read_decimal("2,5", Language.FRENCH), read_decimal("٢٫٥", Language.ARABIC)
    (Decimal('2.5'), Decimal('2.5'))
    >>> read_decimal("1 234,50", Language.FRENCH), read_decimal("1,234", Language.ENGLISH)
    (Decimal('1234.50'), Decimal('1234'))
    >>> read_decimal("1.234", Language.FRENCH) is None
    True
    """
    bare = _bare(text)
    if len(bare) > LONGEST:
        return None
    if one := ONE_MARK.fullmatch(bare):
        point = READ_AS.get((language, one["mark"]))
        return None if point is None else Decimal(bare.replace(one["mark"], point))
    if PLAIN.fullmatch(bare) or GROUPED.fullmatch(bare):
        return Decimal(re.sub(r"[^\d-]", "", bare))
    parts = FRACTION.fullmatch(bare)
    if parts is None or parts["group"] == parts["point"]:
        return None
    return Decimal(re.sub(r"[^\d-]", "", parts["whole"]) + "." + parts["part"])
