"""What needs a member of staff today: counts and the first rows of each list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, func, null, select

from conversations.vocabulary import ContactState, DeliveryState
from storage.database import Storage
from storage.dead_letters import undelivered
from storage.people import names_of
from storage.perimeter import Perimeter
from storage.plans import AHEAD as PLANNED
from storage.plans import ASKING, UNANSWERED
from storage.tables.core import ADDRESSES, CONTACTS, MESSAGES_IN, OUTBOX, PARTICIPANTS, SPOKEN
from storage.tables.vocabulary import FailureReason, MessageState

FIRST_ROWS = 20
AHEAD = timedelta(days=7)  # check-ins that are due soon
BACK = timedelta(days=14)  # failures and missed check-ins older than this are history


class Concern(StrEnum):
    """The lists of the day, in the order they are shown."""

    URGENT = "urgent"  # people who wrote words of distress; the longest wait first
    AWAITING = "awaiting"  # people who wait for an answer of the team
    UNSURE = "unsure"  # people who wrote again after a long silence: is it really them?
    SPOKEN = "spoken"  # answers by voice that wait to be written down
    UNREAD = "unread"  # incoming messages the program failed on
    FAILED = "failed"  # messages that will not arrive
    UNANSWERED = "unanswered"  # check-ins that were sent and wait for an answer
    MISSED = "missed"  # check-ins that were never answered
    WAITING = "waiting"  # messages that go out when the person writes
    DUE = "due"  # check-ins of the next seven days, and those that are late


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. Someone unknown (a newcomer) has neither id nor name."""

    participant_id: str | None
    name: str
    at: datetime
    reason: FailureReason | None


@dataclass(frozen=True, slots=True)
class Section:
    """One list: how many there are, and the first twenty."""

    concern: Concern
    count: int
    rows: tuple[Row, ...]


def today(tx: Connection, storage: Storage, perimeter: Perimeter, now: datetime) -> list[Section]:
    """Every list of the day, empty ones too."""
    return [_section(tx, storage, concern, query(perimeter, now)) for concern, query in QUERIES.items()]


def _section(tx: Connection, storage: Storage, concern: Concern, query: Select[Any]) -> Section:
    count = tx.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()
    rows = tx.execute(query.limit(FIRST_ROWS)).all() if count else []
    names = names_of(tx, storage, {row.person for row in rows if row.person})
    return Section(
        concern, count, tuple(Row(row.person, names.get(row.person, ""), row.at, row.reason) for row in rows)
    )


def _urgent(perimeter: Perimeter, now: datetime) -> Select[Any]:
    return _since(perimeter, PARTICIPANTS.c.urgent_since)


def _awaiting(perimeter: Perimeter, now: datetime) -> Select[Any]:
    return _since(perimeter, PARTICIPANTS.c.team_awaited_since)


def _since(perimeter: Perimeter, since: Any) -> Select[Any]:
    """Who waits, the longest first."""
    return (
        select(PARTICIPANTS.c.id.label("person"), since.label("at"), null().label("reason"))
        .where(since.is_not(None), perimeter.people(PARTICIPANTS.c.id))
        .order_by(since, PARTICIPANTS.c.id)
    )


def _unsure(perimeter: Perimeter, now: datetime) -> Select[Any]:
    """One line per person, who wrote last first."""
    at = func.max(ADDRESSES.c.last_inbound_at)
    return (
        select(ADDRESSES.c.participant_id.label("person"), at.label("at"), null().label("reason"))
        .where(ADDRESSES.c.unsure_since.is_not(None), perimeter.people(ADDRESSES.c.participant_id))
        .group_by(ADDRESSES.c.participant_id)
        .order_by(at.desc(), ADDRESSES.c.participant_id)
    )


def _spoken(perimeter: Perimeter, now: datetime) -> Select[Any]:
    """One line per person, the longest wait first."""
    at = func.min(SPOKEN.c.spoken_at)
    return (
        select(SPOKEN.c.participant_id.label("person"), at.label("at"), null().label("reason"))
        .where(SPOKEN.c.written_at.is_(None), perimeter.people(SPOKEN.c.participant_id))
        .group_by(SPOKEN.c.participant_id)
        .order_by(at, SPOKEN.c.participant_id)
    )


def _unread(perimeter: Perimeter, now: datetime) -> Select[Any]:
    at = MESSAGES_IN.c.received_at
    return (
        select(MESSAGES_IN.c.participant_id.label("person"), at.label("at"), null().label("reason"))
        .where(
            MESSAGES_IN.c.state == MessageState.FAILED,
            at > now - BACK,
            perimeter.people(MESSAGES_IN.c.participant_id),
        )
        .order_by(at.desc())
    )


def _failed(perimeter: Perimeter, now: datetime) -> Select[Any]:
    at = OUTBOX.c.created_at
    recent = _outgoing(perimeter).where(undelivered(perimeter, now), at > now - BACK)
    return recent.order_by(at.desc(), OUTBOX.c.id.desc())


def _waiting(perimeter: Perimeter, now: datetime) -> Select[Any]:
    waiting = OUTBOX.c.state == DeliveryState.WAITING
    return _outgoing(perimeter).where(waiting).order_by(OUTBOX.c.created_at, OUTBOX.c.id)


def _outgoing(perimeter: Perimeter) -> Select[Any]:
    return select(
        OUTBOX.c.participant_id.label("person"), OUTBOX.c.created_at.label("at"), OUTBOX.c.reason
    ).where(OUTBOX.c.participant_id.is_not(None), perimeter.people(OUTBOX.c.participant_id))


def _unanswered(perimeter: Perimeter, now: datetime) -> Select[Any]:
    at = func.coalesce(CONTACTS.c.sent_at, CONTACTS.c.due_at)
    return _contacts(perimeter, UNANSWERED, at).order_by(at)


def _missed(perimeter: Perimeter, now: datetime) -> Select[Any]:
    at = func.coalesce(CONTACTS.c.closed_at, CONTACTS.c.due_at)
    return _contacts(perimeter, (ContactState.MISSED,), at).where(at > now - BACK).order_by(at.desc())


def _due(perimeter: Perimeter, now: datetime) -> Select[Any]:
    at = CONTACTS.c.due_at
    return _contacts(perimeter, PLANNED, at).where(at <= now + AHEAD, ASKING).order_by(at)


def _contacts(perimeter: Perimeter, states: Sequence[ContactState], at: Any) -> Select[Any]:
    return select(CONTACTS.c.participant_id.label("person"), at.label("at"), null().label("reason")).where(
        CONTACTS.c.state.in_(states), perimeter.people(CONTACTS.c.participant_id)
    )


QUERIES: dict[Concern, Callable[[Perimeter, datetime], Select[Any]]] = {
    Concern.URGENT: _urgent,
    Concern.AWAITING: _awaiting,
    Concern.UNSURE: _unsure,
    Concern.SPOKEN: _spoken,
    Concern.UNREAD: _unread,
    Concern.FAILED: _failed,
    Concern.UNANSWERED: _unanswered,
    Concern.MISSED: _missed,
    Concern.WAITING: _waiting,
    Concern.DUE: _due,
}
