"""All choices but some, and some but not others: «tout sauf le stage», «كلهم غير 2», «1 et pas 3»."""

import re

from conversations.answers.choice_words import ALL
from conversations.answers.clean import clean
from conversations.answers.fold import fold

BUT = frozenset(
    map(
        fold,
        (
            "sauf", "sauf que", "excepté", "exepté", "hormis", "à part", "mis à part", "mais pas",
            "sans", "moins",
            "except", "except for", "exept", "but", "but not", "apart from", "besides", "without", "minus",
            "ما عدا", "ماعدا", "عدا", "فيما عدا", "إلا", "باستثناء", "من غير", "غير", "بدون", "بلا", "سوى",
            "ولكن ليس", "من دون",
            "ghir", "men ghir", "mn ghir", "min ghir", "mngheer", "bla", "ila", "illa", "mais machi",
            "walakin machi",            "machi", "ماشي",
        ),
    )
)  # fmt: skip
ANYTHING = frozenset(("anything", "any", "n importe lequel", "n importe quoi"))  # but one, not by themselves
DENIED_AGAIN = frozenset(map(fold, ("لا", "la", "lla", "non", "no")))  # «كلشي غير الفلاحة لا»
NOT_THOSE = re.compile(
    r"\s*[,،]?\s*(?:\b(?:et|mais|but|and|w|walakin)\s+)?\b(?:pas|not|machi|mashi)\s+"
    r"(?:le |la |les |the )?(?=\S)"
    r"|\s*[,،]?\s*(?:و|ولكن |لكن )(?:ليس|ماشي)\s+",
    re.IGNORECASE,
)
LONGEST = 4  # words of «all», and of «but»


def left_out(text: str) -> str | None:
    """What is left out of all, as written; None if the text does not say «all but ...».

    >>> left_out("Tout sauf le stage"), left_out("all of them except 2, 3"), left_out("كلهم غير 2")
    ('le stage', '2, 3', '2')
    >>> left_out("tout le monde"), left_out("sauf 2"), left_out("tout sauf")
    (None, None, None)
    """
    pieces = clean(text).split()
    words = [fold(piece) for piece in pieces]
    while words and words[-1] in DENIED_AGAIN:
        words, pieces = words[:-1], pieces[:-1]
    for all_of in range(1, LONGEST + 1):
        if " ".join(words[:all_of]) not in ALL | ANYTHING:
            continue
        for but in range(LONGEST, 0, -1):
            if " ".join(words[all_of : all_of + but]) in BUT:
                return " ".join(pieces[all_of + but :]) or None
    return None


def denied(text: str) -> tuple[str, str] | None:
    """What is chosen and what is denied behind it, as written; None if nothing is.

    >>> denied("1 et pas 3"), denied("work and training but not 3"), denied("pas 3"), denied("1 et 3")
    (('1', '3'), ('work and training', '3'), None, None)
    """
    found = NOT_THOSE.search(clean(text))
    if found is None or not found.start():
        return None
    return found.string[: found.start()], found.string[found.end() :]
