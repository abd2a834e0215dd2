"""One choice or several, by number, letter, label or near-match."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from conversations.answers.all_but import denied, left_out
from conversations.answers.choice_words import DONT_KNOW, NONE, OTHER, SAID_AROUND
from conversations.answers.clean import clean
from conversations.answers.fold import fold
from conversations.answers.likeness import alike, as_heard
from conversations.answers.numbers import figures
from conversations.answers.other_names import by_other_name
from conversations.answers.positions import letter_named, place_named, places_named
from conversations.answers.refusal import Ambiguous, Refusal
from conversations.answers.synonyms import about_work, by_synonym
from conversations.answers.yes_no import yes_no
from conversations.messages import Say
from conversations.vocabulary import Language

MOST_ASKED = 6  # choices that are worth asking about; more is no answer
BETWEEN = re.compile(
    r"\s*(?:[,;،؛/+&\n]|\b(?:et|and|puis|ensuite|ainsi que|as well as)\b|\bou aussi\b"
    r"|(?<!\S)(?:و|w)(?=\s*\d)|(?<!\S)[وwoun](?=\s))\s*",
    re.I,
)
LISTED = re.compile(r"(?<=\d)\s*[.)]\s*(?=\d|$|\s)|(?<=\d)و(?=\d)")
DASHES = re.compile(r"\d+(?:\s*[-–]\s*\d+){2,}")  # more than two with dashes are no range
SIDE_BY_SIDE = re.compile(r"\d+(?:\s+\d+)*|[A-Ja-j](?:\s+[A-Ja-j])+")  # figures or letters
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
    >>> [choose(text, towns, Language.FRENCH) for text in ("٢", "SALE", "Kenitre", "b", "4", "Ra")]
    ['sale', 'sale', 'kenitra', 'sale', None, None]
    """
    chosen = choose_one(text, options, language)
    return chosen.names[0] if isinstance(chosen, Chosen) else None


def choose_one(
    text: str, options: Sequence[Labelled], language: Language
) -> Chosen | Ambiguous[Chosen] | Refusal:
    """The one choice that the text means, those it can mean, or how to answer."""
    found = _find(text, options, language)
    if isinstance(found, Refusal):
        return found
    readings = tuple(Chosen((options[place].name,)) for place in found)
    return readings[0] if len(readings) == 1 else Ambiguous(readings)


def choose_several(
    text: str, options: Sequence[Labelled], language: Language
) -> Chosen | Ambiguous[Chosen] | Refusal:
    """The choices that the text means, one or more; the sets it can mean; or how to answer.

    >>> from collections import namedtuple
    >>> Skill = namedtuple("Skill", "name label")
    >>> skills = [Skill("sew", "Couture"), Skill("cook", "Cuisine"), Skill("build", "Bâtiment")]
    >>> [choose_several(text, skills, Language.FRENCH).names for text in ("١ و ٣", "cuisine et couture")]
    [('sew', 'build'), ('sew', 'cook')]
    >>> choose_several("1-3", skills, Language.FRENCH)
    Ambiguous(readings=(Chosen(names=('sew', 'cook', 'build')), Chosen(names=('sew', 'build'))))
    """
    whole = _find(text, options, language)
    if not isinstance(whole, Refusal) and len(whole) == 1:
        return Chosen((options[whole[0]].name,))
    if not _holds_a_none(options):
        if sets := places_named(text, len(options)):
            return _one_or_several(_chosen(places, options) for places in sets)
        if excepted := left_out(text):
            return _all_but(excepted, options, language)
    if without := denied(text):
        return _without(*without, options, language)
    found: set[int] = set()
    labels = [option.label for option in options]
    words = fold(text).split()
    side_by_side = len(words) > 1 and all(_exact(word, labels) for word in words)  # «arabe français»
    for part in dict.fromkeys(words if side_by_side else _parts(text)):
        places = _find(part, options, language)
        if isinstance(places, Refusal):
            return _several_refused(places, options)
        if len(places) > 1:
            return _several_refused(None, options)
        found.update(places)
    if not found:
        return _several_refused(whole if isinstance(whole, Refusal) else None, options)
    return _chosen(found, options)


