"""Finding the name of a month among words, also a misspelt one."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from conversations.answers.calendar_words import MONTHS

SHORTEST_MISSPELT = 5  # letters; «mai» and «mars», «juin» and «juil» are too near each other
LONG = 8  # letters; from here two slips are forgiven
ATTACHED = re.compile(r"(\d{1,2})?([^\W\d_]+)(\d{4}|\d{2})?")
NOT_MISSPELT = frozenset(("marche", "marchi", "mardi", "marie", "avant", "aout"))  # near a month, and words


def month_in(words: Sequence[str]) -> tuple[list[str], int, list[str]] | None:
    """The words before the only month named, its number, the words behind it; None if there is not just one.

    >>> month_in("le 3 mars 2025".split()), month_in(["3mars"]), month_in("3 كانون الثاني".split())
    ((['le', '3'], 3, ['2025']), (['3'], 3, []), (['3'], 1, []))
    >>> month_in(["decembr"]), month_in("de mars a avril".split())
    (([], 12, []), None)
    """
    loose = list(_loosened(words))
    found = []
    place = 0
    while place < len(loose):
        pair = MONTHS.get(" ".join(loose[place : place + 2])) if place + 1 < len(loose) else None
        month = pair or named_month(loose[place])
        if month:
            found.append((loose[:place], month, loose[place + (2 if pair else 1) :]))
        place += 2 if pair else 1
    return found[0] if len(found) == 1 else None


def _loosened(words: Sequence[str]) -> list[str]:
    """Figures written in one word with a month, apart."""
    loose: list[str] = []
    for word in words:
        parts = ATTACHED.fullmatch(word)
        if parts and (parts[1] or parts[3]) and named_month(parts[2]):
            loose += [part for part in parts.groups() if part]
        else:
            loose.append(word)
    return loose


@lru_cache(maxsize=512)
def named_month(word: str) -> int | None:
    """The month that a folded word names, exactly or nearly: its first letter must be right."""
    if word in MONTHS:
        return MONTHS[word]
    bare = word.removeprefix("l") if word.removeprefix("l") in MONTHS and len(word) > 4 else word
    if bare in MONTHS:
        return MONTHS[bare]
    if len(word) < SHORTEST_MISSPELT or word in NOT_MISSPELT or not word.isalpha():
        return None
    slips = 2 if len(word) >= LONG else 1
    near = {
        number
        for name, number in MONTHS.items()
        if name[0] == word[0]
        and len(name) >= SHORTEST_MISSPELT
        and OSA.distance(word, name, score_cutoff=slips) <= slips
    }
    return near.pop() if len(near) == 1 else None
