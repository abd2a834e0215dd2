"""What is to be deleted at a provider: noted by its ids, deleted there by and by."""

from collections.abc import Iterable, Sequence
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
    deletable = set(deletable_accounts(tx))
    found = (
        AtProvider(account, message)
        for query in queries
        for account, message in tx.execute(query)
        if account in deletable
    )
    note(tx, [(message, now + FIRST_TRY) for message in found])


def deletable_accounts(tx: Connection) -> Sequence[str]:
    """Our accounts with providers that delete messages when they are told to."""
    return tx.scalars(select(ACCOUNTS.c.id).where(ACCOUNTS.c.channel.in_(DELETABLE))).all()


def note(tx: Connection, messages: Iterable[tuple[AtProvider, datetime]]) -> None:
    """Note messages with the moment from which they may go; what is noted already stays as it is."""
    due: dict[tuple[str, str], datetime] = {}
    for message, moment in messages:  # the second file of a message has its id and a number
        key = message.account_id, message.provider_message_id.partition("/")[0]
        due[key] = max(moment, due.get(key, moment))
    rows = [
        {"account_id": account, "provider_message_id": message, "due_at": moment, "attempts": 0}
        for (account, message), moment in sorted(due.items())
    ]
    if rows:
        tx.execute(upsert(tx, PROVIDER_DELETIONS), rows)


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
