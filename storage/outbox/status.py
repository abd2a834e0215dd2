"""What the provider reports of a message later. Reports come late, twice and out of order."""

from datetime import datetime

from sqlalchemy import Connection, Table, select

from conversations.events import StatusEvent
from conversations.vocabulary import DeliveryState
from storage.outgoing import OUTBOX
from storage.tables.messages import ProviderMessage
from storage.tables.vocabulary import FailureReason

PARTS: Table = ProviderMessage.__table__  # type: ignore[attr-defined]

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


def record_status(tx: Connection, account_id: str, event: StatusEvent, now: datetime) -> None:
    """Apply one report. A message of several parts is as far as its part that is behind; failed if one is."""
    state = STATES.get(event.status)
    if state is None:
        return
    outbox_id = _part(tx, account_id, event, state, now) or event.outbox_id
    states = list(tx.scalars(select(PARTS.c.state).where(PARTS.c.outbox_id == outbox_id)))
    # A report that overtakes our own note of the send knows no part yet: it speaks for the message.
    overall = _overall(states) if states else state
    below = [known for known, rank in RANK.items() if rank < RANK[overall]]
    failed = overall is DeliveryState.FAILED
    tx.execute(
        OUTBOX.update()
        .where(OUTBOX.c.id == outbox_id, OUTBOX.c.account_id == account_id, OUTBOX.c.state.in_(below))
        .values(
            state=overall,
            settled_at=now,
            reason=FailureReason.REJECTED if failed else None,
            code=event.error_code,
        )
    )


def _part(
    tx: Connection, account_id: str, event: StatusEvent, state: DeliveryState, now: datetime
) -> str | None:
    part = tx.execute(
        select(PARTS.c.outbox_id, PARTS.c.part, PARTS.c.state)
        .where(PARTS.c.account_id == account_id, PARTS.c.provider_message_id == event.provider_message_id)
        .with_for_update()
    ).first()
    if part is None:
        return None
    if RANK[state] > RANK[part.state]:
        tx.execute(
            PARTS.update()
            .where(PARTS.c.outbox_id == part.outbox_id, PARTS.c.part == part.part)
            .values(state=state, code=event.error_code, changed_at=now)
        )
    outbox_id: str = part.outbox_id
    return outbox_id


def _overall(states: list[DeliveryState]) -> DeliveryState:
    if DeliveryState.FAILED in states:
        return DeliveryState.FAILED
    return min(states, key=lambda state: RANK[state])
