"""Phone numbers as people write them, to the international form."""

import re
import unicodedata

from conversations.answers.clean import clean

COUNTRY = "+212"  # of a number that begins with a single zero: Morocco
SHAPE = re.compile(r"\+?\d{8,15}")  # E.164: at most 15 digits
APART = re.compile(r"[\s().\-–/]+")


def read_phone(text: str) -> str | None:
    """The number in its international form; None for what is none.

    Never refused because a list of numbers does not know it: lists are behind the networks.

    >>> read_phone("06 00 00 00 01"), read_phone("٠٦٠٠٠٠٠٠٠١"), read_phone("00212 6-00000001")
    ('+212600000001', '+212600000001', '+212600000001')
    >>> read_phone("+221 77 000 00 00"), read_phone("12"), read_phone("bonjour")
    ('+221770000000', None, None)
    """
    number = _bare(text)
    if number.startswith("00"):
        number = "+" + number[2:]
    elif number.startswith("0"):
        number = COUNTRY + number[1:]
    if not SHAPE.fullmatch(number):
        return None
    return number if number.startswith("+") else f"+{number}"


def digits(text: str) -> str:
    """The figures of a message that is nothing but figures, as 0–9; empty for any other.

    >>> digits("12 34-56"), digits("١٢٣٤٥٦"), digits("code 123456")
    ('123456', '123456', '')
    """
    bare = _bare(text)
    return bare if bare.isdecimal() else ""


def _bare(text: str) -> str:
    """The message without what only sets figures apart, in 0–9."""
    figures = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in clean(text)[:60])
    return APART.sub("", "".join(figures))
