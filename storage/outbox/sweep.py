"""What time does to messages: leases of dead senders, messages too late, fates that stay unknown."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from conversations.messages import PromptKind
from conversations.vocabulary import ContactState, DeliveryState
from storage.outbox.claim import LEASE
from storage.outbox.settle import forget_newcomers
from storage.tables.core import CONTACTS, OUTBOX
from storage.tables.vocabulary import FailureReason

UNCONFIRMED_AFTER = timedelta(hours=24)


def recover_leases(
    tx: Connection, now: datetime, held_until: datetime | None = None, alive: Collection[str] = ()
) -> int:
    """Take back what a dead sender held: replies go out again, anything else is `unknown`. How many.

    A sender counts as dead when its lease ended before `held_until`, which is now unless more is known, and
    when it ends later than any lease that is given now: somebody has set the clock back since. Messages of
    `alive` are in the hands of a sender that is known to live, whatever the clock says.
    """
    dead = (OUTBOX.c.leased_until < (held_until or now)) | (OUTBOX.c.leased_until > now + 2 * LEASE)
    held = OUTBOX.c.state == DeliveryState.SENDING
    orphaned = OUTBOX.update().where(held, dead, OUTBOX.c.id.not_in(alive))
    reply = OUTBOX.c.kind == PromptKind.REPLY
    freed = {"lease": "", "leased_until": None}
    again = tx.execute(orphaned.where(reply).values(state=DeliveryState.QUEUED, due_at=now, **freed))
    unknown = tx.execute(orphaned.where(~reply).values(state=DeliveryState.UNKNOWN, due_at=now, **freed))
    return again.rowcount + unknown.rowcount


def expire(tx: Connection, now: datetime) -> int:
    """End what waited too long to be of use, and what stayed unknown for a day. How many.

    An unknown message is `due_at` since its fate is. The check-in it carried is planned once more.
    """
    late = tx.execute(
        OUTBOX.update()
        .where(OUTBOX.c.state.in_([DeliveryState.QUEUED, DeliveryState.WAITING]), OUTBOX.c.expires_at < now)
        .values(state=DeliveryState.EXPIRED, reason=FailureReason.TOO_LATE, settled_at=now)
    )
    unconfirmed = tx.execute(
        OUTBOX.update()
        .where(OUTBOX.c.state == DeliveryState.UNKNOWN, OUTBOX.c.due_at < now - UNCONFIRMED_AFTER)
        .values(state=DeliveryState.FAILED, reason=FailureReason.UNCONFIRMED, settled_at=now)
    )
    if unconfirmed.rowcount:
        _plan_once_more(tx, now)
    forget_newcomers(tx)
    return late.rowcount + unconfirmed.rowcount


def _plan_once_more(tx: Connection, now: datetime) -> None:
    """The check-ins that may never have arrived come again, as far as nobody answered them; once each."""
    before = OUTBOX.alias()
    carried = (
        select(OUTBOX.c.id)
        .where(
            OUTBOX.c.contact_id == CONTACTS.c.id,
            OUTBOX.c.reason == FailureReason.UNCONFIRMED,
            OUTBOX.c.settled_at == now,
        )
        .exists()
    )
    came_again = (
        select(before.c.id)
        .where(
            before.c.contact_id == CONTACTS.c.id,
            before.c.reason == FailureReason.UNCONFIRMED,
            before.c.settled_at < now,
        )
        .exists()
    )
    unanswered = CONTACTS.c.state == ContactState.SENT
    tx.execute(
        CONTACTS.update()
        .where(unanswered, carried, ~came_again)
        .values(state=ContactState.PLANNED, due_at=now, remind_at=None, attempt=CONTACTS.c.attempt + 1)
    )
