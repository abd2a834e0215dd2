"""What a step asks to be written down: who is remembered or enrolled, and each yes or no."""

from dataclasses import dataclass

from conversations.snapshot import Newcomer
from conversations.vocabulary import ConsentPurpose, ConsentState, Language


@dataclass(frozen=True, slots=True)
class NewcomerKept:
    """Remember where the joining stands; replaces what was remembered."""

    newcomer: Newcomer


@dataclass(frozen=True, slots=True)
class NewcomerForgotten:
    """They said no, or may not join: forget them once the answer is delivered."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A newcomer consented: a participant with a key of their own begins here."""

    participant_id: str
    pseudonym: str  # random: links coded rows to the person, only through the key store
    cohort_id: str
    language: Language
    track: str = ""  # of the recordings they listen to


@dataclass(frozen=True, slots=True)
class ConsentRecorded:
    """What the person said about one purpose, in which version and language of the text."""

    purpose: ConsentPurpose
    state: ConsentState
    text_version: str
    language: Language


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: Language


@dataclass(frozen=True, slots=True)
class NameGiven:
    first_name: str


JoiningChange = NewcomerKept | NewcomerForgotten | Enrolled | ConsentRecorded | LanguageChosen | NameGiven
