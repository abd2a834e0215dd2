"""All choices but some: «tout sauf le stage», «everything except 2», «كلهم غير 2»."""

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
    for all_of in range(1, LONGEST + 1):
        if " ".join(words[:all_of]) not in ALL:
            continue
        for but in range(LONGEST, 0, -1):
            if " ".join(words[all_of : all_of + but]) in BUT:
                return " ".join(pieces[all_of + but :]) or None
    return None
