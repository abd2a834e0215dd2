"""Lease messages to a sender: one per chat at a time, in the order they were made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, case, select

from conversations.messages import Prompt
from conversations.vocabulary import DeliveryState, Language
from storage.codec import PROMPT
from storage.database import Storage
from storage.errors import MasterKeyMissing, SealBroken
from storage.keystore import PersonKey
from storage.outgoing import PRIORITY, heard_at
from storage.tables.core import ADDRESSES, OUTBOX, PARTS
from storage.tables.vocabulary import AddressState, FailureReason
from storage.turns import QUEUED
from storage.vault import Cipher

LEASE = timedelta(seconds=90)  # longer than any send may take; afterwards the sender counts as dead


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message in our hands until the lease ends."""

    outbox_id: str
    lease: str
    account_id: str
    chat: str
    participant_id: str | None  # None: a newcomer
    address_id: str | None
    address: str  # the channel's own form; never to be logged
    address_state: AddressState
    last_inbound_at: datetime | None
    prompt: Prompt
    language: Language
    attempts: int  # this one included
    parts_out: frozenset[int] = frozenset()  # those that are out already, from an earlier attempt
    retried: bool = False  # its one delayed retry is used up
    window_shut: bool = False  # the provider said so, and nobody wrote since
    cause: str = ""  # how the log names what it follows from
    knocked: bool = False  # a template has asked for an answer already; it is never repeated

    @property
    def parts_sent(self) -> int:
        """How many provider messages of it are out already."""
        return len(self.parts_out)


def claim(
    tx: Connection,
    storage: Storage,
    rooms: Mapping[str, int],
    now: datetime,
    resting: Collection[str] = (),
) -> list[Claimed]:
    """The next messages, now `sending`; the caller commits before it sends.

    `rooms` are the accounts that may send, with how many messages each may take; chats that rest get none.
    """
    ids = [each for account, room in rooms.items() for each in _ready(tx, account, room, now, resting)]
    if not ids:
        return []
    lease = storage.ids.token()
    tx.execute(
        OUTBOX.update()
        .where(OUTBOX.c.id.in_(ids), OUTBOX.c.state == DeliveryState.QUEUED)
        .values(
            state=DeliveryState.SENDING,
            lease=lease,
            leased_until=now + LEASE,
            attempts=OUTBOX.c.attempts + 1,
        )
    )
    rows = tx.execute(
        select(
            OUTBOX,
            ADDRESSES.c.sealed_address.label("person_address"),
            ADDRESSES.c.state.label("address_state"),
            ADDRESSES.c.last_inbound_at,
            ADDRESSES.c.chat_heard_at,
            ADDRESSES.c.window_shut_at,
        )
        .outerjoin(ADDRESSES, ADDRESSES.c.id == OUTBOX.c.address_id)
        .where(OUTBOX.c.id.in_(ids), OUTBOX.c.lease == lease)
    ).all()
    rows = sorted(rows, key=lambda row: ids.index(row.id))
    keys = _keys(storage, {row.participant_id for row in rows if row.participant_id})
    parts_out = _parts_out(tx, ids)
    claimed, broken = [], []
    for row in rows:
        key = keys.get(row.participant_id)
        if row.participant_id and key is None:
            broken.append(row.id)
            continue
        try:
            cipher = key.cipher if key else storage.vault.cipher_of(row.prompt)
            claimed.append(_opened(row, cipher, parts_out.get(row.id, frozenset())))
        except SealBroken:
            broken.append(row.id)
    if broken:
        dead = OUTBOX.update().where(OUTBOX.c.id.in_(broken))
        reason = {"reason": FailureReason.REJECTED, "code": SealBroken.__name__, "settled_at": now}
        tx.execute(dead.values(state=DeliveryState.FAILED, lease="", leased_until=None, **reason))
    return claimed


