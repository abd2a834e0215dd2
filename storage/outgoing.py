"""Put messages into the outbox: the one way anything leaves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, false, func, or_, select

from conversations.entry.who import called
from conversations.messages import Prompt, PromptKind, Say
from conversations.vocabulary import Channel, ConsentState, DeliveryState, Language
from storage.codec import PROMPT
from storage.database import Storage
from storage.tables.core import ADDRESSES, CHAT_HOLDS, ERASURES, OUTBOX, PARTICIPANTS
from storage.tables.vocabulary import AddressState
from storage.turns import turns
from storage.vault import Cipher

# Smaller goes first; within one chat the order of making always holds.
PRIORITY = {
    PromptKind.REPLY: 0,
    PromptKind.STAFF: 1,
    PromptKind.NUDGE: 2,
    PromptKind.NOTICE: 2,
    PromptKind.BROADCAST: 3,
}

# A message that could not leave for this long is of no use any more.
GOOD_FOR = {
    PromptKind.REPLY: timedelta(hours=24),
    PromptKind.STAFF: timedelta(days=7),
    PromptKind.NUDGE: timedelta(days=7),
    PromptKind.NOTICE: timedelta(days=7),
    PromptKind.BROADCAST: timedelta(days=3),
}


@dataclass(frozen=True, slots=True)
class Destination:
    """A participant's address as the outbox needs it."""

    address_id: str
    account_id: str
    chat: str
    answers_only: bool = False  # SMS, without a yes to notices there


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to put into the outbox. A newcomer has no address row: theirs travels sealed with it."""

    prompt: Prompt
    language: Language
    account_id: str
    chat: str
    cipher: Cipher  # the participant's, or the system's for a newcomer
    participant_id: str | None = None
    address_id: str | None = None
    newcomer_address: str = ""
    author_id: str | None = None
    broadcast_id: str | None = None
    contact_id: str | None = None
    forget: bool = False
    cause: str = ""  # how the log names what it follows from
    again_of: str | None = None  # the message that did not arrive and is sent again with this one
    expires_at: datetime | None = None  # of no use after this moment, where it is known better than by kind


def enqueue(tx: Connection, storage: Storage, messages: Sequence[Outgoing], now: datetime) -> list[str]:
    """Insert the messages in this order; their outbox ids, in the same order."""
    rows = [_row(storage, message, now) for message in addressed(tx, storage, messages, now)]
    if rows:
        places = [(row["account_id"], row["priority"]) for row in rows]
        in_turn = zip(rows, turns(tx, places, now), strict=True)
        tx.execute(OUTBOX.insert(), [row | {"turn": turn} for row, turn in in_turn])
    return [row["id"] for row in rows]


def addressed(
    tx: Connection, storage: Storage, messages: Sequence[Outgoing], now: datetime
) -> Sequence[Outgoing]:
    """The same messages; what we begin where several people read says first whom it is for.

    Whoever answers in words then is asked who they are.
    """
    begun = {
        message.chat
        for message in messages
        if message.participant_id and message.prompt.kind is not PromptKind.REPLY
    }
    if not begun:
        return messages
    several = select(ADDRESSES.c.chat).where(ADDRESSES.c.chat.in_(begun))
    shared = set(tx.scalars(several.group_by(ADDRESSES.c.chat).having(func.count() > 1)))
    joining = CHAT_HOLDS.c.newcomer & (CHAT_HOLDS.c.held_until > now)  # beside who has a logbook there
    shared |= set(tx.scalars(select(CHAT_HOLDS.c.chat).where(CHAT_HOLDS.c.chat.in_(begun), joining)))
    if not shared:
        return messages
    initials = _initials(tx, storage, shared)
    found = []
    for message in messages:
        initial = initials.get((message.chat, message.participant_id))
        if initial and message.prompt.kind is not PromptKind.REPLY:
            here = CHAT_HOLDS.c.chat == message.chat
            another = CHAT_HOLDS.c.holder_id.is_(None) | (CHAT_HOLDS.c.holder_id != message.participant_id)
            tx.execute(CHAT_HOLDS.update().where(here, another).values(held_until=now))
            lines = (Say("who.for", {"who": initial}), *message.prompt.lines)
            message = replace(message, prompt=replace(message.prompt, lines=lines))
        found.append(message)
    return found


def _initials(tx: Connection, storage: Storage, chats: set[str]) -> dict[tuple[str, str | None], str]:
    """What those who share these chats are called there, by chat and person."""
    rows = tx.execute(
        select(ADDRESSES.c.chat, PARTICIPANTS.c.id, PARTICIPANTS.c.name)
        .join(PARTICIPANTS, PARTICIPANTS.c.id == ADDRESSES.c.participant_id)
        .where(ADDRESSES.c.chat.in_(chats))
        .order_by(ADDRESSES.c.chat, PARTICIPANTS.c.joined_at, PARTICIPANTS.c.id)
    ).all()
    keys = storage.keystore.of_participants(row.id for row in rows)
    found: dict[tuple[str, str | None], str] = {}
    for chat, group in groupby(rows, key=lambda row: row.chat):
        known = [row for row in group if row.id in keys]
        names = [keys[row.id].open_name(row.name) if row.name else "" for row in known]
        found |= {(chat, row.id): initial for row, initial in zip(known, called(names), strict=True)}
    return found


def _row(storage: Storage, message: Outgoing, now: datetime) -> dict[str, Any]:
    outbox_id = storage.ids.row()
    seal = message.cipher.seal
    return {
        "id": outbox_id,
        "account_id": message.account_id,
        "chat": message.chat,
        "participant_id": message.participant_id,
        "address_id": message.address_id,
        "sealed_address": seal(message.newcomer_address.encode(), f"outbox.sealed_address:{outbox_id}")
        if message.newcomer_address
        else None,
        "language": message.language,
        "kind": message.prompt.kind,
        "priority": PRIORITY[message.prompt.kind],
        "prompt": seal(PROMPT.dump_json(message.prompt), f"outbox.prompt:{outbox_id}"),
        "state": DeliveryState.QUEUED,
        "code": "",
        "created_at": now,
        "due_at": now,
        "expires_at": message.expires_at or now + GOOD_FOR[message.prompt.kind],
        "lease": "",
        "attempts": 0,
        "author_id": message.author_id,
        "broadcast_id": message.broadcast_id,
        "contact_id": message.contact_id,
        "forget": message.forget,
        "cause": message.cause,
        "again_of": message.again_of,
    }


def quiet(now: datetime) -> ColumnElement[bool]:
    """Whether a participant is in a pause or about to be erased: nothing goes out on our own account then."""
    leaving = select(ERASURES.c.participant_id).where(ERASURES.c.participant_id == PARTICIPANTS.c.id).exists()
    return or_(func.coalesce(PARTICIPANTS.c.paused_until > now, false()), leaving)


def answers_only() -> ColumnElement[bool]:
    """Whether an address takes only what was asked for: SMS, without a yes to notices there."""
    said_yes = func.coalesce(PARTICIPANTS.c.sms == ConsentState.GIVEN, false())
    return (ADDRESSES.c.channel == Channel.SMS) & ~said_yes


def heard_at(address: Any) -> datetime | None:
    """When somebody wrote last from the chat of this address row: that opens WhatsApp's window."""
    return max(filter(None, (address.last_inbound_at, address.chat_heard_at)), default=None)


