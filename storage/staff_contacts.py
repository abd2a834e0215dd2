"""Calls and visits: staff were in touch with someone outside of the chat, and write it down."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from storage.audit import note as note_in_trail
from storage.database import Storage
from storage.errors import KeyMissing, StorageError
from storage.perimeter import Perimeter
from storage.tables.core import STAFF_CONTACTS
from storage.tables.vocabulary import AuditAction, ContactMode

LONGEST_NOTE = 500  # characters


class DayUnclear(StorageError):
    """A contact has a day, and it is over or today."""


def record_contact(
    storage: Storage,
    perimeter: Perimeter,
    participant_id: str,
    mode: ContactMode,
    day: str,
    note: str,
    zone: str,
    now: datetime,
) -> None:
    """Write it down; `day` is an ISO date. Raises OutOfPerimeter, KeyMissing, DayUnclear."""
    local = ZoneInfo(zone)
    try:
        met_on = date.fromisoformat(day.strip())
    except ValueError:
        raise DayUnclear from None
    if met_on > now.astimezone(local).date() or met_on.year < now.year - 1:
        raise DayUnclear
    contact_id = storage.ids.row()
    with storage.write() as tx:
        perimeter.require_participant(tx, participant_id)
        key = storage.keystore.of_participants([participant_id]).get(participant_id)
        if key is None:
            raise KeyMissing
        kept = note.strip()[:LONGEST_NOTE]
        row = {
            "id": contact_id,
            "participant_id": participant_id,
            "mode": mode,
            "met_at": datetime.combine(met_on, time(12), local),
            "note": key.cipher.seal_text(kept, f"staff_contacts.note:{contact_id}") if kept else None,
            "recorded_by": perimeter.staff_id,
            "recorded_at": now,
        }
        tx.execute(STAFF_CONTACTS.insert(), row)
        note_in_trail(tx, storage, now, AuditAction.CONTACT_RECORDED, perimeter.staff_id, participant_id)
