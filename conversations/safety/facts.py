"""What a project sets for the safety of people: whom they can reach, when the team reads, further words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from conversations.safety.causes import Cause
from conversations.safety.lists import built_in
from conversations.safety.phrases import Phrases
from conversations.vocabulary import Language


class Police(StrEnum):
    """Whether a contact passes on to the police what it hears; people ask this before anything else."""

    NEVER = "never"  # does not work with the police
    IF_ASKED = "if_asked"  # only if the person wants it
    WORKS_WITH = "works_with"  # works with the police, or is the police


@dataclass(frozen=True, slots=True)
class HelpContact:
    """Somebody outside of the program who helps people in danger."""

    names: Mapping[Language, str]
    reach: str  # a number, an address: as people use it
    languages: str  # which are spoken there, each named in itself
    hours: Mapping[Language, str]
    police: Police

    def name(self, language: Language) -> str:
        return _in(self.names, language)

    def open_at(self, language: Language) -> str:
        return _in(self.hours, language)


def _in(texts: Mapping[Language, str], language: Language) -> str:
    """The text in this language, else in the first that has one."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


@dataclass(frozen=True, slots=True)
class TeamHours:
    """When the team reads messages, in the project's zone. No day at all: nobody has said when."""

    days: frozenset[int] = frozenset()  # 0 is Monday
    opens: time = time(9)
    closes: time = time(17)


@dataclass(frozen=True, slots=True)
class Safety:
    """All of it. `safeguarding` tells whether someone outside of the team reads complaints about it."""

    contacts: tuple[HelpContact, ...] = ()
    hours: TeamHours = field(default_factory=TeamHours)
    lists: tuple[Phrases, ...] = field(default_factory=built_in)
    safeguarding: bool = False

    def cause_of_distress(self, text: str) -> Cause | None:
        """What it tells of, the first of several; None where no words of distress stand in it."""
        told = {phrases.cause_in(text) for phrases in self.lists}
        return next((cause for cause in Cause if cause in told), None)
