"""What is forgotten by itself."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, select

from storage.tables.messages import ReceivedEvent
from storage.tables.people import ButtonToken, Newcomer

EVENTS: Table = ReceivedEvent.__table__  # type: ignore[attr-defined]
NEWCOMERS: Table = Newcomer.__table__  # type: ignore[attr-defined]
TOKENS: Table = ButtonToken.__table__  # type: ignore[attr-defined]

NEWCOMERS_KEPT = timedelta(days=30)  # after their last message: a join that was never finished
EVENTS_KEPT = timedelta(days=30)  # providers repeat for a day at most
TOKENS_KEPT = timedelta(days=90)  # an older button is answered as one of an earlier question


def forget(tx: Connection, now: datetime) -> int:
    """Delete unfinished joins with all that is known of them, and old events and buttons. How many rows."""
    idle = select(NEWCOMERS.c.blind).where(NEWCOMERS.c.touched_at < now - NEWCOMERS_KEPT)
    gone = [
        tx.execute(EVENTS.delete().where(EVENTS.c.blind.in_(idle))),
        tx.execute(EVENTS.delete().where(EVENTS.c.received_at < now - EVENTS_KEPT)),
        tx.execute(NEWCOMERS.delete().where(NEWCOMERS.c.touched_at < now - NEWCOMERS_KEPT)),
        tx.execute(TOKENS.delete().where(TOKENS.c.asked_at < now - TOKENS_KEPT)),
    ]
    return sum(result.rowcount for result in gone)
