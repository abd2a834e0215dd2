"""How much waits, and for how long what is overdue has been so: for whoever watches the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, literal_column, select

from conversations.vocabulary import DeliveryState
from storage.tables.core import CONTACTS, ERASURES, FILES, OUTBOX, PROVIDER_DELETIONS, WORKSHOP_NOTICES

# As the partial index `ix_outbox_open` has it; a database takes the index for these very words only.
OPEN = "outbox.state IN ('queued', 'sending', 'waiting', 'unknown')"

# What has a moment of its own, by the job that looks for it: the earliest one that is still to be done.
# Each is read from the partial index that its job walks.
EARLIEST = {
    "send": (OUTBOX.c.due_at, "outbox.state = 'queued'"),
    "send_due": (CONTACTS.c.due_at, "planned_contacts.state IN ('planned', 'snoozed')"),
    "tell_of_workshops": (WORKSHOP_NOTICES.c.due_at, "workshop_notices.done_at IS NULL"),
    "fetch_media": (FILES.c.due_at, "files.state = 'at_provider'"),
    "erase": (ERASURES.c.erase_at, "1 = 1"),
    "delete_at_providers": (PROVIDER_DELETIONS.c.due_at, "1 = 1"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How much waits at one moment."""

    outbox: Mapping[tuple[str, DeliveryState], int]  # messages by account and state; none that are done
    late: Mapping[str, timedelta]  # by job: how overdue its oldest row is


def standing(tx: Connection, now: datetime) -> Standing:
    """What waits now: one query, and one for each job that has rows with a moment of their own."""
    counted = tx.execute(
        select(OUTBOX.c.account_id, OUTBOX.c.state, func.count().label("messages"))
        .where(literal_column(OPEN))
        .group_by(OUTBOX.c.account_id, OUTBOX.c.state)
    )
    late = {}
    for job, (moment, condition) in EARLIEST.items():
        earliest: datetime | None = tx.scalar(select(func.min(moment)).where(literal_column(condition)))
        late[job] = max(timedelta(0), now - earliest) if earliest else timedelta(0)
    return Standing({(row.account_id, row.state): row.messages for row in counted}, late)
