"""What time does to messages: leases of dead senders, messages too late, fates that stay unknown."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from conversations.messages import PromptKind
from conversations.vocabulary import DeliveryState
from storage.outbox.settle import forget_newcomers
from storage.tables.core import OUTBOX
from storage.tables.vocabulary import FailureReason

UNCONFIRMED_AFTER = timedelta(hours=24)


def recover_leases(tx: Connection, now: datetime, held_until: datetime | None = None) -> int:
    """Take back what a dead sender held: replies go out again, anything else is `unknown`. How many.

    A sender counts as dead when its lease ended before `held_until`, which is now unless more is known.
    """
    dead = OUTBOX.c.leased_until < (held_until or now)
    orphaned = OUTBOX.update().where(OUTBOX.c.state == DeliveryState.SENDING, dead)
    reply = OUTBOX.c.kind == PromptKind.REPLY
    freed = {"lease": "", "leased_until": None}
    again = tx.execute(orphaned.where(reply).values(state=DeliveryState.QUEUED, due_at=now, **freed))
    unknown = tx.execute(orphaned.where(~reply).values(state=DeliveryState.UNKNOWN, **freed))
    return again.rowcount + unknown.rowcount


def expire(tx: Connection, now: datetime) -> int:
    """End what waited too long to be of use, and what stayed unknown for a day. How many."""
    late = tx.execute(
        OUTBOX.update()
        .where(OUTBOX.c.state.in_([DeliveryState.QUEUED, DeliveryState.WAITING]), OUTBOX.c.expires_at < now)
        .values(state=DeliveryState.EXPIRED, reason=FailureReason.TOO_LATE, settled_at=now)
    )
    unconfirmed = tx.execute(
        OUTBOX.update()
        .where(OUTBOX.c.state == DeliveryState.UNKNOWN, OUTBOX.c.created_at < now - UNCONFIRMED_AFTER)
        .values(state=DeliveryState.FAILED, reason=FailureReason.UNCONFIRMED, settled_at=now)
    )
    forget_newcomers(tx)
    return late.rowcount + unconfirmed.rowcount
