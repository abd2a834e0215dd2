"""What the provider reports of a message later. Reports come late, twice and out of order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count, groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from conversations.events import StatusEvent
from conversations.vocabulary import DeliveryState, SendOutcome
from storage.outbox.knocks import KNOCK, KNOCKS, take_back_template
from storage.outbox.learned import close_addresses, shut_window
from storage.outbox.reported import take_back
from storage.tables.core import OUTBOX, PARTS
from storage.tables.vocabulary import AddressState
from storage.upsert import upsert

# A state is replaced by one of a higher rank only; a failure is never undone by a late «sent».
RANK = {
    DeliveryState.QUEUED: 0,
    DeliveryState.WAITING: 0,
    DeliveryState.SENDING: 1,
    DeliveryState.UNKNOWN: 2,
    DeliveryState.SENT: 3,
    DeliveryState.DELIVERED: 4,
    DeliveryState.READ: 5,
    DeliveryState.FAILED: 6,
    DeliveryState.EXPIRED: 6,
    DeliveryState.CANCELLED: 6,
}

# Twilio's words; what we do not know yet changes nothing.
STATES = {
    "accepted": DeliveryState.SENT,
    "queued": DeliveryState.SENT,
    "sending": DeliveryState.SENT,
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "failed": DeliveryState.FAILED,
    "undelivered": DeliveryState.FAILED,
}
ARRIVED = (DeliveryState.DELIVERED, DeliveryState.READ)
LEARNED = {
    SendOutcome.OPTED_OUT: AddressState.BLOCKED,
    SendOutcome.UNREACHABLE: AddressState.UNREACHABLE,
}


# As far as these, every part is out that will go out; before, the sender still has the message in hand.
PARTS_ARE_OUT = (
    DeliveryState.UNKNOWN,
    DeliveryState.SENT,
    DeliveryState.DELIVERED,
    DeliveryState.READ,
)
# Until then a send may have left of which we have no note.
STILL_GOING = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN)


def record_status(tx: Connection, account_id: str, event: StatusEvent, now: datetime) -> str | None:
    """Apply one report to the part it is about, and so to its message and its address.

    Gives the message if it failed by that, and so may have to go another way.

    A part that we have no note of is one whose send is just ending or whose fate was unknown: the report says
    that it went out, so it is not sent again.
    """
    state = STATES.get(event.status)
    if state is None:
        return None
    knock = event.outbox_id.endswith(KNOCKS)
    event = replace(event, outbox_id=event.outbox_id.removesuffix(KNOCKS))
    part = _part(tx, account_id, event)
    outbox_id = part.outbox_id if part else event.outbox_id
    locked = select(OUTBOX).where(OUTBOX.c.id == outbox_id)
    message = tx.execute(locked.with_for_update()).first()
    if message is None or (part is None and message.account_id != account_id):
        return None
    part = _part(tx, account_id, event)  # again, now that the message is ours: it may have just been settled
    failed = state is DeliveryState.FAILED
    outcome = event.outcome if failed and (part is None or part.state not in ARRIVED) else None
    said = {"state": state, "code": event.error_code, "outcome": outcome, "changed_at": now}
    if part is None:
        number = KNOCK if knock else _number(tx, outbox_id, message.state)
        names = {"account_id": account_id, "provider_message_id": event.provider_message_id}
        tx.execute(
            upsert(tx, PARTS), {"outbox_id": outbox_id, "part": number, "chat": message.chat, **names, **said}
        )
        queued = OUTBOX.update().where(OUTBOX.c.id == outbox_id, OUTBOX.c.state == DeliveryState.QUEUED)
        tx.execute(queued.values(due_at=now))  # what is left of it need not wait for certainty any more
    elif RANK[state] > RANK[part.state]:
        this = (PARTS.c.outbox_id == outbox_id) & (PARTS.c.part == part.part)
        tx.execute(PARTS.update().where(this).values(**said))
    else:
        return None  # late, or said before
    chat, sent_at = (part.chat, part.changed_at) if part else (message.chat, now)
    if outcome in LEARNED:
        close_addresses(tx, [chat], LEARNED[outcome])
    if outcome is SendOutcome.WINDOW_CLOSED:
        shut_window(tx, chat, sent_at)
    if failed and message.template_sid:
        take_back_template(tx, message, outcome, event.error_code, now)
    follow_reports(tx, [outbox_id], now)
    return outbox_id if failed else None


def _number(tx: Connection, outbox_id: str, state: DeliveryState) -> int:
    """Which part a report tells of that we have no note of: the next one, or a copy that counts no more."""
    known = select(PARTS.c.part).where(PARTS.c.outbox_id == outbox_id, PARTS.c.part > KNOCK)
    taken: set[int] = set(tx.scalars(known))
    if state in STILL_GOING:
        return next(number for number in count() if number not in taken)
    return min([0, *taken]) - 1


def follow_reports(tx: Connection, outbox_ids: Sequence[str], now: datetime) -> None:
    """Move messages on to what is known of their parts: the one behind counts, a failed one decides."""
    messages = {
        row.id: row
        for row in tx.execute(
            select(OUTBOX).where(OUTBOX.c.id.in_(outbox_ids), OUTBOX.c.state != DeliveryState.SENDING)
        )
    }
    parts = tx.execute(
        select(PARTS.c.outbox_id, PARTS.c.part, PARTS.c.state, PARTS.c.code, PARTS.c.outcome)
        .where(PARTS.c.outbox_id.in_(messages), PARTS.c.part >= 0)
        .order_by(PARTS.c.outbox_id, PARTS.c.part)
    )
    for outbox_id, group in groupby(parts, key=lambda part: part.outbox_id):
        known: list[Any] = list(group)
        message = messages[outbox_id]
        failed = [part for part in known if part.state is DeliveryState.FAILED]
        if failed:
            take_back(tx, message, failed, now)
            continue
        last = min(known, key=lambda part: RANK[part.state])
        if message.state in PARTS_ARE_OUT and RANK[message.state] < RANK[last.state]:
            moved = OUTBOX.update().where(OUTBOX.c.id == outbox_id, OUTBOX.c.state == message.state)
            tx.execute(moved.values(state=last.state, settled_at=now, reason=None, code=last.code))


def _part(tx: Connection, account_id: str, event: StatusEvent) -> Row[Any] | None:
    named = PARTS.c.provider_message_id == event.provider_message_id
    if event.outbox_id:
        named &= PARTS.c.outbox_id == event.outbox_id
    query = select(PARTS).where(PARTS.c.account_id == account_id, named)
    return tx.execute(query).first()