def _ready(tx: Connection, account_id: str, room: int, now: datetime, resting: Collection[str]) -> list[str]:
    """What one account sends next, the most urgent first: of each chat the oldest that is open.

    Who is more urgent than an older message of the same chat lends it that urgency. Each account is looked up
    by itself: the rows of one that may not send now hide nothing of another.
    """
    open_one = OUTBOX.alias("open_one")
    may_leave = (
        (open_one.c.state == DeliveryState.QUEUED)
        & (open_one.c.account_id == account_id)
        & (open_one.c.due_at <= now)
    )
    oldest = (
        select(case((may_leave, open_one.c.id)))
        .where(
            open_one.c.chat == OUTBOX.c.chat,
            open_one.c.state.in_([DeliveryState.QUEUED, DeliveryState.SENDING]),
        )
        .order_by(case((open_one.c.state == DeliveryState.SENDING, 0), else_=1), open_one.c.id)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(oldest)
        .where(
            QUEUED,
            OUTBOX.c.account_id == account_id,
            # All of them; said so that PostgreSQL walks the index in its order also before it has statistics.
            OUTBOX.c.priority.between(min(PRIORITY.values()), max(PRIORITY.values())),
            OUTBOX.c.due_at <= now,
            OUTBOX.c.chat.not_in(resting),
            oldest.is_not(None),
        )
        .order_by(OUTBOX.c.priority, OUTBOX.c.turn, OUTBOX.c.id)
        .limit(room)
        .with_for_update(of=OUTBOX, skip_locked=True)  # who claims beside us walks on to what is free
    )
    ids = list(dict.fromkeys(tx.scalars(query)))  # several of one chat lead to the same one
    due = (OUTBOX.c.state == DeliveryState.QUEUED) & (OUTBOX.c.due_at <= now)
    waiting = select(OUTBOX.c.id).where(OUTBOX.c.id.in_(ids), due).with_for_update(skip_locked=True)
    free = set(tx.scalars(waiting)) if ids else set()
    return [each for each in ids if each in free]


def _keys(storage: Storage, participant_ids: set[str]) -> Mapping[str, PersonKey]:
    """The keys of these people; if one does not open, the others are still found."""
    try:
        return storage.keystore.of_participants(participant_ids)
    except (SealBroken, MasterKeyMissing):
        if len(participant_ids) == 1:
            return {}
        return {key: value for one in participant_ids for key, value in _keys(storage, {one}).items()}


def _parts_out(tx: Connection, outbox_ids: Sequence[str]) -> dict[str, frozenset[int]]:
    """The parts of these messages that are out already and count."""
    query = select(PARTS.c.outbox_id, PARTS.c.part).where(
        PARTS.c.outbox_id.in_(outbox_ids), PARTS.c.part >= 0
    )
    rows = tx.execute(query.order_by(PARTS.c.outbox_id)).all()
    by_message = groupby(rows, key=lambda row: row.outbox_id)
    return {outbox_id: frozenset(row.part for row in group) for outbox_id, group in by_message}


def _opened(row: Any, cipher: Cipher, parts_out: frozenset[int]) -> Claimed:
    if row.address_id is not None:
        address = cipher.open_text(row.person_address, f"addresses.sealed_address:{row.address_id}")
    else:
        address = cipher.open_text(row.sealed_address, f"outbox.sealed_address:{row.id}")
    return Claimed(
        outbox_id=row.id,
        lease=row.lease,
        account_id=row.account_id,
        chat=row.chat,
        participant_id=row.participant_id,
        address_id=row.address_id,
        address=address,
        address_state=row.address_state or AddressState.OPEN,
        last_inbound_at=heard_at(row) or row.created_at,  # a newcomer wrote just before
        prompt=PROMPT.validate_json(cipher.open(row.prompt, f"outbox.prompt:{row.id}")),
        language=row.language,
        attempts=row.attempts,
        parts_out=parts_out,
        retried=row.retried,
        window_shut=row.window_shut_at is not None,
        knocked=row.template_at is not None,
        cause=row.cause,
    )
