"""Numbers written in words, as people say them; never a word that could be something else as well."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from conversations.answers.number_words import (
    ARABIC,
    ENGLISH,
    FRENCH,
    QUARTER_OR_FOUR,
    TEN_IN_ARABIC,
    UNIT_OF_TEENS,
    darija,
)

JOINS = {"french": {"et"}, "english": {"and"}, "arabic": {"و"}, "darija": {"w", "ou", "u", "o", "wa", "et"}}
ATTACHED = ("ou", "w", "o", "u")  # «and» written in one word with what follows
LARGE = 1000


def spelled(words: Sequence[str]) -> int | None:
    """The number that folded words mean; None if they mean none. Figures may stand before a thousand.

    >>> from conversations.answers.fold import fold
    >>> def read(text): return spelled(fold(text).split())
    >>> read("quatre-vingt-dix-sept"), read("soixante et onze"), read("mille cinq cents"), read("nonante")
    (97, 71, 1500, 90)
    >>> read("twenty-two"), read("nineteen ninety five"), read("اثنان وعشرون"), read("ألف وتسعمائة")
    (22, 1995, 22, 1900)
    >>> read("tnin w 3chrin"), read("khamsin"), read("deux trois"), read("et deux"), read("beaucoup")
    (22, 50, None, None, None)
    """
    return _spelled(tuple(words))


@lru_cache(4096)  # bounded: people write any word
def _known(word: str) -> bool:
    """Whether a word belongs to a number in any language: most messages end here."""
    return (
        word.isdigit()
        or word in FRENCH
        or word in ENGLISH
        or word in ARABIC
        or word in UNIT_OF_TEENS
        or word.startswith("و")
        or word in ("et", "and", "a", *JOINS["darija"])
        or darija(_unattached(word)) is not None
    )


def _spelled(words: tuple[str, ...]) -> int | None:
    if not words or len(words) > 16 or not all(len(word) < 20 and _known(word) for word in words):
        return None
    if len(words) == 1 and QUARTER_OR_FOUR.fullmatch(words[0]):
        return None
    found = {
        _european(words, FRENCH, JOINS["french"]),
        _years(words) or _european(_without_article(words), ENGLISH, JOINS["english"]),
        _semitic(_arabic_values(words)),
        _semitic(_darija_values(words)),
    } - {None}
    return found.pop() if len(found) == 1 else None


def is_number_word(word: str) -> bool:
    """Whether a folded word alone is a number in words."""
    return spelled((word,)) is not None and not word.isdigit()


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    """«a hundred» is one hundred."""
    if len(words) > 1 and words[0] == "a" and ENGLISH.get(words[1], 0) >= 100:
        return words[1:]
    return words


def _years(words: tuple[str, ...]) -> int | None:
    """«nineteen ninety-five», «twenty twenty-five»."""
    if len(words) < 2 or words[0] not in ("nineteen", "twenty"):
        return None
    rest = _european(words[1:], ENGLISH, JOINS["english"])
    least = 10 if ENGLISH[words[0]] == 19 or ENGLISH.get(words[1], 0) >= 10 else 100
    return ENGLISH[words[0]] * 100 + rest if rest is not None and least <= rest <= 99 else None


def _european(words: Sequence[str], table: Mapping[str, int], joins: set[str]) -> int | None:
    """Hundreds, tens, units in that order; in French also sixty-ten and four-twenty."""
    total, group, before, highest = 0, 0, -1, LARGE**3
    for place, word in enumerate(words):
        if word in joins:
            if before <= 0 or place == len(words) - 1 or words[place - 1] in joins:
                return None
            continue
        if word.isdigit():
            if place or len(words) < 2 or len(word) > 3:
                return None
            group = before = int(word)
            if table.get(words[1], 0) < LARGE:
                return None
            continue
        value = table.get(word)
        if value is None:
            return None
        if value == 0 or before == 0:
            return 0 if len(words) == 1 else None
        if value >= LARGE:
            if value >= highest or before >= LARGE:
                return None
            total, group, highest = total + (group or 1) * value, 0, value
        elif value == 100:
            if group > 19 or (place and words[place - 1] in joins):
                return None
            group = (group or 1) * 100
        else:
            added = _fitted(group, value, before)
            if added is None:
                return None
            group = added
        before = value
    return total + group if before >= 0 else None


def _fitted(group: int, value: int, before: int) -> int | None:
    """The group with a number under a hundred behind it; None where it does not fit."""
    free = group % 100
    if value == 20 and before == 4 and free == 4:
        return group + 76  # four twenties
    if free == 0:
        return group + value
    if before == 10 and value in (7, 8, 9):
        return group + value
    if free in (60, 80) and 10 <= value <= 19:
        return group + value
    if free >= 20 and free % 10 == 0 and 1 <= value <= 9:
        return group + value
    return None


def _arabic_values(words: Sequence[str]) -> list[int] | None:
    """Values with -1 for «and», apart or attached; eleven to nineteen are put together."""
    values: list[int] = []
    for word in words:
        value = int(word) if word.isdigit() and len(word) < 4 else ARABIC.get(word)
        if word in TEN_IN_ARABIC and values and 1 <= values[-1] <= 9:
            values[-1] += 10
            continue
        if value is None:
            value = UNIT_OF_TEENS.get(word)
        if value is not None:
            values.append(value)
        elif word == "و":
            values.append(-1)
        elif (
            word.startswith("و") and (value := ARABIC.get(word[1:], UNIT_OF_TEENS.get(word[1:]))) is not None
        ):
            values += [-1, value]
        else:
            return None
    lone_teens = any(word in UNIT_OF_TEENS for word in words) and not any(
        word in TEN_IN_ARABIC for word in words
    )
    return None if lone_teens else values


def _darija_values(words: Sequence[str]) -> list[int] | None:
    values: list[int] = []
    for word in words:
        value = int(word) if word.isdigit() and len(word) < 4 else darija(word)
        if value is not None:
            values.append(value)
        elif word in JOINS["darija"]:
            values.append(-1)
        elif (value := darija(_unattached(word))) is not None:
            values += [-1, value]
        else:
            return None
    return values


def _unattached(word: str) -> str:
    for join in ATTACHED:
        if word.startswith(join) and len(word) > len(join) + 2 and darija(word[len(join) :]) is not None:
            return word[len(join) :]
    return word


def _semitic(values: list[int] | None) -> int | None:
    """Parts joined by «and»: thousands, hundreds, then the unit before the ten."""
    if not values or values[0] == -1 or values[-1] == -1:
        return None
    if values == [0]:
        return 0
    parts: list[list[int]] = [[]]
    for value in values:
        if value == -1:
            parts.append([])
        else:
            parts[-1].append(value)
    total, group = 0, 0
    for part in parts:
        *counted, last = part or [0]
        large = last if last >= LARGE else 1
        amount = _product(counted or [1] if large > 1 else part)
        joined = (group or 1) if large > 1 and not counted else _joined(group, amount or 0)
        if (
            not value
            or not joined
            or 0 in part
            or (counted and large == 2 * LARGE)
            or (total and total % (large * LARGE))
        ):
            return None
        total, group = (total + joined * large, 0) if large > 1 else (total, joined)
    return total + group


def _product(part: list[int]) -> int | None:
    """A number, or a unit before a hundred."""
    if len(part) == 1:
        return part[0]
    if len(part) == 2 and part[1] == 100 and 3 <= part[0] <= 9:
        return part[0] * 100
    return None


def _joined(group: int, value: int) -> int | None:
    """The group with the next part; a ten may follow its unit, everything else descends."""
    if group == 0:
        return value
    if value >= 100:
        return None
    free = group % 100
    if free == 0:
        return group + value
    if 1 <= free <= 9 and value in range(20, 100, 10):
        return group + value
    return None
