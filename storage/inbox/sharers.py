"""Those who share a chat, as a step may know them; and chats that were left by the quick exit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from conversations.entry.who import HELD_FOR, called
from conversations.events import ContactDue
from conversations.session import IN_CONFIDENCE
from conversations.snapshot import Sharer
from conversations.vocabulary import DeliveryState
from storage.codec import SESSION
from storage.database import Storage
from storage.inbox.people import Whose
from storage.tables.core import CHAT_HOLDS, OUTBOX, SESSIONS


def sharers(tx: Connection, storage: Storage, first: Sequence[Whose]) -> dict[str, tuple[Sharer, ...]]:
    """By chat, where it is shared: who joined first comes first."""
    rows = {whose.chat: whose.sharers for whose in first if whose.sharers}
    people = [row.participant_id for each in rows.values() for row in each]
    if not people:
        return {}
    keys = storage.keystore.of_participants(people)
    bodies = select(SESSIONS.c.participant_id, SESSIONS.c.body).where(SESSIONS.c.participant_id.in_(people))
    reporting = {
        row.participant_id
        for row in tx.execute(bodies)
        if (key := keys.get(row.participant_id))
        and SESSION.validate_json(key.cipher.open(row.body, f"sessions.body:{row.participant_id}")).place
        in IN_CONFIDENCE
    }
    found = {}
    for chat, those in rows.items():
        known = sorted(
            (row for row in those if row.participant_id in keys),
            key=lambda row: (row.joined_at, row.participant_id),
        )
        names = [keys[row.participant_id].open_name(row.name) if row.name else "" for row in known]
        found[chat] = tuple(
            Sharer(row.participant_id, initial, name, row.participant_id in reporting)
            for row, initial, name in zip(known, called(names), names, strict=True)
        )
    return found


def hidden_since(tx: Connection, first: Sequence[Whose]) -> dict[str, datetime]:
    """The chats of contacts due that were left by the quick exit, and when something came from there last."""
    chats = [whose.chat for whose in first if isinstance(whose.arrival.event, ContactDue)]
    if not chats:
        return {}
    query = select(CHAT_HOLDS.c.chat, CHAT_HOLDS.c.asked_at)
    return {
        row.chat: row.asked_at
        for row in tx.execute(query.where(CHAT_HOLDS.c.chat.in_(chats), CHAT_HOLDS.c.hidden))
    }


def words_lapse(hold: Any, now: datetime) -> bool:
    """Whether what waits for someone to be chosen is of an earlier sitting: it may be of anybody here."""
    return hold is not None and hold.waiting is not None and now - hold.asked_at > HELD_FOR


def still_asking(tx: Connection, first: Sequence[Whose]) -> set[str]:
    """The chats where the question who writes has not left us yet: what is written is no answer to it."""
    asked = [whose.chat for whose in first if whose.hold is not None and whose.hold.token]
    if not asked:
        return set()
    leaving = OUTBOX.c.state.in_([DeliveryState.QUEUED, DeliveryState.SENDING])
    ours = OUTBOX.c.chat.in_(asked) & OUTBOX.c.participant_id.is_(None)
    return set(tx.scalars(select(OUTBOX.c.chat).where(ours, leaving)))
