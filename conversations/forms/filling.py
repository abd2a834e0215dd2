"""One form being answered: all that must be stored between two messages.

A place is the path of a node with the turn of each repeat in it: `/data/child[2]/name`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from conversations.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Filling:
    """The state of one form being answered."""

    form_id: str
    version_id: str  # a form under way is finished on the version it was begun with
    answers: Mapping[str, str]  # place → value as an XForm writes it; kept also while irrelevant
    trail: tuple[str, ...]  # places of the questions passed (answered or skipped), in order of passing
    started_at: str = ""  # ISO 8601 instant
    asked: str = ""  # place of the question asked on purpose, by going back; else the next one follows
    seed: str = ""  # of what the form leaves to chance: an order of choices, a random number
    turns: Mapping[str, int] = field(default_factory=dict)  # place of a repeat → how many turns it has
    spoken: Mapping[str, str] = field(default_factory=dict)  # place answered by voice → id of the file
    readings: tuple[str, ...] = ()  # what the last message can mean, as values: which one is being asked


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a form is told by the outside."""

    now: datetime  # aware
    zone: str  # IANA: where `today()` is
    language: Language  # the person's
    sheet_language: str = ""  # one of the sheet's own languages, by its name there, instead of the person's
    seed: str = ""  # for a filling that begins: something that nobody can guess
    properties: Mapping[str, str] = field(default_factory=dict)  # `deviceid`, `username`, …, where known
