"""Messages that wait for an hour of theirs, and hold nobody up meanwhile: sent when it has come."""

from datetime import datetime

from sqlalchemy import Connection

from conversations.vocabulary import DeliveryState
from storage.tables.core import OUTBOX
from storage.tables.vocabulary import FailureReason

BY_THE_CLOCK = (FailureReason.CAPPED, FailureReason.TIER_FULL, FailureReason.QUIET_HOURS)


def release_in_time(tx: Connection, now: datetime) -> int:
    """Queue the messages whose hour has come. How many."""
    waited = (
        (OUTBOX.c.state == DeliveryState.WAITING)
        & OUTBOX.c.reason.in_(BY_THE_CLOCK)
        & (OUTBOX.c.due_at <= now)
    )
    again = OUTBOX.update().where(waited).values(state=DeliveryState.QUEUED, due_at=now, reason=None)
    return tx.execute(again).rowcount
