"""What the provider reports of a message later. Reports come late, twice and out of order."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, func, select

from conversations.events import StatusEvent
from conversations.vocabulary import DeliveryState
from storage.tables.core import OUTBOX, PARTS
from storage.tables.vocabulary import FailureReason
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
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "failed": DeliveryState.FAILED,
    "undelivered": DeliveryState.FAILED,
}


# As far as these, every part is out that will go out; before, the sender still has the message in hand.
PARTS_ARE_OUT = (
    DeliveryState.UNKNOWN,
    DeliveryState.SENT,
    DeliveryState.DELIVERED,
    DeliveryState.READ,
)


def record_status(tx: Connection, account_id: str, event: StatusEvent, now: datetime) -> None:
    """Apply one report to the part it is about, and so to its message.

    A part that we have no note of is one whose send is just ending or whose fate was unknown: the report says
    that it went out, so it is not sent again.
    """
    state = STATES.get(event.status)
    if state is None:
        return
    part = _part(tx, account_id, event)
    outbox_id = part.outbox_id if part else event.outbox_id
    locked = select(OUTBOX.c.chat).where(OUTBOX.c.id == outbox_id, OUTBOX.c.account_id == account_id)
    message = tx.execute(locked.with_for_update()).first()
    if message is None:
        return
    part = _part(tx, account_id, event)  # again, now that the message is ours: it may have just been settled
    said = {"state": state, "code": event.error_code, "changed_at": now}
    if part is None:
        number = tx.scalar(select(func.count()).select_from(PARTS).where(PARTS.c.outbox_id == outbox_id))
        names = {"account_id": account_id, "provider_message_id": event.provider_message_id}
        new = {"outbox_id": outbox_id, "part": number, "chat": message.chat}
        tx.execute(upsert(tx, PARTS), {**new, **names, **said})
        queued = OUTBOX.update().where(OUTBOX.c.id == outbox_id, OUTBOX.c.state == DeliveryState.QUEUED)
        tx.execute(queued.values(due_at=now))  # what is left of it need not wait for certainty any more
    elif RANK[state] > RANK[part.state]:
        this = (PARTS.c.outbox_id == outbox_id) & (PARTS.c.part == part.part)
        tx.execute(PARTS.update().where(this).values(**said))
    follow_reports(tx, [outbox_id], now)


def follow_reports(tx: Connection, outbox_ids: Sequence[str], now: datetime) -> None:
    """Move messages on to what is known of their parts: the one behind counts, a failed one decides."""
    parts = tx.execute(
        select(PARTS.c.outbox_id, PARTS.c.state, PARTS.c.code)
        .where(PARTS.c.outbox_id.in_(outbox_ids))
        .order_by(PARTS.c.outbox_id)
    )
    for outbox_id, group in groupby(parts, key=lambda part: part.outbox_id):
        known = list(group)
        last = next((part for part in known if part.state is DeliveryState.FAILED), None)
        last = last or min(known, key=lambda part: RANK[part.state])
        below = [state for state in PARTS_ARE_OUT if RANK[state] < RANK[last.state]]
        reason = FailureReason.REJECTED if last.state is DeliveryState.FAILED else None
        tx.execute(
            OUTBOX.update()
            .where(OUTBOX.c.id == outbox_id, OUTBOX.c.state.in_(below))
            .values(state=last.state, settled_at=now, reason=reason, code=last.code)
        )


def _part(tx: Connection, account_id: str, event: StatusEvent) -> Row[Any] | None:
    named = PARTS.c.provider_message_id == event.provider_message_id
    if event.outbox_id:
        named &= PARTS.c.outbox_id == event.outbox_id
    query = select(PARTS).where(PARTS.c.account_id == account_id, named)
    return tx.execute(query).first()
