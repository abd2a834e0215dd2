"""Answers with a second thought in them: «15 non pardon 16», «5 ou 6», «environ 20»."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from conversations.answers.fold import fold
from conversations.answers.fractions import ALONE as PARTS
from conversations.answers.none_counted import PEOPLE
from conversations.answers.refusal import Ambiguous
from conversations.answers.second_words import (
    AND,
    BACK,
    BETWEEN,
    BUT,
    CORRECTING,
    DENYING,
    EXCUSING,
    FILLING,
    HEDGING,
    MAYBE,
    NEARLY,
    NEITHER,
    NOT,
    OR,
    RATES,
    TAKING_BACK,
    Phrases,
)
from conversations.answers.spelled import is_number_word

T = TypeVar("T")
Reader = Callable[[str], T | Ambiguous[T] | None]
BREAKS = ",;:،؛!?؟…"
PIECE = re.compile(rf"[^\s{BREAKS}]+(?:[,:](?=\d)[^\s{BREAKS}]+)*[{BREAKS}]*")
NEIGHBOURS = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:[.,]\d)?)\s?([-–/])\s?(\d{1,3}(?:[.,]\d)?)(?![\w.,/-])")
MOST_PIECES = 24  # words; a longer message is no answer with a second thought
MOST_READS = 20  # of parts of one message
MOST_PARTS = 3  # answers set apart by «or»
MOST_CHATTER = 6  # words around the answers between which someone wavers
MOST_SHARED = 3  # words that the first of two answers may have from the last: «20 ou 21 mars»


@dataclass(frozen=True, slots=True)
class Piece:
    """A word as written, and as compared."""

    text: str
    word: str


def reread(text: str, read: Reader[T], unclear: Phrases = DENYING) -> T | Ambiguous[T] | None:
    """The answer after the person's second thought, or those between which they waver; None if there is no
    second thought, or none that can be read.

    What is corrected is read as corrected; «a or b» is asked, «about a» is a. Between two
    answers the unclear words may correct or deny: «خمسة لا ستة» is «five, no, six» or «five, not six».

    >>> def number(text: str) -> int | None: return int(text) if text.isdigit() else None
    >>> reread("15, non pardon 16", number), reread("5 ou 6", number), reread("pardon ?", number)
    (16, Ambiguous(readings=(5, 6)), None)
    >>> reread("environ 20", number), reread("désolé, 5", number)
    (20, None)
    """
    pieces = [Piece(piece, fold(piece)) for piece in PIECE.findall(NEIGHBOURS.sub(_apart, text))]
    if not 1 < len(pieces) <= MOST_PIECES:
        return None
    read = _at_most(MOST_READS, read)
    found = _denied_first(pieces, read)
    if found is None:
        found = _corrected(pieces, read, unclear)
    if found is None and len(plain := _without(pieces, FILLING)) < len(pieces):
        pieces = plain
        found = _read(pieces, read) or _denied_first(pieces, read)
        if found is None:
            found = _corrected(pieces, read, unclear)
    if found is None:
        found = _about(pieces, read)
    return _wavering(pieces, read) if found is None else found


def _at_most(times: int, read: Reader[T]) -> Reader[T]:
    """The reader, which reads each text once and after so many reads nothing more: lists may be long."""
    known: dict[str, T | Ambiguous[T] | None] = {}

    def once(text: str) -> T | Ambiguous[T] | None:
        if text not in known:
            known[text] = read(text) if len(known) < times else None
        return known[text]

    return once


def _apart(found: re.Match[str]) -> str:
    """«20-25», «3/4 jours»: two numbers of which one is meant; «10/20» is a mark, «1/2» a half."""
    low, high = (float(number.replace(",", ".")) for number in (found[1], found[3]))
    wavers = low < high if found[2] != "/" else low + 1 == high > 2
    return f"{found[1]} ou {found[3]}" if wavers else found[0]


def _denied_first(pieces: Sequence[Piece], read: Reader[T]) -> T | Ambiguous[T] | None:
    """«pas 4 mais 6», «not 4, 6»."""
    start = next((place for place, piece in enumerate(pieces) if piece.word not in BACK), 0)
    if pieces[start : start + 1] and pieces[start].word not in NOT:
        return None
    for place in range(start + 2, len(pieces)):
        if pieces[place].word in BUT:
            return _read(pieces[place + 1 :], read)
        if pieces[place - 1].text[-1] in BREAKS:
            return _read(pieces[place:], read)
    return None


def _corrected(pieces: Sequence[Piece], read: Reader[T], unclear: Phrases) -> T | Ambiguous[T] | None:
    """What stands behind the last correction. An excuse or a mere «no» takes back only what is an answer."""
    for phrases in (CORRECTING, EXCUSING, TAKING_BACK, unclear):
        if found := _last(pieces, phrases):
            break
    else:
        return None
    start, end = found
    doubtful = end - start in unclear and _said(pieces[start:end]) in unclear[end - start]
    while end < len(pieces) and pieces[end].word in BACK:
        end += 1
    while start and pieces[start - 1].word in BACK:
        start -= 1
    before, behind = pieces[:start], pieces[end:]
    corrected = _read(behind, read)
    if corrected is None:  # «3 mars 2025, non 2024»
        corrected = _read([*before[: -len(behind)], *behind], read) if 0 < len(behind) < len(before) else None
    if phrases is CORRECTING or corrected is None:
        return corrected
    first = _with_the_rest(before, behind, read) if before else None
    if first is None:
        return None
    return _either([first, corrected]) if doubtful else corrected


def _about(pieces: Sequence[Piece], read: Reader[T]) -> T | Ambiguous[T] | None:
    """«environ 20» is 20, and «vers 14h» is 14:00; a day or a rate is to be confirmed."""
    kept = _without(pieces, NEARLY)
    alone = _without(kept, RATES)
    if len(alone) == len(pieces):
        return None
    sure = _without(alone, HEDGING)
    found = _read(sure, read)
    told = len(sure) == len(kept) and isinstance(found, int | Decimal | time)
    return found if found is None or told else _either([found])


def _wavering(pieces: Sequence[Piece], read: Reader[T]) -> Ambiguous[T] | None:
    """The answers set apart by «or», or by «and» where one is asked."""
    alone = _without(_without(pieces, NEARLY), RATES)
    told = _without(alone, BETWEEN)
    if (found := _set_apart(told, OR | MAYBE, read) or _set_apart(told, OR, read)) is not None:
        return found
    sure = _without(alone, HEDGING)
    kept = _without(sure, BETWEEN)
    if len(kept) == len(sure) and all(_is_of_a_number(piece) for piece in kept):  # «عشرون وخمسة» is ill said
        return None
    return _set_apart(_with_and_apart(kept), AND, read)


def _set_apart(pieces: Sequence[Piece], borders: frozenset[str], read: Reader[T]) -> Ambiguous[T] | None:
    """What stands between the border words, each an answer. The first may lack what only the last one says.

    «2 filles et 1 garçon» are three: no part of a sum is offered.
    """
    places = [-1, *(place for place, piece in enumerate(pieces) if piece.word in borders), len(pieces)]
    parts = [part for start, end in pairwise(places) if (part := pieces[start + 1 : end])]
    summed = borders is AND and all(any(piece.word in PEOPLE for piece in part) for part in parts)
    if not 2 <= len(parts) <= MOST_PARTS or summed:
        return None
    if borders is not AND:
        parts = [_readable_end(parts[0], read), *parts[1:-1], _readable_start(parts[-1], read)]
    found = [_with_the_rest(part, parts[-1], read) for part in parts[:-1]] + [_read(parts[-1], read)]
    known = [each for each in found if each is not None]
    return _either(known) if len(known) == len(parts) else None


def _readable_end(part: Sequence[Piece], read: Reader[T]) -> Sequence[Piece]:
    """«ouh la, 3»: what is said in front of the first answer is passed over, unless it denies."""
    denied = (place for place, piece in enumerate(part) if piece.word in NEITHER)
    starts = range(min(len(part), MOST_CHATTER, next(denied, MOST_CHATTER) + 1))
    return next((part[start:] for start in starts if _read(part[start:], read) is not None), part)


def _readable_start(part: Sequence[Piece], read: Reader[T]) -> Sequence[Piece]:
    """«4 selon les semaines»: so is what is said behind the last answer."""
    for start in range(min(len(part), 2)):  # «ou bien 4»
        for end in range(len(part), max(start, len(part) - MOST_CHATTER), -1):
            if _read(part[start:end], read) is not None:
                return part[start:end]
    return part


def _is_of_a_number(piece: Piece) -> bool:
    """Whether it is a figure, or a word that numbers are made of."""
    word = piece.word
    part = word in AND or word in ("a", "un", "une") or word in PARTS or is_number_word(word)
    return (
        part
        or not word.isalpha()
        or (word.startswith("و") and (word[1:] in PARTS or is_number_word(word[1:])))
    )


def _with_and_apart(pieces: Sequence[Piece]) -> list[Piece]:
    """«وبطاقة» in two: Arabic writes its «and» in one word with the next."""
    apart = []
    for piece in pieces:
        attached = piece.text.startswith("و") and len(piece.word) > 2
        apart += [Piece("و", "و"), Piece(piece.text[1:], piece.word[1:])] if attached else [piece]
    return apart


def _with_the_rest(part: Sequence[Piece], last: Sequence[Piece], read: Reader[T]) -> T | Ambiguous[T] | None:
    """The answer, clear by itself or with the last words of the other one: «mars ou avril 2024»."""
    alone = _read(part, read)
    if (alone is not None and not isinstance(alone, Ambiguous)) or not last:
        return alone
    for count in range(1, min(MOST_SHARED, len(last) - 1) + 1):
        whole = _read([*part, *last[len(last) - count :]], read)
        if whole is not None:
            return whole
    return alone


def _read(pieces: Sequence[Piece], read: Reader[T]) -> T | Ambiguous[T] | None:
    return read(" ".join(piece.text for piece in pieces).rstrip(BREAKS + ".")) if pieces else None


def _either(found: Sequence[T | Ambiguous[T]]) -> Ambiguous[T]:
    readings = [one for each in found for one in (each.readings if isinstance(each, Ambiguous) else (each,))]
    return Ambiguous(tuple(dict.fromkeys(readings)))


def _last(pieces: Sequence[Piece], phrases: Phrases) -> tuple[int, int] | None:
    """Where the last of the phrases begins and ends."""
    for end in range(len(pieces), 0, -1):
        for length, ones in phrases.items():
            if length <= end and _said(pieces[end - length : end]) in ones:
                return end - length, end
    return None


def _said(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.word for piece in pieces)


def _without(pieces: Sequence[Piece], phrases: Phrases) -> list[Piece]:
    kept = list(pieces)
    while found := _last(kept, phrases):
        del kept[found[0] : found[1]]
    return kept
