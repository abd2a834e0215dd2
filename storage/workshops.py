"""Workshops as staff keep them: added, listed, announced, cancelled; everything within their cohorts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import choice
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from conversations.answers import Spot
from conversations.contacts.followups import to_utc
from conversations.vocabulary import Attendance, WorkshopKind
from storage.audit import note
from storage.database import Storage
from storage.errors import OutOfPerimeter, StorageError
from storage.inbox.attendance import spot_of
from storage.perimeter import Perimeter
from storage.tables.core import ATTENDANCE, COHORTS, WORKSHOP_NOTICES, WORKSHOP_SERIES, WORKSHOPS
from storage.tables.vocabulary import AuditAction, WorkshopNoticeKind
from storage.upsert import upsert
from storage.workshop_hours import due_after, reminder_at, told_at

LISTED = 50  # workshops
SHORTEST, LONGEST = 15, 720  # minutes


class NotNow(StorageError):
    """The workshop is cancelled, over, or its sheet is closed."""


class NoSuchWorkshop(StorageError):
    """A workshop needs a title, a place, a moment to come, and a sensible length."""


@dataclass(frozen=True, slots=True)
class NewWorkshop:
    """A workshop as staff planned it."""

    title: str
    kind: WorkshopKind
    cohort_id: str
    local: datetime  # naive, the wall clock in `zone`
    zone: str
    minutes: int
    place: str
    spot: Spot | None = None  # on the map


@dataclass(frozen=True, slots=True)
class PlannedWorkshop:
    """A workshop with its cohort and what is known of replies and presence."""

    id: str
    title: str
    kind: WorkshopKind
    cohort_id: str
    cohort: str
    starts_at: datetime
    ends_at: datetime
    place: str
    room_code: str
    cancelled_at: datetime | None
    closed_at: datetime | None
    announced_for: datetime | None  # when the invitation goes out; None: it is not announced
    announced_at: datetime | None  # when it went out
    counts: Counter[Attendance]
    spot: Spot | None = None  # where the place is on the map

    @property
    def open(self) -> bool:
        return self.cancelled_at is None and self.closed_at is None


def add_workshop(
    tx: Connection, storage: Storage, perimeter: Perimeter, new: NewWorkshop, now: datetime
) -> str:
    """Add a session; it belongs to the series of its title and kind. Its id.

    Raises OutOfPerimeter, and NoSuchWorkshop for one that cannot be.
    """
    perimeter.require_cohort(tx, new.cohort_id)
    starts_at = to_utc(new.local, new.zone)
    if not (new.title and new.place and SHORTEST <= new.minutes <= LONGEST and starts_at > now):
        raise NoSuchWorkshop
    workshop_id = storage.ids.row()
    tx.execute(
        WORKSHOPS.insert(),
        {
            "id": workshop_id,
            "series_id": _series(tx, storage, new),
            "cohort_id": new.cohort_id,
            "local_time": new.local.isoformat(timespec="minutes"),
            "zone": new.zone,
            "minutes": new.minutes,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=new.minutes),
            "place": new.place,
            "latitude": new.spot.latitude if new.spot else None,
            "longitude": new.spot.longitude if new.spot else None,
            "room_code": _free_code(tx),
            "added_by": perimeter.staff_id,
        },
    )
    note(tx, storage, now, AuditAction.WORKSHOP_ADDED, perimeter.staff_id)
    return workshop_id


def _series(tx: Connection, storage: Storage, new: NewWorkshop) -> str:
    series = WORKSHOP_SERIES.c
    known = tx.scalar(select(series.id).where(series.title == new.title, series.kind == new.kind).limit(1))
    if known is not None:
        return str(known)
    series_id = storage.ids.row()
    tx.execute(WORKSHOP_SERIES.insert(), {"id": series_id, "title": new.title, "kind": new.kind})
    return series_id


def _free_code(tx: Connection) -> str:
    """A code for the room, `AT` and five digits without those that look like letters; never used before."""
    while True:
        code = "AT" + "".join(choice("23456789") for _ in range(5))
        if not tx.execute(select(WORKSHOPS.c.id).where(WORKSHOPS.c.room_code == code)).first():
            return code


def list_workshops(tx: Connection, perimeter: Perimeter) -> list[PlannedWorkshop]:
    """The workshops of their cohorts, the latest first."""
    rows = tx.execute(_within(perimeter).order_by(WORKSHOPS.c.starts_at.desc(), WORKSHOPS.c.id).limit(LISTED))
    return _counted(tx, rows.all())


def find_workshop(tx: Connection, perimeter: Perimeter, workshop_id: str) -> PlannedWorkshop:
    """One workshop. OutOfPerimeter if there is none, or its cohort is not theirs."""
    rows = tx.execute(_within(perimeter).where(WORKSHOPS.c.id == workshop_id)).all()
    if not rows:
        raise OutOfPerimeter
    return _counted(tx, rows)[0]


def announce(tx: Connection, storage: Storage, perimeter: Perimeter, workshop_id: str, now: datetime) -> None:
    """Plan what is told about a workshop: invitation, reminder, and afterwards the question how it was.

    A second time does nothing. Raises OutOfPerimeter, and NotNow for one that is off or has begun.
    """
    workshop = locked(tx, perimeter, workshop_id)
    if workshop.cancelled_at or workshop.closed_at or workshop.starts_at <= now:
        raise NotNow
    invited_at = told_at(now, workshop.starts_at, workshop.zone)
    due = {
        WorkshopNoticeKind.INVITATION: invited_at,
        WorkshopNoticeKind.REMINDER: reminder_at(workshop.starts_at, workshop.zone, invited_at),
        WorkshopNoticeKind.FEEDBACK: due_after(workshop.ends_at),
    }
    rows = [
        {"workshop_id": workshop_id, "kind": kind, "due_at": at, "done_at": None}
        for kind, at in due.items()
        if at
    ]
    tx.execute(upsert(tx, WORKSHOP_NOTICES), rows)
    note(tx, storage, now, AuditAction.WORKSHOP_ANNOUNCED, perimeter.staff_id)


def cancel_workshop(
    tx: Connection, storage: Storage, perimeter: Perimeter, workshop_id: str, now: datetime
) -> None:
    """The workshop does not take place; whoever was invited is told. NotNow if it is over."""
    workshop = locked(tx, perimeter, workshop_id)
    if workshop.cancelled_at or workshop.closed_at or workshop.ends_at <= now:
        raise NotNow
    tx.execute(WORKSHOPS.update().where(WORKSHOPS.c.id == workshop_id).values(cancelled_at=now))
    notices = WORKSHOP_NOTICES.c
    told = tx.execute(
        select(notices.kind).where(notices.workshop_id == workshop_id, notices.done_at.is_not(None))
    ).first()
    tx.execute(WORKSHOP_NOTICES.delete().where(notices.workshop_id == workshop_id, notices.done_at.is_(None)))
    if told:
        at = told_at(now, workshop.starts_at, workshop.zone)
        row = {"workshop_id": workshop_id, "kind": WorkshopNoticeKind.CANCELLATION, "due_at": at}
        tx.execute(WORKSHOP_NOTICES.insert(), row | {"done_at": None})
    note(tx, storage, now, AuditAction.WORKSHOP_CANCELLED, perimeter.staff_id)


def locked(tx: Connection, perimeter: Perimeter, workshop_id: str) -> Row[Any]:
    """The row of a workshop of theirs, ours alone until the transaction ends. OutOfPerimeter."""
    within = (WORKSHOPS.c.id == workshop_id) & perimeter.cohorts(WORKSHOPS.c.cohort_id)
    row = tx.execute(select(WORKSHOPS).where(within).with_for_update()).one_or_none()
    if row is None:
        raise OutOfPerimeter
    return row


def _within(perimeter: Perimeter) -> Select[Any]:
    invitation = (WORKSHOP_NOTICES.c.workshop_id == WORKSHOPS.c.id) & (
        WORKSHOP_NOTICES.c.kind == WorkshopNoticeKind.INVITATION
    )
    return (
        select(
            WORKSHOPS,
            WORKSHOP_SERIES.c.title,
            WORKSHOP_SERIES.c.kind,
            COHORTS.c.name.label("cohort"),
            WORKSHOP_NOTICES.c.due_at.label("announced_for"),
            WORKSHOP_NOTICES.c.done_at.label("announced_at"),
        )
        .join(WORKSHOP_SERIES, WORKSHOP_SERIES.c.id == WORKSHOPS.c.series_id)
        .join(COHORTS, COHORTS.c.id == WORKSHOPS.c.cohort_id)
        .outerjoin(WORKSHOP_NOTICES, invitation)
        .where(perimeter.cohorts(WORKSHOPS.c.cohort_id))
    )


def _counted(tx: Connection, rows: Iterable[Row[Any]]) -> list[PlannedWorkshop]:
    rows = list(rows)
    counts: dict[str, Counter[Attendance]] = {row.id: Counter() for row in rows}
    query = (
        select(ATTENDANCE.c.workshop_id, ATTENDANCE.c.attendance, func.count().label("people"))
        .where(ATTENDANCE.c.workshop_id.in_(counts))
        .group_by(ATTENDANCE.c.workshop_id, ATTENDANCE.c.attendance)
    )
    for one in tx.execute(query):
        counts[one.workshop_id][one.attendance] = one.people
    return [
        PlannedWorkshop(
            id=row.id,
            title=row.title,
            kind=row.kind,
            cohort_id=row.cohort_id,
            cohort=row.cohort,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
            room_code=row.room_code,
            cancelled_at=row.cancelled_at,
            closed_at=row.closed_at,
            announced_for=row.announced_for,
            announced_at=row.announced_at,
            counts=counts[row.id],
            spot=spot_of(row),
        )
        for row in rows
    ]
