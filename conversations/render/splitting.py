"""Long text into pieces at paragraph, sentence or word borders, never inside a grapheme."""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate, takewhile

from conversations.render.graphemes import graphemes

# From the best place to cut to the worst that is still a border.
BORDERS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?؟…])\s+"), re.compile(r"\s+"))


def utf16_units(text: str) -> int:
    """The length as Telegram counts it: characters beyond U+FFFF count twice.

    >>> utf16_units("é"), utf16_units("👋")
    (1, 2)
    """
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, limit: int, measure: Callable[[str], int] = utf16_units) -> Iterator[str]:
    """The text in pieces of at most `limit` by `measure` (which adds up over parts of a text).

    >>> list(split("One two. Three four.", 12))
    ['One two.', 'Three four.']
    """
    text = text.strip()
    while measure(text) > limit:
        end = _last_fit(text, limit, measure)
        cut = _border(text, end)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _last_fit(text: str, limit: int, measure: Callable[[str], int]) -> int:
    """Where the longest run of whole graphemes within the limit ends; one that is too long is cut."""
    end = used = 0
    for grapheme in graphemes(text):
        used += measure(grapheme)
        if used > limit:
            break
        end += len(grapheme)
    if end:
        return end
    fitting = takewhile(lambda size: size <= limit, accumulate(map(measure, text)))
    return max(sum(1 for _ in fitting), 1)


def _border(text: str, end: int) -> int:
    """The best border in the second half of what fits; where there is none, the end itself."""
    for border in BORDERS:
        places = [
            match.start() for match in border.finditer(text, end // 2, end + 1) if 0 < match.start() <= end
        ]
        if places:
            return places[-1]
    return end
