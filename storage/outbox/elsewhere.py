"""What we began and could not bring to one address goes to the next one of that person, never to both.

Only what did not leave moves: a message of which a part is out, or whose fate is unknown, stays. Answers stay
in the chat where the person wrote.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, select

from conversations.messages import Prompt, PromptKind, Say
from conversations.render.capabilities import CAPABILITIES
from conversations.render.window import Route, route
from conversations.session import Place, Session
from conversations.unsure import unsure_since
from conversations.vocabulary import DeliveryState
from storage.codec import PROMPT, SESSION
from storage.database import Storage
from storage.errors import SealBroken
from storage.keystore import PersonKey
from storage.outbox.knocks import KNOCK
from storage.outgoing import Outgoing, addressed, answers_only, falling_back_order, heard_at
from storage.tables.core import ADDRESSES, OUTBOX, PARTICIPANTS, PARTS, SESSIONS, TOKENS
from storage.tables.vocabulary import AddressState, FailureReason
from storage.turns import first_turn

CLOSED_TO_US = (FailureReason.UNREACHABLE, FailureReason.BLOCKED)


def go_elsewhere(tx: Connection, storage: Storage, outbox_ids: Sequence[str], now: datetime) -> int:
    """Move those of these messages that another address of the person may bring. How many."""
    stuck = _stuck(tx, outbox_ids)
    people = {row.participant_id for row in stuck}
    if not people:
        return 0
    keys, there = storage.keystore.of_participants(people), _addresses(tx, people, now)
    moved = 0
    for row in stuck:
        key = keys.get(row.participant_id)
        to = _next(row, there.get(row.participant_id, ()), now)
        if key is not None and to is not None and _move(tx, storage, row, key, to, now):
            moved += 1
    return moved


def _stuck(tx: Connection, outbox_ids: Sequence[str]) -> Sequence[Any]:
    """Those that did not leave at all and cannot leave from where they are."""
    closed = (OUTBOX.c.state == DeliveryState.FAILED) & OUTBOX.c.reason.in_(CLOSED_TO_US)
    waits = (OUTBOX.c.state == DeliveryState.WAITING) & (OUTBOX.c.reason == FailureReason.WINDOW_CLOSED)
    out = (PARTS.c.outbox_id == OUTBOX.c.id) & (PARTS.c.part >= 0) & (PARTS.c.state != DeliveryState.FAILED)
    return tx.execute(
        select(OUTBOX)
        .where(
            OUTBOX.c.id.in_(outbox_ids),
            OUTBOX.c.kind != PromptKind.REPLY,
            OUTBOX.c.participant_id.is_not(None),
            OUTBOX.c.prompt.is_not(None),
            closed | waits,
            ~select(PARTS.c.part).where(out).exists(),
        )
        .order_by(OUTBOX.c.id)
        .with_for_update()
    ).all()


def _addresses(tx: Connection, people: set[str], now: datetime) -> dict[str, list[Any]]:
    """Where else these people may be written to, in the order of their wish."""
    rows = tx.execute(
        select(ADDRESSES)
        .join(PARTICIPANTS, PARTICIPANTS.c.id == ADDRESSES.c.participant_id)
        .where(
            ADDRESSES.c.participant_id.in_(people), ADDRESSES.c.state == AddressState.OPEN, ~answers_only()
        )
        .order_by(ADDRESSES.c.participant_id, *falling_back_order())
    )
    return {
        person: [row for row in group if unsure_since(row.last_inbound_at, now, row.unsure_since) is None]
        for person, group in groupby(rows, key=lambda row: row.participant_id)
    }


def _next(message: Any, addresses: Sequence[Any], now: datetime) -> Any | None:
    """The address to try now. What only waits is left where it is unless another one takes it at once."""
    others = [row for row in addresses if row.chat != message.chat]
    if message.state is DeliveryState.WAITING:
        others = [row for row in others if _is_open(row, now)]
    return next(iter(sorted(others, key=lambda row: not _is_open(row, now))), None)


def _is_open(address: Any, now: datetime) -> bool:
    heard = None if address.window_shut_at else heard_at(address)
    return route(CAPABILITIES[address.channel], heard, now) is Route.SEND


def _move(tx: Connection, storage: Storage, row: Any, key: PersonKey, to: Any, now: datetime) -> bool:
    """Send it there instead. False after a quick exit, and for what does not open."""
    place = f"outbox.prompt:{row.id}"
    try:
        prompt = PROMPT.validate_json(key.cipher.open(row.prompt, place))
    except SealBroken:
        return False
    if not readable_there(tx, key, to):
        return False
    prompt = _for_them(tx, storage, row, key, prompt, to, now)
    if prompt.token:
        buttons = TOKENS.update().where(TOKENS.c.token == prompt.token)
        tx.execute(buttons.values(owner=to.chat))
    _leave_behind(tx, row.id)
    tx.execute(
        OUTBOX.update()
        .where(OUTBOX.c.id == row.id)
        .values(
            account_id=to.account_id,
            chat=to.chat,
            address_id=to.id,
            prompt=key.cipher.seal(PROMPT.dump_json(prompt), place),
            state=DeliveryState.QUEUED,
            turn=first_turn(tx, to.account_id, row.priority, now),
            reason=None,
            due_at=now,
            settled_at=None,
            attempts=0,
            retried=False,
        )
    )
    return True


def readable_there(tx: Connection, key: PersonKey, to: Any) -> bool:
    """Whether the conversation takes it there: not while it is hidden. By SMS the question is unread."""
    place = f"sessions.body:{key.participant_id}"
    stored = tx.scalar(select(SESSIONS.c.body).where(SESSIONS.c.participant_id == key.participant_id))
    session = SESSION.validate_json(key.cipher.open(stored, place)) if stored else Session()
    if session.place is Place.HIDDEN:
        return False
    if session.place is Place.FORM and not CAPABILITIES[to.channel].carries_unasked and not session.unread:
        body = key.cipher.seal(SESSION.dump_json(replace(session, unread=True)), place)
        kept = SESSIONS.update().where(SESSIONS.c.participant_id == key.participant_id)
        tx.execute(kept.values(body=body))
    return True


def _for_them(
    tx: Connection, storage: Storage, row: Any, key: PersonKey, prompt: Prompt, to: Any, now: datetime
) -> Prompt:
    """The same message; where several people read, it says first whom it is for."""
    message = Outgoing(
        prompt=without_whom(prompt),
        language=row.language,
        account_id=to.account_id,
        chat=to.chat,
        cipher=key.cipher,
        participant_id=row.participant_id,
        address_id=to.id,
    )
    [told] = addressed(tx, storage, [message], now)
    return told.prompt


def without_whom(prompt: Prompt) -> Prompt:
    """The message without the line that says for whom it is: in another chat it may be another."""
    lines = tuple(line for line in prompt.lines if not (isinstance(line, Say) and line.id == "who.for"))
    return replace(prompt, lines=lines)


def _leave_behind(tx: Connection, outbox_id: str) -> None:
    """What the channel before knows of the message counts no more."""
    theirs = PARTS.c.outbox_id == outbox_id
    lowest = min(0, tx.scalar(select(func.min(PARTS.c.part)).where(theirs, PARTS.c.part > KNOCK)) or 0)
    counted = tx.scalars(select(PARTS.c.part).where(theirs, PARTS.c.part >= 0).order_by(PARTS.c.part)).all()
    for number, part in enumerate(counted, start=1):
        tx.execute(PARTS.update().where(theirs, PARTS.c.part == part).values(part=lowest - number))
