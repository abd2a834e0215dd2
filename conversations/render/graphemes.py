"""What a reader sees as one character: a letter with its marks, an emoji with its skin tone and joiners."""

import unicodedata
from collections.abc import Iterator

JOINER = "\u200d"  # glues emoji into one: 👩 + 🔧 = 👩‍🔧
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)  # two of them make one flag
TAGS = range(0xE0020, 0xE0080)  # spell the flag of a region


def graphemes(text: str) -> Iterator[str]:
    """The text cut into what a reader sees as single characters (a working subset of Unicode's UAX 29).

    >>> list(graphemes("né 👩🏽‍🔧🇲🇦"))
    ['n', 'é', ' ', '👩🏽\u200d🔧', '🇲🇦']
    """
    start = 0
    for here in range(1, len(text)):
        if not _continues(text, start, here):
            yield text[start:here]
            start = here
    if text:
        yield text[start:]


def _continues(text: str, start: int, here: int) -> bool:
    """Whether the character at `here` belongs to the grapheme that began at `start`."""
    before, character = text[here - 1], text[here]
    if character == JOINER:
        return True
    if before == JOINER and unicodedata.category(character) == "So":
        return True
    if before == "\r" and character == "\n":
        return True
    if unicodedata.category(character) in {"Mn", "Me", "Mc"}:
        return True
    code = ord(character)
    if code in SKIN_TONES or code in TAGS:
        return True
    return code in FLAG_LETTERS and here == start + 1 and ord(before) in FLAG_LETTERS
