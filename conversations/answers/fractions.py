"""Halves, quarters and decimals in words: «deux et demi», «½», «two point five», «ثلاثة ونصف»."""

import re
from collections.abc import Sequence
from decimal import Decimal

from conversations.answers.calendar_words import ONE_OF, TWO
from conversations.answers.fold import fold
from conversations.answers.framing import framed
from conversations.answers.number_words import MINUS
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
    "w nes",
    "o noss",
    "o nos",
    "o nes",
    "ou noss",
    "ou nes",
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
                "nes",
                "ness",
            ),
        ),
        ("0.25", ("un quart", "a quarter", "quarter", "one quarter", "ربع")),
        ("0.75", ("trois quarts", "three quarters", "ثلاثة أرباع")),
    )
    for words in names
}
SIGNS = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
WITH_SIGN = re.compile(r"(\d{1,6})? ?([½¼¾])", re.ASCII)
WRITTEN = re.compile(r"(?:(\d{1,6}) (?:and |et )?)?([13])/([24])", re.ASCII)
POINTS = tuple(map(fold, ("virgule", "vergule", "point", "فاصلة", "فاصل", "fasila", "fassila", "fasla")))
ONE_WITH = ONE_OF | frozenset(map(fold, ("ساعة", "sa3a", "saa")))  # «ساعة ونصف» is one and a half
TWO_WITH = frozenset(TWO) | frozenset(map(fold, ("ساعتين", "ساعتان", "sa3tayn", "sa3tin")))
MILLION = 1_000_000
NOTHING = ("oh", "o")  # «three point oh five»


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
    if part := ALONE.get(said) or ALONE.get(" ".join(framed(said.split()))):
        return part
    words = said.split()
    if words[:1] and words[0] in MINUS:
        below = _in_words(words[1:])
        return None if below is None else -below
    return _in_words(words)


def _in_words(words: list[str]) -> Decimal | None:
    kept = framed(words)
    return _with_part(kept) or _by_point(kept) or _with_part(words)


def _with_part(words: Sequence[str]) -> Decimal | None:
    """A whole number, maybe what is counted, and its part: «deux ans et demi», «ساعة ونصف».

    «un million et demi» is half a million more; behind a thousand it is not clear what the half is of.
    """
    for length in (3, 2, 1):
        part = BEHIND.get(tuple(words[-length:])) if len(words) > length else None
        if part is None:
            continue
        counted = framed(list(words[:-length]))
        whole = _whole(counted)
        if whole is None or whole % 1000 or not whole:
            return None if whole is None else whole + Decimal(part)
        return whole + Decimal(part) * MILLION if whole % MILLION == 0 else None
    return None


def _whole(words: Sequence[str]) -> int | None:
    if len(words) == 1 and words[0] in ONE_WITH | TWO_WITH:
        return 1 if words[0] in ONE_WITH else 2
    return spelled(words)


def _by_point(words: Sequence[str]) -> Decimal | None:
    """«deux virgule cinq», «point five», «three point one four»."""
    for point in POINTS:
        if point not in words:
            continue
        border = list(words).index(point)
        whole = spelled(words[:border]) if border else 0
        part = _behind_the_point(words[border + 1 :])
        if whole is not None and part:
            return Decimal(f"{whole}.{part}")
    return None


def _behind_the_point(words: Sequence[str]) -> str:
    """The figures in words, one by one or as a number under a hundred, maybe behind zeros; else empty."""
    figures = [0 if word in NOTHING else spelled([word]) for word in words]
    single = [str(figure) for figure in figures if figure is not None and figure < 10]
    if len(single) == len(words):
        return "".join(single)
    zeros = next((place for place, figure in enumerate(figures) if figure != 0), len(words))
    number = spelled(words[zeros:])
    return "0" * zeros + str(number) if number is not None and number < 100 else ""
