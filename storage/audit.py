"""The audit trail: what staff did, by ids and codes only."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from storage.database import Storage
from storage.tables.core import AUDIT
from storage.tables.vocabulary import AuditAction

ONE_VISIT = timedelta(minutes=15)  # a page that refreshes itself is one reading, not hundreds


def note(
    tx: Connection,
    storage: Storage,
    now: datetime,
    action: AuditAction,
    staff_id: str | None,
    participant_id: str | None = None,
) -> None:
    """Write one line of the trail; `staff_id` is None where nobody is signed in."""
    tx.execute(
        AUDIT.insert(),
        {
            "id": storage.ids.row(),
            "at": now,
            "staff_id": staff_id,
            "action": action,
            "participant_id": participant_id,
        },
    )


def note_reading(storage: Storage, now: datetime, staff_id: str, participant_id: str) -> None:
    """Note that someone's logbook was looked at, once per visit of fifteen minutes."""
    recent = select(AUDIT.c.id).where(
        AUDIT.c.staff_id == staff_id,
        AUDIT.c.participant_id == participant_id,
        AUDIT.c.action == AuditAction.PARTICIPANT_READ,
        AUDIT.c.at > now - ONE_VISIT,
    )
    with storage.read() as connection:
        known = connection.execute(recent.limit(1)).first()
    if not known:
        with storage.write() as tx:
            note(tx, storage, now, AuditAction.PARTICIPANT_READ, staff_id, participant_id)
