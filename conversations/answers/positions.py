"""Choices by their place in the list: a number, an ordinal, a letter, a range, all of them."""

import re

from conversations.answers.choice_words import (
    ALL,
    ALL_OF,
    FIRST_FEW,
    LAST_FEW,
    LAST_ONE,
    LETTERS_IN_ARABIC,
    NUMBERED,
    ONE,
    ORDINALS,
)
from conversations.answers.clean import clean
from conversations.answers.fold import fold
from conversations.answers.numbers import figures
from conversations.answers.spelled import spelled

SEVERAL = "les"  # «les deux» and «les 2» are both, not the second
THE = "the"  # so is «the two», but not «the 2»
ONLY = frozenset(("only", "just", "seulement", "juste", "uniquement", "فقط", "ghi", "que"))
BEHIND = ONE | ONLY | {"svp", "stp", "merci", "please", "pls", "plz", "bo7do", "bark"}  # «2 svp»
NEGATIVE = re.compile(r"[-−–]\s?\d")  # «-1» is no number of a list
NOT_A_PLACE = re.compile(r"\d[.,:/]\d|\d\s?[-–−]\s?\d|[%½¼¾]|\d\s+\d")
FROM_TO = re.compile(
    r"(?:de |du |from |من )?(?:la |le )?(\d{1,2}) ?(?:à|a|au|jusqu'à|to|through|till|until|إلى|الى"
    r"|حتى|حتا|7ta l) ?(?:la |le )?(\d{1,2})",
    re.IGNORECASE,
)
DASHED = re.compile(r"(\d{1,2})\s?[-–−]\s?(\d{1,2})")
LETTER = re.compile(r"[(\[]?([A-Za-z]|[اأبجد])[)\].:]?")
MOST_LETTERS = 10


def place_named(text: str) -> int | None:
    """The place in a list that a text names, counted from one; 0 or more than there are is for the caller to
    refuse; -1 is the last one. None if it names no place.

    >>> [place_named(text) for text in ("٢", "la 3", "le deuxième", "2️⃣", "deux", "the last one", "-1", "1-3")]
    [2, 3, 2, 2, 2, -1, None, None]
    """
    said = figures(clean(text))
    if NEGATIVE.match(said) or NOT_A_PLACE.search(said):
        return None
    words = fold(said).split()
    if words[:1] == [SEVERAL]:
        return None
    several = words[:1] == [THE]
    while len(words) > 1 and (words[0] in NUMBERED or words[0] in ONE or words[0] in ONLY):
        words = words[1:]
    while len(words) > 1 and words[-1] in BEHIND:
        words = words[:-1]
    if len(words) == 1 and words[0] in LAST_ONE:
        return -1
    if len(words) == 1 and words[0] in ORDINALS:
        return ORDINALS[words[0]]
    if len(words) == 1 and words[0].isdigit():
        return int(words[0]) if len(words[0]) <= 3 else 0
    return None if several else spelled(words)


def letter_named(text: str) -> int | None:
    """The place of a choice named by a letter alone, counted from zero.

    >>> letter_named("B"), letter_named("c)"), letter_named("ب"), letter_named("ab")
    (1, 2, 1, None)
    """
    words = clean(text).split()
    if len(words) == 2 and fold(words[0]) in NUMBERED:
        words = words[1:]
    found = LETTER.fullmatch(words[0]) if len(words) == 1 else None
    if found is None:
        return None
    letter = fold(found[1])
    if letter in LETTERS_IN_ARABIC:
        return LETTERS_IN_ARABIC.index(letter)
    return ord(letter) - ord("a") if ord(letter) - ord("a") < MOST_LETTERS else None


def places_named(text: str, count: int) -> list[tuple[int, ...]]:
    """The sets of places, counted from zero, that a phrase can mean in a list so long; mostly none or one.

    >>> places_named("tous", 3), places_named("de 1 à 3", 4), places_named("1-3", 4), places_named("1-2", 4)
    ([(0, 1, 2)], [(0, 1, 2)], [(0, 1, 2), (0, 2)], [(0, 1)])
    >>> places_named("les deux premiers", 4), places_named("les deux", 4), places_named("3-1", 4)
    ([(0, 1)], [], [])
    """
    said = fold(text)
    if count and (said in ALL or ALL_OF.get(said) == count):
        return [tuple(range(count))]
    if (few := FIRST_FEW.get(said, count + 1)) <= count:
        return [tuple(range(few))]
    if (few := LAST_FEW.get(said, count + 1)) <= count:
        return [tuple(range(count - few, count))]
    plain = figures(clean(text))
    if found := FROM_TO.fullmatch(plain):
        return _between(int(found[1]), int(found[2]), count)
    if found := DASHED.fullmatch(plain):
        first, last = int(found[1]), int(found[2])
        ranges = _between(first, last, count)
        return list(dict.fromkeys([*ranges, *((first - 1, last - 1) for _ in ranges)]))
    return []


def _between(first: int, last: int, count: int) -> list[tuple[int, ...]]:
    return [tuple(range(first - 1, last))] if 1 <= first < last <= count else []