def reaching_order() -> tuple[ColumnElement[Any], ...]:
    """Addresses of one participant in the order in which they are written to; beside the participant's row.

    The channel they want, else where they wrote last. What is behind the channel they want: SMS last.
    """
    wanted = PARTICIPANTS.c.preferred_channel
    behind = case((wanted.is_(None), 0), (ADDRESSES.c.channel == wanted, 0), else_=_sms_last())
    return answers_only(), behind, ADDRESSES.c.last_inbound_at.desc(), ADDRESSES.c.id


def falling_back_order() -> tuple[ColumnElement[Any], ...]:
    """The same, once one address did not take a message: by what was written last, SMS last of all."""
    wanted = func.coalesce(ADDRESSES.c.channel == PARTICIPANTS.c.preferred_channel, false())
    behind = case((wanted, 0), else_=_sms_last())
    return behind, ADDRESSES.c.last_inbound_at.desc(), ADDRESSES.c.id


def _sms_last() -> ColumnElement[int]:
    return case((ADDRESSES.c.channel == Channel.SMS, 2), else_=1)


def preferred_destinations(tx: Connection, participant_ids: Iterable[str]) -> dict[str, Destination]:
    """The open address where each participant wants to be written to; absent where there is none.

    Without a wish it is the one they wrote from last. SMS without a yes to notices there comes last of all.
    """
    rows = tx.execute(
        select(ADDRESSES, answers_only().label("answers_only"))
        .join(PARTICIPANTS, PARTICIPANTS.c.id == ADDRESSES.c.participant_id)
        .where(ADDRESSES.c.participant_id.in_(list(participant_ids)), ADDRESSES.c.state == AddressState.OPEN)
        .order_by(
            ADDRESSES.c.participant_id,
            *reaching_order(),
        )
    )
    return {
        person: Destination(first.id, first.account_id, first.chat, first.answers_only)
        for person, group in groupby(rows, key=lambda row: row.participant_id)
        for first in [next(group)]
    }
