"""A choice that stands in a sentence («nigeria of course», «جيت من مالي»): asked back, never taken."""

from collections.abc import Sequence

from conversations.answers.choice_words import DONT_KNOW, NEGATIONS, NONE, OTHER
from conversations.answers.fold import fold
from conversations.answers.yes_no import yes_no
from conversations.forms.choices import Option

# «ma famille», «from Mali but …» deny nothing; Darija's «ma» does, and then the question back does no harm.
DENYING = NEGATIONS - {"ma", "but"}
MOST_WORDS = 12  # who writes more tells a story
MOST_ASKED = 3  # choices in one sentence
SHORTEST = 3  # letters of a label; shorter ones stand in too many words
ATTACHED = ("وال", "بال", "ال", "لل", "ب", "ل", "و", "ف")  # what Arabic writes in one word with the next


def named_within(text: str, options: Sequence[Option]) -> tuple[str, ...]:
    """The names of the choices whose whole label stands in the text; none where something is denied.

    >>> labels = {"ng": "Nigeria", "ml": "Mali", "cg": "Congo", "x": "Other"}
    >>> countries = [Option(name, label) for name, label in labels.items()]
    >>> named_within("nigeria of course", countries), named_within("I am not from Mali", countries)
    (('ng',), ())
    >>> named_within("from mali my brother, then congo", countries), named_within("any other one", countries)
    (('ml', 'cg'), ())
    """
    words = fold(text).split()
    if len(words) > MOST_WORDS or not DENYING.isdisjoint(words):
        return ()
    found = {option.name: label for option in options if _stands_in(label := fold(option.label), words)}
    whole = [
        name for name, label in found.items() if not any(_inside(label, other) for other in found.values())
    ]
    return tuple(whole) if len(whole) <= MOST_ASKED else ()


def _stands_in(label: str, words: Sequence[str]) -> bool:
    if len(label) < SHORTEST or label in DONT_KNOW | OTHER | NONE or yes_no(label) is not None:
        return False
    wanted = [_bare(word) for word in label.split()]
    said = [_bare(word) for word in words]
    return any(said[begin : begin + len(wanted)] == wanted for begin in range(len(said) - len(wanted) + 1))


def _inside(label: str, other: str) -> bool:
    """Whether one label is but a part of the other: «Congo» of «DR Congo»."""
    return label != other and f" {label} " in f" {other} "


def _bare(word: str) -> str:
    """A word without what Arabic attaches in front."""
    start = next(
        (each for each in ATTACHED if word.startswith(each) and len(word) - len(each) >= SHORTEST), ""
    )
    return word.removeprefix(start)
