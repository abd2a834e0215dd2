"""Choices by what they are called: the label, a part of it, or nearly so; never one of two close ones."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from conversations.answers.agreement_words import FIRM_NO, FIRM_YES
from conversations.answers.choice_words import LITTLE, NEGATIONS, STANCES
from conversations.answers.fold import fold

NEAR = 0.8  # share of a label that must be there: one slip in five letters, two in ten
MARGIN = 0.15  # by how much the nearest must beat the second
SHORTEST_NEAR = 4  # letters; shorter labels must be exact («oui» is one slip from «ouf»)
LONG = 8  # letters; in shorter labels the first must be right («étage» is one slip from «stage»)
SHORTEST_NEAR_WORD = 5  # letters of one word of a label
SHORTEST_START = 5  # letters of the beginning of a word of a label
ARTICLE_FROM = 4  # letters; in shorter Arabic words «ال» may be part of the word
TURNING = re.compile(r"un|in|im|ir|il|dis|des|de|mal|me|non")  # what turns a word into its contrary
SOUNDS = {"3": "a", "5": "kh", "7": "h", "8": "gh", "9": "q"}
SOUND = re.compile(r"(?<=[a-z])[35789]|[35789](?=[a-z])")
ATTACHED = ("ال", "بال", "لل", "وال", "ب", "ل", "و", "ف")  # what Arabic writes in one word with the next


def essence(said: str, little: frozenset[str] = LITTLE | STANCES) -> str:
    """The words that tell one choice from another, «une femme» is «femme»."""
    one = said.replace("un peu", "unpeu")  # a little, which is not «peu»
    words = [word.removeprefix("ال") if len(word) > ARTICLE_FROM else word for word in one.split(" ")]
    return " ".join(word for word in words if word not in little) or said


def _little(labels: Sequence[str]) -> frozenset[str]:
    """The words that change nothing in this list: a stance does where several labels have one."""
    telling = sum(not STANCES.isdisjoint(label.split(" ")) for label in labels) > 1
    return LITTLE if telling else LITTLE | STANCES


def alike(text: str, labels: Sequence[str]) -> list[int]:
    """The places of the labels that a text can mean: none, one, or several to ask about.

    >>> towns = ["Rabat", "Salé", "Kénitra", "Sidi Kacem", "Sidi Slimane"]
    >>> alike("Kenitre", towns), alike("sidi", towns), alike("Casablanca", towns), alike("pas Rabat", towns)
    ([2], [3, 4], [], [])
    >>> alike("je cherche un emploi", ["Emploi", "Formation"])
    [0]
    >>> alike("j'ai un travail", ["J'ai un emploi", "Je suis en formation", "Je cherche du travail"])
    []
    """
    said = fold(text)
    if not said:
        return []
    folded = [fold(label) for label in labels]
    if said in folded:
        return [place for place, label in enumerate(folded) if label == said]
    if (near := _nearest(said, folded)) is not None and _says_no(said) == _says_no(folded[near]):
        return [near]
    little = _little(folded)
    wanted, cores = essence(said, little), [essence(label, little) for label in folded]
    if wanted in cores:
        return [place for place, core in enumerate(cores) if core == wanted]
    place = _nearest(wanted, cores)
    if place is not None:
        return [place] if _says_no(said) == _says_no(folded[place]) else []
    found = _holding(said, wanted, folded)
    denied = _says_no(said) and len(found) == 1 and _without_no(wanted) in cores
    return [] if denied else found


def as_heard(said: str) -> str:
    """Darija in Latin letters without its figures, which some write and some do not: «sba7» is «sbah»."""
    return SOUND.sub(lambda found: SOUNDS[found[0]], said)


def is_called(text: str, label: str) -> bool:
    """Whether the text is the whole label, exactly or nearly, and not only a part of it.

    >>> is_called("Retour", "retour"), is_called("retour", "Retour au menu")
    (True, False)
    """
    wanted, core = essence(fold(text)), essence(fold(label))
    return wanted == core or _nearest(wanted, [core]) is not None


def _says_no(said: str) -> bool:
    return not NEGATIONS.isdisjoint(said.split(" "))


def _without_no(said: str) -> str:
    """What is denied: «pas satisfait» denies «satisfait», and need not be «pas du tout satisfait»."""
    return " ".join(word for word in said.split(" ") if word not in NEGATIONS)


def _nearest(said: str, labels: Sequence[str]) -> int | None:
    """The one label that is near enough, and clearly nearer than the second."""
    if len(said) < SHORTEST_NEAR:
        return None
    scores = [OSA.normalized_similarity(said, label) for label in labels]
    best, *others = sorted(scores, reverse=True) or [0.0]
    if best < NEAR or (others and best - others[0] < MARGIN):
        return None
    place = scores.index(best)
    if opposed(said, labels[place]):
        return None
    if len(said) < LONG and said[0] != labels[place][0]:
        return None
    return place if _same_figures(said, labels[place]) else None


def opposed(said: str, label: str) -> bool:
    """Whether one says yes and the other no, or turns a word of it round: «unemployed» and «employed»."""
    first, begin = said.split(" ")[0], label.split(" ")[0]
    if (first in FIRM_YES and begin in FIRM_NO) or (first in FIRM_NO and begin in FIRM_YES):
        return True
    return any(
        _turns(one, other) or _turns(other, one) for one in said.split(" ") for other in label.split(" ")
    )


def _turns(word: str, other: str) -> bool:
    found = TURNING.match(word)
    if found is None or len(other) < SHORTEST_NEAR or other.startswith(found[0]):
        return False
    return OSA.distance(word[found.end() :], other, score_cutoff=1) <= 1


def _same_figures(one: str, other: str) -> bool:
    """«2 ans» is one slip from «3 ans», and means something else."""
    return re.findall(r"\d+", one) == re.findall(r"\d+", other)


def _holding(said: str, wanted: str, labels: Sequence[str]) -> list[int]:
    """The labels that have every word wanted, the negations among them too."""
    words = wanted.split(" ")
    if not any(len(word) > 2 for word in words):
        return []
    found = [
        place
        for place, label in enumerate(labels)
        if (_says_no(label) or not _says_no(said))
        and all(any(_same_word(word, other) for other in label.split(" ")) for word in words)
    ]
    # «travail» alone is not «plus de travail»
    return [] if len(found) == 1 and _says_no(said) != _says_no(labels[found[0]]) else found


def _same_word(word: str, other: str) -> bool:
    if word == other:
        return len(word) > 1
    if _bare(word) in (other, _bare(other)) or word == _bare(other):
        return True
    if len(word) >= SHORTEST_START and other.startswith(word):
        return True
    if opposed(word, other):
        return False
    near = min(len(word), len(other)) >= SHORTEST_NEAR_WORD and word.isalpha() and word[0] == other[0]
    return near and OSA.normalized_similarity(word, other) >= NEAR


def _bare(word: str) -> str:
    """Without what Arabic attaches in front, and without a plural's s."""
    for start in ATTACHED:
        if word.startswith(start) and len(word) - len(start) >= 3:
            return word.removeprefix(start)
    return word.removesuffix("s") if len(word) > 3 else word
