"""One event on its way in: a case once the person is known, settled once it is stepped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from conversations.changes import (
    AddressConfirmed,
    AddressLinked,
    Change,
    CodeGiven,
    Enrolled,
    LogbookEntered,
    Outcome,
)
from conversations.events import Event, InboundEvent
from conversations.snapshot import Snapshot
from conversations.vocabulary import Channel
from storage.keystore import PersonKey

Keys = Mapping[str, PersonKey]  # by participant id


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that happened to one person: they wrote, or a planned contact fell due.

    Exactly one of `inbound` (what a provider delivered) and `participant_id` (whose contact is due) is given.
    """

    account_id: str  # the channel account it came to; empty for a contact that is due
    event: Event
    at: datetime  # aware, UTC
    inbound: InboundEvent | None = None
    participant_id: str = ""
    stranger: bool = False  # it is of somebody without a logbook, though others have one at this address
    in_album: bool = False  # a further file of an album: the first was answered
    cause: str = ""  # how the log names it

    @classmethod
    def of(cls, account_id: str, inbound: InboundEvent, cause: str = "") -> "Arrival":
        return cls(account_id, inbound.content, inbound.received_at, inbound, cause=cause)


@dataclass(frozen=True, slots=True)
class Reached:
    """Where the person is answered."""

    channel: Channel
    account_id: str
    chat: str  # blind index of the address
    address_id: str | None = None  # None: a newcomer, whose address is not kept


@dataclass(frozen=True, slots=True)
class Case:
    """An arrival with all that a step may know, and the keys its outcome is sealed with."""

    arrival: Arrival
    snapshot: Snapshot
    reached: Reached
    key: PersonKey | None = None  # None: no participant yet
    new_aliases: tuple[str, ...] = ()  # blind indexes of names this address was not yet known by
    shared: bool = False  # several people write from this chat
    hold: Any = None  # the row of what is known of who writes there, if there is one


@dataclass(frozen=True, slots=True)
class Settled:
    """A case with its outcome. Whoever consents in it is given a key and an address before it is written."""

    case: Case
    outcome: Outcome

    @property
    def key(self) -> PersonKey | None:
        return self.case.key

    @property
    def participant_id(self) -> str | None:
        return self.case.key.participant_id if self.case.key else None

    @property
    def unsure_since(self) -> datetime | None:
        """Since when nobody knows who has the address, as this outcome leaves it; None: it is clear."""
        for change in self.outcome.changes:
            match change:
                case CodeGiven() | AddressConfirmed() | Enrolled() | LogbookEntered():
                    return None
                case AddressLinked():
                    return self.case.arrival.at if change.unsure else None
        person = self.case.snapshot.participant
        return person.unsure_since if person else None


ChangeType = TypeVar("ChangeType", bound=Change)


def changes_of(settled: Sequence[Settled], kind: type[ChangeType]) -> Iterator[tuple[Settled, ChangeType]]:
    """All changes of one kind, each with the case it belongs to, in order."""
    for each in settled:
        for change in each.outcome.changes:
            if isinstance(change, kind):
                yield each, change


def personal_changes(
    settled: Sequence[Settled], kind: type[ChangeType]
) -> Iterator[tuple[PersonKey, ChangeType]]:
    """All changes of one kind to people who have a logbook, each with the person's key."""
    for each, change in changes_of(settled, kind):
        if each.key is not None:
            yield each.key, change
