"""One choice or several, by number, label or near-match."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz.distance import OSA

from conversations.answers.clean import clean
from conversations.answers.fold import fold
from conversations.answers.numbers import figures
from conversations.answers.refusal import Refusal
from conversations.answers.words import LITTLE
from conversations.answers.yes_no import yes_no
from conversations.messages import Say
from conversations.vocabulary import Language

NEAR = 0.8  # share of a label that must be there: one slip in five letters, two in ten
MARGIN = 0.15  # by how much the nearest must beat the second
SHORTEST_NEAR = 4  # letters; shorter labels must be exact («oui» is one slip from «ouf»)
ARTICLE_FROM = 4  # letters; in shorter Arabic words «ال» may be part of the word
NUMBER = re.compile(
    r"(?:la |le |l |the |n |no |nr |numero |number |num |option |choix |رقم |الرقم )?(\d{1,3})"
)
NEGATIVE = re.compile(r"[-−–]\d")  # «-1» is no number of a list
BETWEEN = re.compile(r"\s*(?:[,;،/+&\n]|\bet\b|\band\b|\bأو\b|(?<!\S)و(?=\s|\d))\s*", re.IGNORECASE)
ATTACHED_AND = re.compile(r"(?<=\s)و(?=\S)")


class Labelled(Protocol):
    """Anything to choose: a stable name and what it is called."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Chosen:
    """The names of the choices, in the order they are offered (a ranking: in the order given)."""

    names: tuple[str, ...]


def choose(text: str, options: Sequence[Labelled], language: Language) -> str | None:
    """The name of the one choice that the text means; None if it means none, or not clearly one.

    >>> from collections import namedtuple
    >>> Town = namedtuple("Town", "name label")
    >>> towns = [Town("rabat", "Rabat"), Town("sale", "Salé"), Town("kenitra", "Kénitra")]
    >>> [choose(text, towns, Language.FRENCH) for text in ("٢", "SALE", "Kenitre", "4", "Ra")]
    ['sale', 'sale', 'kenitra', None, None]
    """
    index = _find(text, options)
    return options[index].name if isinstance(index, int) else None


def choose_one(text: str, options: Sequence[Labelled]) -> Chosen | Refusal:
    """The one choice that the text means, or how to answer."""
    index = _find(text, options)
    return index if isinstance(index, Refusal) else Chosen((options[index].name,))


def choose_several(text: str, options: Sequence[Labelled]) -> Chosen | Refusal:
    """The choices that the text means, one or more, or how to answer.

    >>> from collections import namedtuple
    >>> Skill = namedtuple("Skill", "name label")
    >>> skills = [Skill("sew", "Couture"), Skill("cook", "Cuisine"), Skill("build", "Bâtiment")]
    >>> choose_several("١ و ٣", skills), choose_several("cuisine et couture", skills)
    (Chosen(names=('sew', 'build')), Chosen(names=('sew', 'cook')))
    """
    whole = _find(text, options)
    if isinstance(whole, int):
        return Chosen((options[whole].name,))
    found: set[int] = set()
    for part in _parts(text):
        index = _find(part, options)
        if isinstance(index, Refusal):
            return _several_refused(index, options)
        found.add(index)
    if not found:
        return _several_refused(whole, options)
    return Chosen(tuple(options[index].name for index in sorted(found)))


def choose_in_order(text: str, options: Sequence[Labelled]) -> Chosen | Refusal:
    """All the choices, first to last, as the text puts them; or how to answer.

    >>> from collections import namedtuple
    >>> Wish = namedtuple("Wish", "name label")
    >>> wishes = [Wish("pay", "Salaire"), Wish("near", "Proximité"), Wish("team", "Équipe")]
    >>> choose_in_order("3, 1, 2", wishes).names, choose_in_order("équipe, salaire, proximité", wishes).names
    (('team', 'pay', 'near'), ('team', 'pay', 'near'))
    """
    found = [_find(part, options) for part in _parts(text)]
    indexes = dict.fromkeys(index for index in found if isinstance(index, int))
    if len(indexes) < len(found) or len(indexes) < len(options):
        return Refusal(Say("answer.not_a_ranking", {"n": len(options)}))
    return Chosen(tuple(options[index].name for index in indexes))


def _parts(text: str) -> list[str]:
    """What stands between commas and «and»; figures may stand side by side. «1-3» may be a range: no list."""
    parts = [part for part in BETWEEN.split(ATTACHED_AND.sub("و ", figures(text))) if part.strip()]
    if len(parts) == 1 and re.fullmatch(r"[\d\s]+", parts[0]):
        return re.findall(r"\d+", parts[0])
    return parts


def _find(text: str, options: Sequence[Labelled]) -> int | Refusal:
    """The position of the choice; exact labels before numbers, so that a scale 0–10 reads as it looks."""
    said = "" if NEGATIVE.match(clean(text)) else fold(text)
    labels = [fold(option.label) for option in options]
    if said and labels.count(said) == 1:
        return labels.index(said)
    if number := NUMBER.fullmatch(said):
        position = int(number[1])
        if 1 <= position <= len(options):
            return position - 1
        return Refusal(Say("answer.out_of_range", {"n": len(options)}))
    index = _by_yes_no(text, options)
    if index is None:
        index = _nearest(_essence(said), [_essence(label) for label in labels])
    return Refusal(Say("answer.not_a_choice", {"n": len(options)})) if index is None else index


def _essence(said: str) -> str:
    """The words that tell one choice from another, «une femme» is «femme»."""
    words = [word.removeprefix("ال") if len(word) > ARTICLE_FROM else word for word in said.split(" ")]
    return " ".join(word for word in words if word not in LITTLE) or said


def _several_refused(refusal: Refusal, options: Sequence[Labelled]) -> Refusal:
    if isinstance(refusal.line, Say) and refusal.line.id == "answer.out_of_range":
        return refusal
    return Refusal(Say("answer.not_choices", {"n": len(options)}))


def _by_yes_no(text: str, options: Sequence[Labelled]) -> int | None:
    """Where the choices are exactly a yes and a no."""
    meanings = [yes_no(option.label) for option in options]
    said = yes_no(text)
    if said is None or sorted(map(str, meanings)) != ["False", "True"]:
        return None
    return meanings.index(said)


def _nearest(said: str, labels: Sequence[str]) -> int | None:
    """The one label that is the same, or near enough and clearly nearer than the second."""
    if labels.count(said) == 1:
        return labels.index(said)
    if len(said) < SHORTEST_NEAR:
        return None
    scores = [OSA.normalized_similarity(said, label) for label in labels]
    best, *others = sorted(scores, reverse=True) or [0.0]
    if best < NEAR or (others and best - others[0] < MARGIN):
        return None
    return scores.index(best)
