"""The nearest known word: what a misspelled one was probably meant to be."""

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

SHORT = 4  # letters; up to here one slip already makes another word


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that differs by a slip or two; None where none is near enough to suggest.

    >>> nearest("relevent", ["relevant", "required"]), nearest("notes", ["name", "type"])
    ('relevant', None)
    >>> nearest("Select-one", ["select_one"])
    'select_one'
    """
    folded = _fold(word)
    if len(folded) < SHORT:
        return None
    best, least = None, 2 if len(folded) > SHORT + 1 else 1
    for candidate in known:
        distance = DamerauLevenshtein.distance(folded, _fold(candidate), score_cutoff=least)
        if distance <= least and len(candidate) >= SHORT and (best is None or distance < least):
            best, least = candidate, distance
    return best


def _fold(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
