"""Messages that wait for an hour of theirs, and hold nobody up meanwhile: sent when it has come."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, true

from conversations.contacts.followups import next_allowed
from conversations.messages import PromptKind
from conversations.vocabulary import DeliveryState
from storage.tables.core import CONTACTS, OUTBOX
from storage.tables.vocabulary import FailureReason

BY_THE_CLOCK = (FailureReason.CAPPED, FailureReason.TIER_FULL, FailureReason.QUIET_HOURS)


LATE = timedelta(minutes=15)  # after it was made, a nudge is late by trouble of ours


def wait_for_morning(tx: Connection, now: datetime, among: Sequence[str] | None = None) -> int:
    """Hold back nudges (these, or any) that are late and would leave in the quiet hours. How many.

    A trainer who asks on purpose knows what time it is.
    """
    late = tx.execute(
        select(OUTBOX.c.id, OUTBOX.c.due_at, CONTACTS.c.zone)
        .join(CONTACTS, CONTACTS.c.id == OUTBOX.c.contact_id)
        .where(
            OUTBOX.c.state == DeliveryState.QUEUED,
            OUTBOX.c.kind == PromptKind.NUDGE,
            OUTBOX.c.created_at < now - LATE,
            CONTACTS.c.asked_by.is_(None),
            true() if among is None else OUTBOX.c.id.in_(among),
        )
        .with_for_update(of=OUTBOX, skip_locked=True)
    ).all()
    held = [
        {"message": row.id, "morning": morning}
        for row in late
        if (morning := next_allowed(max(row.due_at, now), row.zone)) > max(row.due_at, now)
    ]
    if held:
        this = (OUTBOX.c.id == bindparam("message")) & (OUTBOX.c.state == DeliveryState.QUEUED)
        waits = {"state": DeliveryState.WAITING, "reason": FailureReason.QUIET_HOURS}
        tx.execute(OUTBOX.update().where(this).values(due_at=bindparam("morning"), **waits), held)
    return len(held)


def release_in_time(tx: Connection, now: datetime) -> int:
    """Queue the messages whose hour has come. How many."""
    waited = (
        (OUTBOX.c.state == DeliveryState.WAITING)
        & OUTBOX.c.reason.in_(BY_THE_CLOCK)
        & (OUTBOX.c.due_at <= now)
    )
    again = OUTBOX.update().where(waited).values(state=DeliveryState.QUEUED, due_at=now, reason=None)
    return tx.execute(again).rowcount