def _all_but(excepted: str, options: Sequence[Labelled], language: Language) -> Chosen | Refusal:
    out = choose_several(excepted, options, language)
    names = out.names if isinstance(out, Chosen) else ()
    if not 0 < len(names) < len(options):
        return _several_refused(None, options)
    return Chosen(tuple(option.name for option in options if option.name not in names))


def _without(
    chosen: str, refused: str, options: Sequence[Labelled], language: Language
) -> Chosen | Ambiguous[Chosen] | Refusal:
    """«1 et pas 3»: what is chosen, if what is denied is offered too and not chosen as well."""
    kept, out = (choose_several(part, options, language) for part in (chosen, refused))
    clear = isinstance(kept, Chosen) and isinstance(out, Chosen) and not set(kept.names) & set(out.names)
    return kept if clear else _several_refused(None, options)


def choose_in_order(text: str, options: Sequence[Labelled], language: Language) -> Chosen | Refusal:
    """All the choices, first to last, as the text puts them; or how to answer.

    >>> from collections import namedtuple
    >>> Wish = namedtuple("Wish", "name label")
    >>> wishes = [Wish("pay", "Salaire"), Wish("near", "Proximité"), Wish("team", "Équipe")]
    >>> choose_in_order("équipe, 1, proximité", wishes, Language.FRENCH).names
    ('team', 'pay', 'near')
    """
    places: dict[int, None] = {}
    parts = _parts(text)
    for part in parts if len(parts) == len(options) else ():
        found = _find(part, options, language)
        if isinstance(found, Refusal) or len(found) > 1:
            break
        places[found[0]] = None
    if len(places) < len(options):
        return Refusal(Say("answer.not_a_ranking", {"n": len(options)}))
    return Chosen(tuple(options[place].name for place in places))


def _chosen(places: Iterable[int], options: Sequence[Labelled]) -> Chosen:
    return Chosen(tuple(options[place].name for place in sorted(places)))


def _one_or_several(readings: Iterable[Chosen]) -> Chosen | Ambiguous[Chosen]:
    found = tuple(dict.fromkeys(readings))
    return found[0] if len(found) == 1 else Ambiguous(found)


def _parts(text: str) -> list[str]:
    """What stands between commas and «and»; figures may stand side by side. «1-3» may be a range: no list."""
    plain = figures(clean(text))
    if DASHES.fullmatch(plain):
        return re.findall(r"\d+", plain)
    apart = BETWEEN.split(ATTACHED_AND.sub("و ", LISTED.sub(", ", plain)))
    parts = [part for part in apart if part.strip()]
    if len(parts) == 1 and SIDE_BY_SIDE.fullmatch(parts[0]):
        return parts[0].split()
    return parts


def _find(text: str, options: Sequence[Labelled], language: Language) -> list[int] | Refusal:
    """The places of the choices that the text can mean, at least one; or how to answer.

    Exact labels come before numbers, so that a scale 0–10 reads as it looks; in a list of numbers alone there
    are no places. A number that begins a label elsewhere («2» where the third is «2 enfants») can mean both.
    """
    labels = [option.label for option in options]
    not_a_choice = Refusal(Say("answer.not_a_choice", {"n": len(options)}))
    said = fold(text)
    if exact := _exact(said, labels):
        return exact if len(exact) == 1 else not_a_choice
    place = place_named(text)
    if place is not None:
        number = len(options) if place == -1 else place
        of_numbers = bool(labels) and all(fold(label).isdigit() for label in labels)
        meant = [number - 1] if 1 <= number <= len(options) and not of_numbers else []
        meant = list(dict.fromkeys([*meant, *_with_number(number, labels)]))
        return meant or Refusal(Say("answer.out_of_range", {"n": len(options)}))
    if language is Language.ARABIC and said.startswith("la "):  # «the» in French, «no» in Darija
        return not_a_choice
    numbered = _number_and_label(text, labels)
    if numbered is not None:
        return [numbered] if numbered >= 0 else not_a_choice
    agreed = _by_yes_no(text, options, language)
    if agreed is not None:
        return [agreed]
    letter = letter_named(text)
    if letter is not None and letter < len(options):
        return [letter]
    if re.search(r"(?<!\S)[-−–<>]\s?\d", figures(clean(text))):
        return not_a_choice
    places = _a_none(said, labels) or _by_another_name(said, labels) or alike(text, labels)
    bare = _bare(said, labels)
    places = places or (alike(bare, labels) if bare != said else []) or by_synonym(bare, labels)
    places = places or by_other_name(text, labels)
    places = places or alike(as_heard(bare), [as_heard(fold(label)) for label in labels])
    if len(places) == 1 and len(working := about_work(text, labels)) > 1:
        places = working
    return places if 0 < len(places) <= MOST_ASKED else not_a_choice


