"""What follows when somebody sets the clock back: what was due by the old one does not wait for it again."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from conversations.vocabulary import DeliveryState
from storage.tables.core import OUTBOX


def follow_clock(tx: Connection, now: datetime, by: timedelta = timedelta(0)) -> int:
    """Have queued messages due by the clock as it is now; how many were not.

    `by` is how far it was just set, below zero where it was set back: a pause before another try keeps its
    length. A message that was to leave at once, at an hour that is still ahead, leaves now.
    """
    queued = OUTBOX.update().where(OUTBOX.c.state == DeliveryState.QUEUED, OUTBOX.c.due_at > now)
    at_once = OUTBOX.c.due_at <= OUTBOX.c.created_at
    of_the_old = tx.execute(queued.where(OUTBOX.c.created_at > now, at_once).values(due_at=now)).rowcount
    if by >= timedelta(0):
        return of_the_old
    ahead = select(OUTBOX.c.id, OUTBOX.c.due_at).where(
        OUTBOX.c.state == DeliveryState.QUEUED, OUTBOX.c.due_at > now, OUTBOX.c.attempts > 0
    )
    earlier = [{"message": row.id, "due": max(now, row.due_at + by)} for row in tx.execute(ahead)]
    if earlier:
        one = OUTBOX.update().where(OUTBOX.c.id == bindparam("message"))
        tx.execute(one.values(due_at=bindparam("due")), earlier)
    return of_the_old + len(earlier)
