"""Answers with a second thought in them: «15 non pardon 16», «5 ou 6», «environ 20»."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from conversations.answers.fold import fold
from conversations.answers.refusal import Ambiguous
from conversations.answers.second_words import (
    ABOUT,
    BACK,
    CORRECTING,
    DENYING,
    EXCUSING,
    HEDGING,
    OR,
    TAKING_BACK,
    Phrases,
)

T = TypeVar("T")
Reader = Callable[[str], T | Ambiguous[T] | None]
BREAKS = ",;:،؛!?؟…"
PIECE = re.compile(rf"[^\s{BREAKS}]+(?:[,:](?=\d)[^\s{BREAKS}]+)*[{BREAKS}]*")
MOST_PIECES = 24  # words; a longer message is no answer with a second thought
MOST_PARTS = 3  # answers set apart by «or»
MOST_SHARED = 3  # words that the first of two answers may have from the last: «20 ou 21 mars»


@dataclass(frozen=True, slots=True)
class Piece:
    """A word as written, and as compared."""

    text: str
    word: str


def reread(text: str, read: Reader[T], unclear: Phrases = DENYING) -> T | Ambiguous[T] | None:
    """The answer after the person's second thought, or those between which they waver; None if there is no
    second thought, or none that can be read.

    What is corrected is read as corrected; «a or b» is asked, and «about a» is to be confirmed. Between two
    answers the unclear words may correct or deny: «خمسة لا ستة» is «five, no, six» or «five, not six».

    >>> def number(text: str) -> int | None: return int(text) if text.isdigit() else None
    >>> reread("15, non pardon 16", number), reread("5 ou 6", number), reread("pardon ?", number)
    (16, Ambiguous(readings=(5, 6)), None)
    >>> reread("environ 20", number), reread("désolé, 5", number)
    (Ambiguous(readings=(20,)), None)
    """
    pieces = [Piece(piece, fold(piece)) for piece in PIECE.findall(text)]
    if not 1 < len(pieces) <= MOST_PIECES:
        return None
    found = _corrected(pieces, read, unclear)
    if found is None:
        found = _about(pieces, read)
    return _wavering(pieces, read) if found is None else found


def _corrected(pieces: Sequence[Piece], read: Reader[T], unclear: Phrases) -> T | Ambiguous[T] | None:
    """What stands behind the last correction. An excuse or a mere «no» takes back only what is an answer."""
    for phrases in (CORRECTING, EXCUSING, unclear, TAKING_BACK):
        if found := _last(pieces, phrases):
            break
    else:
        return None
    start, end = found
    while end < len(pieces) and pieces[end].word in BACK:
        end += 1
    while start and pieces[start - 1].word in BACK:
        start -= 1
    corrected = _read(pieces[end:], read)
    if phrases is CORRECTING or corrected is None:
        return corrected
    first = _read(pieces[:start], read)
    if first is None:
        return None
    return _either([first, corrected]) if phrases is unclear else corrected


def _about(pieces: Sequence[Piece], read: Reader[T]) -> Ambiguous[T] | None:
    """«environ 20», with its word taken away, to be confirmed."""
    kept = _without(pieces, ABOUT)
    found = _read(kept, read) if len(kept) < len(pieces) else None
    return None if found is None else _either([found])


def _wavering(pieces: Sequence[Piece], read: Reader[T]) -> Ambiguous[T] | None:
    """The answers set apart by «or». The first may lack what only the last one says."""
    kept = _without(_without(pieces, ABOUT), HEDGING)
    borders = [-1, *(place for place, piece in enumerate(kept) if piece.word in OR), len(kept)]
    parts = [part for start, end in pairwise(borders) if (part := kept[start + 1 : end])]
    if not 2 <= len(parts) <= MOST_PARTS:
        return None
    found = [_with_the_rest(part, parts[-1], read) for part in parts[:-1]] + [_read(parts[-1], read)]
    known = [each for each in found if each is not None]
    return _either(known) if len(known) == len(parts) else None


def _with_the_rest(part: Sequence[Piece], last: Sequence[Piece], read: Reader[T]) -> T | Ambiguous[T] | None:
    """The answer, clear by itself or with the last words of the other one: «mars ou avril 2024»."""
    alone = _read(part, read)
    if alone is not None and not isinstance(alone, Ambiguous):
        return alone
    for count in range(1, min(MOST_SHARED, len(last) - 1) + 1):
        whole = _read([*part, *last[len(last) - count :]], read)
        if whole is not None:
            return whole
    return alone


def _read(pieces: Sequence[Piece], read: Reader[T]) -> T | Ambiguous[T] | None:
    return read(" ".join(piece.text for piece in pieces).rstrip(BREAKS)) if pieces else None


def _either(found: Sequence[T | Ambiguous[T]]) -> Ambiguous[T]:
    readings = [one for each in found for one in (each.readings if isinstance(each, Ambiguous) else (each,))]
    return Ambiguous(tuple(dict.fromkeys(readings)))


def _last(pieces: Sequence[Piece], phrases: Phrases) -> tuple[int, int] | None:
    """Where the last of the phrases begins and ends."""
    for end in range(len(pieces), 0, -1):
        for length, ones in phrases.items():
            if length <= end and " ".join(piece.word for piece in pieces[end - length : end]) in ones:
                return end - length, end
    return None


def _without(pieces: Sequence[Piece], phrases: Phrases) -> list[Piece]:
    kept = list(pieces)
    while found := _last(kept, phrases):
        del kept[found[0] : found[1]]
    return kept