def _exact(said: str, labels: Sequence[str]) -> list[int]:
    return [place for place, label in enumerate(labels) if said and fold(label) == said]


def _with_number(number: int, labels: Sequence[str]) -> list[int]:
    """The one label that begins with this number, in a list of so many of something: «2 enfants»."""
    firsts = [fold(label).split()[:1] for label in labels]
    counted = sum(bool(first) and first[0].isdigit() for first in firsts)
    holding = [place for place, first in enumerate(firsts) if first == [str(number)]]
    return holding if len(holding) == 1 and counted > len(labels) // 2 else []


def _number_and_label(text: str, labels: Sequence[str]) -> int | None:
    """«2. Formation»: number and label must agree; -1 if they do not, None if the text is no such pair."""
    found = re.fullmatch(
        r"[(\[]?(\d{1,2})\s*[.):=\-–]*\s*(\D{3,})|(\D{3,}?)\s*[(\[]?(\d{1,2})[)\]]?", figures(clean(text))
    )
    if found is None:
        return None
    number, words = int(found[1] or found[4]), found[2] or found[3]
    places = alike(words, labels)
    if not places:
        return None
    return number - 1 if 1 <= number <= len(labels) and number - 1 in places else -1


def _by_yes_no(text: str, options: Sequence[Labelled], language: Language) -> int | None:
    """Where one choice is a yes and one a no, and there is neither in any other."""
    said = yes_no(text, language)
    if said is None:
        return None
    meanings = [yes_no(option.label) for option in options]
    words = [[yes_no(word) for word in fold(option.label).split(" ")] for option in options]
    saying = [place for place, found in enumerate(words) if True in found or False in found]
    if sorted(str(meanings[place]) for place in saying) != ["False", "True"]:
        return None
    return meanings.index(said)


def _a_none(said: str, labels: Sequence[str]) -> list[int]:
    """«aucun»: the choice that says so, where there is one."""
    if said not in NONE:
        return []
    return [place for place, label in enumerate(labels) if fold(label).split()[:1] and _denies(fold(label))]


def _by_another_name(said: str, labels: Sequence[str]) -> list[int]:
    """«autre chose» for «Autre», «sais pas» for «Je ne sais pas»: where just one choice says so."""
    for names in (DONT_KNOW, OTHER):
        if said in names:
            places = [place for place, label in enumerate(labels) if fold(label) in names]
            return places if len(places) == 1 else []
    return []


def _bare(said: str, labels: Sequence[str]) -> str:
    """«i come from nigeria» is «nigeria»: without the words that change nothing, unless a label has them."""
    named = {word for label in labels for word in fold(label).split()}
    return " ".join(word for word in said.split() if word in named or word not in SAID_AROUND)


def _denies(label: str) -> bool:
    return any(label == none or label.startswith(f"{none} ") for none in NONE)


def _holds_a_none(options: Sequence[Labelled]) -> bool:
    """Whether one of the choices says «none»: then «all» means nothing."""
    return any(_denies(fold(option.label)) for option in options)


def _several_refused(refusal: Refusal | None, options: Sequence[Labelled]) -> Refusal:
    if refusal and isinstance(refusal.line, Say) and refusal.line.id == "answer.out_of_range":
        return refusal
    return Refusal(Say("answer.not_choices", {"n": len(options)}))
