"""One turn of a conversation: what came, what it may know, and the move it makes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from conversations.changes import Change
from conversations.events import Event
from conversations.forms import Filling, Run, Surroundings
from conversations.messages import Document, Line, Media, PromptKind, Recording, Say
from conversations.session import Session
from conversations.snapshot import Snapshot
from conversations.vocabulary import Language


class Ids(Protocol):
    """Where new ids come from; injected, so that a step stays a function."""

    def row(self) -> str:
        """An id for a row."""

    def pseudonym(self) -> str:
        """A random id that links coded rows to a person."""

    def token(self) -> str:
        """A name for one asking."""

    def secret(self) -> str:
        """What makes a link impossible to guess: 128 random bits, fit for an address."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a step works with."""

    snapshot: Snapshot
    event: Event
    now: datetime  # aware, UTC
    ids: Ids
    runs: list[Run] = field(default_factory=list, compare=False, repr=False)  # forms at work in this turn

    @property
    def session(self) -> Session:
        return self.snapshot.session

    @property
    def language(self) -> Language:
        return self.snapshot.language

    @property
    def track(self) -> str:
        return self.snapshot.track

    @property
    def zone(self) -> str:
        return self.snapshot.project.zone

    @property
    def today(self) -> date:
        """The calendar day where participants live."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def surroundings(self, language: Language) -> Surroundings:
        return Surroundings(self.now, self.zone, language)

    def run(self, filling: Filling, language: Language) -> Run:
        """The filling at work: its instance is built once, however often this turn looks at it."""
        for run in self.runs:
            if run.filling is filling and run.surroundings.language is language:
                return run
        form = self.snapshot.project.forms[filling.version_id]
        self.runs.append(Run(form, filling, self.surroundings(language)))
        return self.runs[-1]


@dataclass(frozen=True, slots=True)
class Move:
    """What a place decided: where the conversation goes on, what is said first, what is written down.

    The question of the place it ends in follows by itself, so that every move ends in something to answer.
    """

    session: Session
    lead: tuple[Line, ...] = ()  # said in the same message, before the question
    media: tuple[Media | Recording, ...] = ()  # sent before that
    before: tuple[tuple[Line, ...], ...] = ()  # said in messages of their own, before that
    documents: tuple[Document, ...] = ()  # files, each a message of its own, after that
    changes: tuple[Change, ...] = ()
    kind: PromptKind = PromptKind.REPLY
    language: Language | None = None  # where it changes with this move
    track: str | None = None  # likewise; empty: from here on they read
    asks: bool = True  # False: the conversation ends here for now
    in_confidence: bool = False  # what came is a report, or asks for one: nothing the team may see


def lines(*ids: str) -> tuple[Line, ...]:
    """Texts without arguments."""
    return tuple(Say(id) for id in ids)
