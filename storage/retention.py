"""What is forgotten by itself."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from storage.inbox.claim import TOLD_GROUP
from storage.pages import forget_pages
from storage.tables.core import ADDRESSES, CHAT_HOLDS, EVENTS, LINK_PROOFS, NEWCOMERS, OUTBOX, TOKENS

NEWCOMERS_KEPT = timedelta(days=30)  # after their last message: a join that was never finished
EVENTS_KEPT = timedelta(days=30)  # providers repeat for a day at most
UNLINKED_KEPT = timedelta(days=2)  # events of someone erased
PROOFS_KEPT = timedelta(hours=2)  # good for minutes; how often they were asked for counts for an hour
WAITING_KEPT = timedelta(days=7)  # words of which nobody said whose they are
TOKENS_KEPT = timedelta(days=90)  # an older button is answered as one of an earlier question


def forget(tx: Connection, now: datetime) -> int:
    """Delete unfinished joins with all that is known of them, and old events and buttons. How many rows."""
    idle = select(NEWCOMERS.c.blind).where(NEWCOMERS.c.touched_at < now - NEWCOMERS_KEPT)
    # What was said to people without a logbook is wiped already; this is that, when and to which hash.
    said = OUTBOX.c.participant_id.is_(None) & (OUTBOX.c.created_at < now - NEWCOMERS_KEPT)
    shared = select(ADDRESSES.c.chat).where(ADDRESSES.c.chat.in_(idle))  # where others have a logbook
    undecided = CHAT_HOLDS.c.waiting.is_not(None) & (CHAT_HOLDS.c.asked_at < now - WAITING_KEPT)
    gone = [
        tx.execute(CHAT_HOLDS.update().where(undecided).values(waiting=None)),
        tx.execute(EVENTS.delete().where(EVENTS.c.blind.in_(idle), EVENTS.c.blind.not_in(shared))),
        tx.execute(
            EVENTS.delete().where(
                EVENTS.c.received_at < now - EVENTS_KEPT, EVENTS.c.event_id.not_like(f"{TOLD_GROUP}/%")
            )
        ),
        tx.execute(EVENTS.delete().where(EVENTS.c.blind == "", EVENTS.c.received_at < now - UNLINKED_KEPT)),
        tx.execute(TOKENS.delete().where(TOKENS.c.owner.in_(idle), TOKENS.c.participant_id.is_(None))),
        tx.execute(TOKENS.delete().where(TOKENS.c.asked_at < now - TOKENS_KEPT)),
        tx.execute(OUTBOX.delete().where(said)),
        tx.execute(LINK_PROOFS.delete().where(LINK_PROOFS.c.asked_at < now - PROOFS_KEPT)),
        tx.execute(NEWCOMERS.delete().where(NEWCOMERS.c.touched_at < now - NEWCOMERS_KEPT)),
    ]
    return sum(result.rowcount for result in gone) + forget_pages(tx, now)
