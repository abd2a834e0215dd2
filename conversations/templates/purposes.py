"""What a template is for, and how its name says so: `carnet_<purpose>_<language>`, then `_v2`, `_v3` …"""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations.messages import Prompt, PromptKind, Say
from conversations.vocabulary import Language


class Purpose(StrEnum):
    """What a message outside the 24 hours is for."""

    CHECK_IN = "check_in"  # a question of ours: a check-in, a follow-up, how a workshop was
    REMINDER = "reminder"  # of such a question
    TEAM_BACK = "team_back"  # nobody of the team has answered yet
    TEAM_WROTE = "team_wrote"  # words of the team that do not fit into a template
    WORKSHOP_INVITATION = "workshop_invitation"  # title, when, where
    WORKSHOP_REMINDER = "workshop_reminder"  # title, when, where
    WORKSHOP_CANCELLATION = "workshop_cancellation"  # title, when
    TEAM_MESSAGE = "team_message"  # words to one person, on one line
    BROADCAST = "broadcast"  # words to many, on one line

    @property
    def knocks(self) -> bool:
        """Whether it only asks for an answer, which opens the window: the message itself waits for it."""
        return self in KNOCKS


KNOCKS = frozenset({Purpose.CHECK_IN, Purpose.REMINDER, Purpose.TEAM_BACK, Purpose.TEAM_WROTE})
NAME = re.compile(
    rf"carnet_(?P<purpose>{'|'.join(Purpose)})_(?P<language>{'|'.join(Language)})(_v(?P<version>\d{{1,4}}))?"
)
# The first line tells what a message of ours is about.
OPENINGS = {
    "checkin.hello": Purpose.CHECK_IN,
    "checkin.reminder": Purpose.REMINDER,
    "talk.nobody_yet": Purpose.TEAM_BACK,
    "workshop.invite": Purpose.WORKSHOP_INVITATION,
    "workshop.remind": Purpose.WORKSHOP_REMINDER,
    "workshop.off": Purpose.WORKSHOP_CANCELLATION,
}
FOR_WHOM = "who.for"  # stands before it where several people share a phone


@dataclass(frozen=True, slots=True)
class Name:
    """What a template's name says."""

    purpose: Purpose
    language: Language
    version: int


def read_name(name: str) -> Name | None:
    """What the name says; None where it does not follow the convention.

    >>> read_name("carnet_check_in_fr_v2")
    Name(purpose=<Purpose.CHECK_IN: 'check_in'>, language=<Language.FRENCH: 'fr'>, version=2)
    >>> read_name("welcome_fr")
    """
    found = NAME.fullmatch(name.strip().lower())
    if found is None:
        return None
    return Name(Purpose(found["purpose"]), Language(found["language"]), int(found["version"] or 1))


def purposes_of(prompt: Prompt) -> tuple[Purpose, ...]:
    """What a message is for, the best template first; nothing for a reply, which never takes one."""
    match prompt.kind:
        case PromptKind.REPLY:
            return ()
        case PromptKind.STAFF:
            return (Purpose.TEAM_MESSAGE, Purpose.TEAM_WROTE)
        case PromptKind.BROADCAST:
            return (Purpose.BROADCAST, Purpose.TEAM_WROTE)
    first = next((line for line in prompt.lines if not _for_whom(line)), None)
    purpose = OPENINGS.get(first.id) if isinstance(first, Say) else None
    return (purpose,) if purpose else ()


def _for_whom(line: object) -> bool:
    return isinstance(line, Say) and line.id == FOR_WHOM
