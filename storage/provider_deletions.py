"""What a provider still has of people who were erased: noted by its ids, deleted there by and by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from conversations.vocabulary import Channel
from storage.addresses import chats_alone
from storage.tables.core import (
    ACCOUNTS,
    EVENTS,
    MESSAGES_IN,
    OUTBOX,
    PARTS,
    PROVIDER_DELETIONS,
)
from storage.upsert import upsert

DELETABLE = (Channel.WHATSAPP, Channel.SMS)  # Twilio's; Telegram's chats are on people's own devices
FIRST_TRY = timedelta(minutes=5)  # a message still on its way cannot be deleted there
LONGEST_PAUSE = timedelta(hours=12)  # between two tries; doubling from the first


@dataclass(frozen=True, slots=True)
class AtProvider:
    """One message that is still to be deleted."""

    account_id: str
    provider_message_id: str


def note_for_deletion(tx: Connection, participant_ids: Sequence[str], now: datetime) -> None:
    """Note every message, in and out, that the provider may still have of these people."""
    chats, blinds = chats_alone(tx, participant_ids)
    sent = select(PARTS.c.account_id, PARTS.c.provider_message_id).join(
        OUTBOX, OUTBOX.c.id == PARTS.c.outbox_id
    )
    queries = (
        sent.where(or_(OUTBOX.c.participant_id.in_(participant_ids), OUTBOX.c.chat.in_(chats))),
        select(MESSAGES_IN.c.account_id, MESSAGES_IN.c.event_id).where(
            MESSAGES_IN.c.participant_id.in_(participant_ids)
        ),
        select(EVENTS.c.account_id, EVENTS.c.event_id).where(EVENTS.c.blind.in_(blinds)),
    )
    deletable = set(tx.scalars(select(ACCOUNTS.c.id).where(ACCOUNTS.c.channel.in_(DELETABLE))))
    found = {
        (account, message.partition("/")[0])  # the second file of a message has its id and a number
        for query in queries
        for account, message in tx.execute(query)
        if account in deletable
    }
    if found:
        tx.execute(
            upsert(tx, PROVIDER_DELETIONS),
            [
                {
                    "account_id": account,
                    "provider_message_id": message,
                    "due_at": now + FIRST_TRY,
                    "attempts": 0,
                }
                for account, message in sorted(found)
            ],
        )


def due_deletions(tx: Connection, account_ids: Sequence[str], now: datetime, limit: int) -> list[AtProvider]:
    """The next ones to try with these accounts."""
    query = select(PROVIDER_DELETIONS.c.account_id, PROVIDER_DELETIONS.c.provider_message_id).where(
        PROVIDER_DELETIONS.c.account_id.in_(account_ids), PROVIDER_DELETIONS.c.due_at <= now
    )
    rows = tx.execute(query.order_by(PROVIDER_DELETIONS.c.due_at).limit(limit))
    return [AtProvider(row.account_id, row.provider_message_id) for row in rows]


def deleted(tx: Connection, message: AtProvider) -> None:
    """It is gone there."""
    tx.execute(PROVIDER_DELETIONS.delete().where(_this(message)))


def not_deleted(tx: Connection, message: AtProvider, now: datetime) -> None:
    """It did not work: again later, ever more rarely."""
    attempts = tx.scalar(select(PROVIDER_DELETIONS.c.attempts).where(_this(message))) or 0
    pause = min(LONGEST_PAUSE, FIRST_TRY * 2 ** min(attempts + 1, 10))
    again = PROVIDER_DELETIONS.update().where(_this(message))
    tx.execute(again.values(attempts=attempts + 1, due_at=now + pause))


def _this(message: AtProvider) -> ColumnElement[bool]:
    return and_(
        PROVIDER_DELETIONS.c.account_id == message.account_id,
        PROVIDER_DELETIONS.c.provider_message_id == message.provider_message_id,
    )
