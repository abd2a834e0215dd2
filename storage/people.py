"""Participants as lists show them: name, cohorts, channels, last message, next contact."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from conversations.render.capabilities import CAPABILITIES
from conversations.render.window import Route, route
from conversations.vocabulary import Channel, ConsentState, Language
from storage.database import Storage
from storage.outgoing import answers_only, heard_at
from storage.perimeter import Perimeter
from storage.plans import AHEAD, ASKING
from storage.tables.core import ADDRESSES, COHORTS, CONTACTS, MEMBERSHIPS, PARTICIPANTS
from storage.tables.vocabulary import AddressState


@dataclass(frozen=True, slots=True)
class Reachable:
    """One address of a person: the channel, whether we may send, and since when they were silent there."""

    channel: Channel
    state: AddressState
    last_inbound_at: datetime
    id: str = ""
    heard_at: datetime | None = None  # when anybody wrote from there, where several people share it
    shared: bool = False  # others have a logbook there too
    unsure: bool = False  # it wrote again after a long silence: it may be somebody else's by now
    answers_only: bool = False  # SMS, without a yes to notices there
    window_shut: bool = False  # the provider said so, and nobody wrote since
    number_changed_at: datetime | None = None  # when they began to write from another phone number

    def route(self, now: datetime) -> Route:
        """Whether a message would go out now."""
        heard_at = None if self.window_shut else self.heard_at or self.last_inbound_at
        return route(CAPABILITIES[self.channel], heard_at, now)

    @property
    def open_until(self) -> datetime | None:
        """When the channel's window closes, or that it has; None where there is no window."""
        window, heard_at = CAPABILITIES[self.channel].window, self.heard_at or self.last_inbound_at
        if window is None:
            return None
        return heard_at if self.window_shut else heard_at + window


@dataclass(frozen=True, slots=True)
class Person:
    """A participant. `name` is empty until they told it."""

    id: str
    name: str
    language: Language
    track: str  # code of the recordings they listen to; empty: they read
    prompting: ConsentState
    joined_at: datetime
    awaited_since: datetime | None
    urgent_since: datetime | None
    cohorts: tuple[str, ...]  # names, within the perimeter
    addresses: tuple[Reachable, ...]  # the last one they wrote from first
    next_contact_at: datetime | None
    preferred_channel: Channel | None = None  # None: they are written to where they wrote last

    @property
    def last_message_at(self) -> datetime | None:
        return max((address.last_inbound_at for address in self.addresses), default=None)

    @property
    def code(self) -> str:
        """A short sign to tell people without a name apart."""
        return self.id[-4:].upper()


def people(
    tx: Connection, storage: Storage, perimeter: Perimeter, participant_ids: Sequence[str]
) -> list[Person]:
    """These participants in this order, as far as they are within the perimeter."""
    rows = {
        row.id: row
        for row in tx.execute(
            select(PARTICIPANTS).where(
                PARTICIPANTS.c.id.in_(participant_ids), perimeter.people(PARTICIPANTS.c.id)
            )
        )
    }
    names = names_of(tx, storage, rows)
    cohorts = _cohorts(tx, perimeter, rows)
    addresses = _addresses(tx, rows)
    contacts = _next_contacts(tx, rows)
    return [
        Person(
            id=row.id,
            name=names.get(row.id, ""),
            language=row.language,
            track=row.track,
            prompting=row.prompting,
            joined_at=row.joined_at,
            awaited_since=row.team_awaited_since,
            urgent_since=row.urgent_since,
            cohorts=tuple(cohorts[row.id]),
            addresses=tuple(addresses[row.id]),
            next_contact_at=contacts.get(row.id),
            preferred_channel=row.preferred_channel,
        )
        for row in (rows[wanted] for wanted in participant_ids if wanted in rows)
    ]


def names_of(tx: Connection, storage: Storage, participant_ids: Iterable[str]) -> dict[str, str]:
    """Names by id, absent for who has none or was erased meanwhile. Check the perimeter first."""
    wanted = set(participant_ids)
    sealed = tx.execute(
        select(PARTICIPANTS.c.id, PARTICIPANTS.c.name).where(
            PARTICIPANTS.c.id.in_(wanted), PARTICIPANTS.c.name.is_not(None)
        )
    ).all()
    keys = storage.keystore.of_participants(row.id for row in sealed)
    return {row.id: keys[row.id].open_name(row.name) for row in sealed if row.id in keys}


def _cohorts(tx: Connection, perimeter: Perimeter, ids: Collection[str]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    query = (
        select(MEMBERSHIPS.c.participant_id, COHORTS.c.name)
        .join(COHORTS, COHORTS.c.id == MEMBERSHIPS.c.cohort_id)
        .where(MEMBERSHIPS.c.participant_id.in_(ids), perimeter.cohorts(COHORTS.c.id))
        .order_by(MEMBERSHIPS.c.since, COHORTS.c.id)
    )
    for row in tx.execute(query):
        found[row.participant_id].append(row.name)
    return found


def _addresses(tx: Connection, ids: Collection[str]) -> defaultdict[str, list[Reachable]]:
    found: defaultdict[str, list[Reachable]] = defaultdict(list)
    others = ADDRESSES.alias()
    shared = exists().where(others.c.chat == ADDRESSES.c.chat, others.c.id != ADDRESSES.c.id)
    query = (
        select(ADDRESSES, answers_only().label("answers_only"), shared.label("shared"))
        .join(PARTICIPANTS, PARTICIPANTS.c.id == ADDRESSES.c.participant_id)
        .where(ADDRESSES.c.participant_id.in_(ids))
        .order_by(ADDRESSES.c.last_inbound_at.desc(), ADDRESSES.c.id)
    )
    for row in tx.execute(query):
        found[row.participant_id].append(
            Reachable(
                row.channel,
                row.state,
                row.last_inbound_at,
                row.id,
                heard_at=heard_at(row),
                shared=row.shared,
                unsure=row.unsure_since is not None,
                answers_only=row.answers_only,
                window_shut=row.window_shut_at is not None,
                number_changed_at=row.number_changed_at,
            )
        )
    return found


def _next_contacts(tx: Connection, ids: Collection[str]) -> dict[str, datetime]:
    query = (
        select(CONTACTS.c.participant_id, func.min(CONTACTS.c.due_at).label("due_at"))
        .where(CONTACTS.c.participant_id.in_(ids), CONTACTS.c.state.in_(AHEAD), ASKING)
        .group_by(CONTACTS.c.participant_id)
    )
    return {row.participant_id: row.due_at for row in tx.execute(query)}
