"""Who a message to a cohort reaches: at once, once they write, or not at all and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from conversations.render.capabilities import CAPABILITIES
from conversations.render.window import Route, route
from conversations.session import Place
from conversations.unsure import unsure_since
from conversations.vocabulary import Channel, ConsentState, Language
from storage.codec import SESSION
from storage.keystore import PersonKey
from storage.outgoing import Destination, answers_only, heard_at, quiet, reaching_order
from storage.perimeter import Perimeter
from storage.tables.core import ADDRESSES, CHAT_HOLDS, MEMBERSHIPS, PARTICIPANTS, SESSIONS
from storage.tables.vocabulary import AddressState, FailureReason


class Reach(StrEnum):
    """What a broadcast means for one person of the cohort."""

    NOW = "now"  # goes out at once
    LATER = "later"  # waits for the channel's window: goes out when the person writes
    NOT = "not"  # is not sent to them


@dataclass(frozen=True, slots=True)
class Listener:
    """One person of the cohort. Either a destination on a channel, or the reason why there is none."""

    participant_id: str
    language: Language
    destination: Destination | None = None
    channel: Channel | None = None
    route: Route = Route.SEND
    left_out: FailureReason | None = None

    @property
    def reach(self) -> Reach:
        if self.destination is None:
            return Reach.NOT
        return Reach.NOW if self.route is Route.SEND else Reach.LATER


@dataclass(frozen=True, slots=True)
class Counts:
    """The same, in numbers."""

    reach: Counter[Reach]
    left_out: Counter[FailureReason]
    shown: Counter[tuple[Channel, Language]]  # how many will read it on which channel in which language

    @property
    def reached(self) -> int:
        return self.reach[Reach.NOW] + self.reach[Reach.LATER]


def audience(tx: Connection, perimeter: Perimeter, cohort_id: str, now: datetime) -> list[Listener]:
    """Everyone in the cohort, each with where they are written to. OutOfPerimeter if it is not theirs."""
    perimeter.require_cohort(tx, cohort_id)
    return listeners(tx, cohort_id, now)


def listeners(tx: Connection, cohort_id: str, now: datetime) -> list[Listener]:
    """Everyone in the cohort, each with where they are written to."""
    rows = tx.execute(
        select(
            PARTICIPANTS.c.id.label("person"),
            PARTICIPANTS.c.language,
            PARTICIPANTS.c.prompting,
            quiet(now).label("quiet"),
            ADDRESSES.c.id.label("address_id"),
            ADDRESSES.c.account_id,
            ADDRESSES.c.chat,
            ADDRESSES.c.channel,
            ADDRESSES.c.state,
            ADDRESSES.c.last_inbound_at,
            ADDRESSES.c.chat_heard_at,
            ADDRESSES.c.window_shut_at,
            ADDRESSES.c.unsure_since,
            answers_only().label("answers_only"),
        )
        .join(MEMBERSHIPS, MEMBERSHIPS.c.participant_id == PARTICIPANTS.c.id)
        .outerjoin(ADDRESSES, ADDRESSES.c.participant_id == PARTICIPANTS.c.id)
        .where(MEMBERSHIPS.c.cohort_id == cohort_id)
        .order_by(PARTICIPANTS.c.id, *reaching_order())
    )
    return [
        _listener(person, list(group), now) for person, group in groupby(rows, key=lambda row: row.person)
    ]


def left_quickly(tx: Connection, listeners: Sequence[Listener], keys: Mapping[str, PersonKey]) -> set[str]:
    """Who left by the quick exit, or shares a chat that was: nothing shows before it is opened again."""
    chats = {one.participant_id: one.destination.chat for one in listeners if one.destination}
    return hidden_among(tx, chats, keys)


def hidden_among(tx: Connection, chats: Mapping[str, str], keys: Mapping[str, PersonKey]) -> set[str]:
    """The same of people and their chats."""
    left = set(tx.scalars(select(CHAT_HOLDS.c.chat).where(CHAT_HOLDS.c.hidden)))
    hidden = {person for person, chat in chats.items() if chat in left}
    for row in tx.execute(select(SESSIONS).where(SESSIONS.c.participant_id.in_(keys))):
        key = keys[row.participant_id]
        session = SESSION.validate_json(key.cipher.open(row.body, f"sessions.body:{row.participant_id}"))
        if session.place is Place.HIDDEN:
            hidden.add(row.participant_id)
    return hidden


def count(listeners: Sequence[Listener]) -> Counts:
    return Counts(
        reach=Counter(one.reach for one in listeners),
        left_out=Counter(one.left_out for one in listeners if one.left_out),
        shown=Counter((one.channel, one.language) for one in listeners if one.channel),
    )


def _listener(person: str, addresses: Sequence[Any], now: datetime) -> Listener:
    first = addresses[0]
    if first.prompting is not ConsentState.GIVEN:
        return Listener(person, first.language, left_out=FailureReason.NO_CONSENT)
    if first.quiet:
        return Listener(person, first.language, left_out=FailureReason.PAUSED)
    reachable = [row for row in addresses if row.state is AddressState.OPEN]
    usable = next((row for row in reachable if not row.answers_only), None)
    if usable is None and reachable:
        return Listener(person, first.language, left_out=FailureReason.NO_SMS)
    if usable is None:
        return Listener(person, first.language, left_out=_why_none([row.state for row in addresses]))
    if unsure_since(usable.last_inbound_at, now, usable.unsure_since) is not None:
        return Listener(person, first.language, left_out=FailureReason.UNSURE)
    return Listener(
        person,
        first.language,
        Destination(usable.address_id, usable.account_id, usable.chat),
        usable.channel,
        route(CAPABILITIES[usable.channel], None if usable.window_shut_at else heard_at(usable), now),
    )


def _why_none(states: Sequence[AddressState | None]) -> FailureReason:
    if AddressState.BLOCKED in states:
        return FailureReason.BLOCKED
    if AddressState.UNREACHABLE in states:
        return FailureReason.UNREACHABLE
    return FailureReason.NO_ADDRESS
