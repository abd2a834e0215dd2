"""Halves, quarters and decimals in words: «deux et demi», «½», «two point five», «ثلاثة ونصف»."""

import re
from collections.abc import Sequence
from decimal import Decimal

from conversations.answers.fold import fold
from conversations.answers.framing import framed
from conversations.answers.spelled import spelled

HALF = (
    "et demi",
    "et demie",
    "and a half",
    "ونصف",
    "ونص",
    "و نصف",
    "و نص",
    "w noss",
    "w nos",
    "w ns",
    "w nss",
    "w ness",
    "ou noss",
)
QUARTER = ("et quart", "et un quart", "and a quarter", "وربع", "و ربع", "w rbe3", "w rba3")
THREE_QUARTERS = ("et trois quarts", "and three quarters", "وثلاثة أرباع")
BEHIND = {
    tuple(fold(words).split()): part
    for part, endings in (("0.5", HALF), ("0.25", QUARTER), ("0.75", THREE_QUARTERS))
    for words in endings
}
ALONE = {
    fold(words): Decimal(part)
    for part, names in (
        (
            "0.5",
            (
                "un demi",
                "demi",
                "une demie",
                "la moitié",
                "half",
                "a half",
                "one half",
                "نصف",
                "نص",
                "noss",
                "nss",
            ),
        ),
        ("0.25", ("un quart", "a quarter", "quarter", "one quarter", "ربع")),
        ("0.75", ("trois quarts", "three quarters", "ثلاثة أرباع")),
    )
    for words in names
}
SIGNS = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
WITH_SIGN = re.compile(r"(\d{1,6})? ?([½¼¾])", re.ASCII)
WRITTEN = re.compile(r"(?:(\d{1,6}) )?([13])/([24])", re.ASCII)
POINTS = ("virgule", "point", "فاصله")


def read_fraction(text: str) -> Decimal | None:
    """The number with its part; None if there is no part in words or by a fraction's sign.

    >>> [str(read_fraction(text)) for text in ("deux et demi", "2 ½", "1/2", "two point five", "demi", "2.5")]
    ['2.5', '2.5', '0.5', '2.5', '0.5', 'None']
    """
    if found := WITH_SIGN.fullmatch(text):
        return Decimal(found[1] or 0) + Decimal(SIGNS[found[2]])
    if found := WRITTEN.fullmatch(text):
        if (found[2], found[3]) == ("3", "2"):
            return None
        return Decimal(found[1] or 0) + Decimal(found[2]) / Decimal(found[3])
    said = fold(text)
    words = framed(said.split())
    if part := ALONE.get(said) or ALONE.get(" ".join(words)):
        return part
    return _with_part(words) or _by_point(words) or _with_part(said.split())


def _with_part(words: Sequence[str]) -> Decimal | None:
    """A whole number, maybe what is counted, and its part: «deux ans et demi»."""
    for length in (3, 2, 1):
        part = BEHIND.get(tuple(words[-length:]))
        whole = spelled(framed(list(words[:-length]))) if part and len(words) > length else None
        if part and whole is not None:
            return whole + Decimal(part)
    return None


def _by_point(words: Sequence[str]) -> Decimal | None:
    """«deux virgule cinq»; the figures behind the point are one word or a number under a hundred."""
    for point in POINTS:
        if point not in words:
            continue
        border = list(words).index(point)
        whole, part = spelled(words[:border]), spelled(words[border + 1 :])
        if whole is not None and part is not None and part < 100:
            return Decimal(f"{whole}.{part}")
    return None
