"""Chats to be cleared after a quick exit: what is still queued is taken back, what arrived is deleted there.

A row lives until its chat is clear or too much time has passed; it holds the address, and nothing said there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from conversations.safety.exits import DELETABLE
from conversations.vocabulary import DeliveryState
from storage.database import Storage
from storage.tables.core import CLEARINGS, EVENTS, OUTBOX, PARTS

GIVEN_UP_AFTER = timedelta(hours=48)  # nothing is left then that could be deleted
AT_ONCE = 20  # chats


@dataclass(frozen=True, slots=True)
class Clearing:
    """One chat to clear, with the provider's ids of what stands in it: theirs and ours."""

    id: str
    account_id: str
    address: str  # the channel's own form; never to be logged
    message_ids: tuple[str, ...]
    attempts: int  # before this one


def ask_to_clear(
    tx: Connection, storage: Storage, chats: Sequence[tuple[str, str, str]], now: datetime
) -> None:
    """Clear these chats, each given as account, blind index and address, of all that was enqueued before."""
    rows: list[dict[str, Any]] = []
    for account_id, chat, address in chats:
        row_id = storage.ids.row()
        rows.append(
            {
                "id": row_id,
                "account_id": account_id,
                "chat": chat,
                "sealed_address": storage.vault.system.seal_text(
                    address, f"clearings.sealed_address:{row_id}"
                ),
                "asked_at": now,
                "due_at": now,
                "attempts": 0,
            }
        )
    if rows:
        tx.execute(CLEARINGS.insert(), rows)
        for row in rows:
            _take_back(tx, row["chat"], row["id"], now)


def waiting_to_be_cleared(tx: Connection, now: datetime) -> bool:
    """Whether a chat is due; a look that locks nothing."""
    return tx.execute(select(CLEARINGS.c.id).where(CLEARINGS.c.due_at <= now).limit(1)).first() is not None


def due_clearings(tx: Connection, storage: Storage, now: datetime) -> list[Clearing]:
    """The chats to clear now. One with a message in a sender's hands waits until its fate is known."""
    in_hand = select(OUTBOX.c.id).where(
        OUTBOX.c.chat == CLEARINGS.c.chat,
        OUTBOX.c.id < CLEARINGS.c.id,
        OUTBOX.c.state == DeliveryState.SENDING,
    )
    due = (
        select(CLEARINGS)
        .where(CLEARINGS.c.due_at <= now, ~in_hand.exists())
        .order_by(CLEARINGS.c.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    found = []
    for row in tx.execute(due).all():
        _take_back(tx, row.chat, row.id, now)
        address = storage.vault.system.open_text(row.sealed_address, f"clearings.sealed_address:{row.id}")
        found.append(Clearing(row.id, row.account_id, address, _message_ids(tx, row), row.attempts))
    return found


def clear(tx: Connection, clearing_id: str) -> None:
    """The chat is clear: nothing of it is kept here."""
    tx.execute(CLEARINGS.delete().where(CLEARINGS.c.id == clearing_id))


def try_again(tx: Connection, clearing_id: str, due_at: datetime) -> None:
    """Once more then, unless nothing could be deleted any more by that time."""
    this = CLEARINGS.c.id == clearing_id
    tx.execute(CLEARINGS.delete().where(this, CLEARINGS.c.asked_at < due_at - GIVEN_UP_AFTER))
    tx.execute(CLEARINGS.update().where(this).values(due_at=due_at, attempts=CLEARINGS.c.attempts + 1))


def _take_back(tx: Connection, chat: str, clearing_id: str, now: datetime) -> None:
    """What was enqueued before the exit and is not sent yet must not arrive after it."""
    tx.execute(
        OUTBOX.update()
        .where(
            OUTBOX.c.chat == chat,
            OUTBOX.c.id < clearing_id,
            OUTBOX.c.state.in_([DeliveryState.QUEUED, DeliveryState.WAITING]),
        )
        .values(state=DeliveryState.CANCELLED, settled_at=now)
    )


def _message_ids(tx: Connection, row: Row[Any]) -> tuple[str, ...]:
    """What stands in the chat and is young enough to be deleted, theirs first."""
    since = row.asked_at - DELETABLE
    theirs = select(EVENTS.c.message_id).where(
        EVENTS.c.account_id == row.account_id,
        EVENTS.c.blind == row.chat,
        EVENTS.c.message_id != "",
        EVENTS.c.received_at > since,
    )
    ours = (
        select(PARTS.c.provider_message_id)
        .join(OUTBOX, OUTBOX.c.id == PARTS.c.outbox_id)
        .where(
            PARTS.c.account_id == row.account_id,
            PARTS.c.chat == row.chat,
            PARTS.c.outbox_id < row.id,
            PARTS.c.changed_at > since,
        )
    )
    return tuple(dict.fromkeys([*tx.scalars(theirs), *tx.scalars(ours)]))
