"""Messages that did not arrive: what they were, why, how often they were tried; their text is not read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from conversations.messages import PromptKind
from conversations.vocabulary import Channel, DeliveryState
from storage.audit import note
from storage.database import Storage
from storage.people import names_of
from storage.perimeter import Perimeter
from storage.tables.core import ACCOUNTS, OUTBOX
from storage.tables.vocabulary import AuditAction, FailureReason

PAGE = 50  # messages
BACK = timedelta(days=60)  # older ones are history
NOT_ARRIVED = (DeliveryState.FAILED, DeliveryState.EXPIRED)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that did not arrive."""

    id: str
    participant_id: str
    name: str
    kind: PromptKind
    channel: Channel
    reason: FailureReason
    code: str  # the provider's
    made_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Cause:
    """Why several did not arrive: what is mended once is mended for all of them."""

    channel: Channel
    reason: FailureReason
    messages: int


def undelivered(perimeter: Perimeter, now: datetime) -> ColumnElement[bool]:
    """The condition that a message did not arrive and still concerns this member of staff."""
    return (
        OUTBOX.c.state.in_(NOT_ARRIVED)
        & OUTBOX.c.dismissed_at.is_(None)
        & OUTBOX.c.participant_id.is_not(None)
        & (OUTBOX.c.created_at > now - BACK)
        & perimeter.people(OUTBOX.c.participant_id)
    )


def causes(tx: Connection, perimeter: Perimeter, now: datetime) -> list[Cause]:
    """Why messages did not arrive, the most frequent reason first."""
    many = func.count()
    query = (
        select(ACCOUNTS.c.channel, OUTBOX.c.reason, many.label("messages"))
        .join(ACCOUNTS, ACCOUNTS.c.id == OUTBOX.c.account_id)
        .where(undelivered(perimeter, now))
        .group_by(ACCOUNTS.c.channel, OUTBOX.c.reason)
        .order_by(many.desc(), ACCOUNTS.c.channel, OUTBOX.c.reason)
    )
    return [
        Cause(row.channel, row.reason or FailureReason.REJECTED, row.messages) for row in tx.execute(query)
    ]


def dead_letters(
    tx: Connection, storage: Storage, perimeter: Perimeter, number: int, now: datetime
) -> list[DeadLetter]:
    """One page (from 1) of them, the newest first."""
    rows = tx.execute(
        select(OUTBOX, ACCOUNTS.c.channel)
        .join(ACCOUNTS, ACCOUNTS.c.id == OUTBOX.c.account_id)
        .where(undelivered(perimeter, now))
        .order_by(OUTBOX.c.created_at.desc(), OUTBOX.c.id.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    ).all()
    names = names_of(tx, storage, {row.participant_id for row in rows})
    return [
        DeadLetter(
            id=row.id,
            participant_id=row.participant_id,
            name=names.get(row.participant_id, ""),
            kind=row.kind,
            channel=row.channel,
            reason=row.reason or FailureReason.REJECTED,
            code=row.code,
            made_at=row.created_at,
            attempts=row.attempts,
        )
        for row in rows
    ]


def of_cause(
    tx: Connection, perimeter: Perimeter, channel: Channel, reason: FailureReason, limit: int, now: datetime
) -> list[str]:
    """The messages that did not arrive for this reason, the oldest first."""
    same = OUTBOX.c.reason == reason
    if reason is FailureReason.REJECTED:
        same |= OUTBOX.c.reason.is_(None)
    query = (
        select(OUTBOX.c.id)
        .join(ACCOUNTS, ACCOUNTS.c.id == OUTBOX.c.account_id)
        .where(undelivered(perimeter, now), ACCOUNTS.c.channel == channel, same)
        .order_by(OUTBOX.c.id)
        .limit(limit)
    )
    return list(tx.scalars(query))


def dismiss(storage: Storage, perimeter: Perimeter, outbox_ids: Sequence[str], now: datetime) -> int:
    """Nobody needs to see these any more. How many; what is not theirs to see stays."""
    with storage.write() as tx:
        gone = tx.execute(
            OUTBOX.update()
            .where(OUTBOX.c.id.in_(outbox_ids), undelivered(perimeter, now))
            .values(dismissed_at=now)
            .returning(OUTBOX.c.participant_id)
        ).all()
        for person in {row.participant_id for row in gone}:
            note(tx, storage, now, AuditAction.UNDELIVERED_DISMISSED, perimeter.staff_id, person)
    return len(gone)
