"""The sheet of a workshop: who was there. Provisional ones become final when it is closed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from conversations.vocabulary import Attendance
from conversations.workshops.answering import AROUND
from storage.audit import note
from storage.database import Storage
from storage.errors import OutOfPerimeter
from storage.perimeter import Perimeter
from storage.tables.core import ATTENDANCE, MEMBERSHIPS, PARTICIPANTS, WORKSHOPS
from storage.tables.vocabulary import AuditAction
from storage.upsert import upsert
from storage.workshops import NotNow, PlannedWorkshop, locked

MARKS = (Attendance.PRESENT, Attendance.EXCUSED, Attendance.ABSENT)


@dataclass(frozen=True, slots=True)
class OnTheSheet:
    """One person of the sheet. Without a name for who gave none."""

    participant_id: str
    name: str
    attendance: Attendance | None  # None: neither invited nor marked
    provisional: bool  # their own word, not confirmed yet


def sheet(
    tx: Connection, storage: Storage, perimeter: Perimeter, workshop: PlannedWorkshop
) -> list[OnTheSheet]:
    """The cohort, and whoever else sent the code of the room, within the perimeter; by name."""
    rows = {
        row.pseudonym: row
        for row in tx.execute(select(ATTENDANCE).where(ATTENDANCE.c.workshop_id == workshop.id))
    }
    of_cohort = select(MEMBERSHIPS.c.participant_id).where(MEMBERSHIPS.c.cohort_id == workshop.cohort_id)
    walked_in = list(storage.keystore.of_pseudonyms(rows).values())
    ids = PARTICIPANTS.c.id
    people = tx.execute(
        select(ids, PARTICIPANTS.c.name)
        .where(ids.in_(of_cohort) | ids.in_(walked_in), perimeter.people(ids))
        .order_by(ids)
    ).all()
    keys = storage.keystore.of_participants(person.id for person in people)
    found = []
    for person in people:
        if key := keys.get(person.id):
            row = rows.get(key.pseudonym)
            said, provisional = (row.attendance, row.provisional) if row else (None, False)
            found.append(OnTheSheet(person.id, key.open_name(person.name), said, provisional))
    return sorted(found, key=lambda one: (one.name.casefold(), one.participant_id))


def mark(
    tx: Connection,
    storage: Storage,
    perimeter: Perimeter,
    workshop_id: str,
    participant_id: str,
    attendance: Attendance,
    now: datetime,
) -> None:
    """Note what the trainer saw. OutOfPerimeter; NotNow too early, once the sheet is closed, or if off."""
    workshop = locked(tx, perimeter, workshop_id)
    perimeter.require_participant(tx, participant_id)
    if workshop.cancelled_at or workshop.closed_at or now < workshop.starts_at - AROUND:
        raise NotNow
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if key is None:
        raise OutOfPerimeter
    row = {
        "workshop_id": workshop_id,
        "pseudonym": key.pseudonym,
        "attendance": attendance,
        "provisional": False,
        "at": now,
        "marked_by": perimeter.staff_id,
    }
    tx.execute(upsert(tx, ATTENDANCE, "attendance", "provisional", "at", "marked_by"), [row])
    note(tx, storage, now, AuditAction.ATTENDANCE_MARKED, perimeter.staff_id, participant_id)


def close_sheet(
    tx: Connection, storage: Storage, perimeter: Perimeter, workshop_id: str, now: datetime
) -> None:
    """Make the sheet final: provisional presences hold, everyone else of the cohort was absent."""
    row = locked(tx, perimeter, workshop_id)
    if row.cancelled_at or row.closed_at or row.starts_at > now:
        raise NotNow
    of_cohort = select(MEMBERSHIPS.c.participant_id).where(MEMBERSHIPS.c.cohort_id == row.cohort_id)
    keys = storage.keystore.of_participants(tx.scalars(of_cohort)).values()
    final = {"workshop_id": row.id, "provisional": False, "at": now, "marked_by": perimeter.staff_id}
    absent = [final | {"pseudonym": key.pseudonym, "attendance": Attendance.ABSENT} for key in keys]
    if absent:
        tx.execute(upsert(tx, ATTENDANCE), absent)
    this = ATTENDANCE.c.workshop_id == row.id
    unsaid = ATTENDANCE.c.attendance.in_([Attendance.INVITED, Attendance.COMING, Attendance.NOT_COMING])
    tx.execute(ATTENDANCE.update().where(this, unsaid).values(attendance=Attendance.ABSENT, **_seal(final)))
    own_word = ATTENDANCE.c.provisional.is_(True)
    tx.execute(ATTENDANCE.update().where(this, own_word).values(**_seal(final)))
    tx.execute(WORKSHOPS.update().where(WORKSHOPS.c.id == row.id).values(closed_at=now))
    note(tx, storage, now, AuditAction.SHEET_CLOSED, perimeter.staff_id)


def _seal(final: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in final.items() if name != "workshop_id"}
