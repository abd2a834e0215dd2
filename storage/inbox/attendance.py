"""The workshops a person is invited to, or whose room code they wrote; and what they answer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select

from conversations.answers import Spot
from conversations.changes import AttendanceSaid
from conversations.events import Text
from conversations.snapshot import Workshop
from conversations.vocabulary import Attendance
from conversations.workshops.answering import room_code
from storage.among import among
from storage.inbox.arrivals import Case, Settled, personal_changes
from storage.keystore import PersonKey
from storage.tables.columns import Instant
from storage.tables.core import ATTENDANCE, WORKSHOP_SERIES, WORKSHOPS
from storage.upsert import upsert

REMEMBERED = timedelta(days=365)  # how long a workshop stays in «my workshops»; one they were at, always
COLUMNS = (*WORKSHOPS.c, WORKSHOP_SERIES.c.title)


def with_workshops(tx: Connection, cases: Sequence[Case]) -> list[Case]:
    """The same cases, with what their people are invited to and the room whose code came."""
    people = {case.key.pseudonym: case for case in cases if case.key}
    if not people:
        return list(cases)
    invited: defaultdict[str, list[Workshop]] = defaultdict(list)
    since = min(case.arrival.at for case in cases) - REMEMBERED
    for row in tx.execute(INVITED, {"pseudonyms": people, "since": since}):
        invited[row.pseudonym].append(opened(row, row.attendance))
    codes = {pseudonym: _code(case) for pseudonym, case in people.items()}
    wanted = [code for code in codes.values() if code]
    rooms: dict[str, Workshop] = {}
    if wanted:
        found = tx.execute(_workshops().where(WORKSHOPS.c.room_code.in_(wanted)))
        rooms = {row.room_code: opened(row) for row in found}
    if not invited and not rooms:
        return list(cases)
    return [_with(case, case.key, invited, codes, rooms) if case.key else case for case in cases]


def _with(
    case: Case,
    key: PersonKey,
    invited: Mapping[str, list[Workshop]],
    codes: Mapping[str, str],
    rooms: Mapping[str, Workshop],
) -> Case:
    theirs, room = tuple(invited.get(key.pseudonym, ())), rooms.get(codes[key.pseudonym])
    return (
        replace(case, snapshot=replace(case.snapshot, workshops=theirs, room=room))
        if theirs or room
        else case
    )


def _code(case: Case) -> str:
    return room_code(case.arrival.event.text) if isinstance(case.arrival.event, Text) else ""


def _workshops(*more: Any) -> Select[Any]:
    return select(*COLUMNS, *more).join(WORKSHOP_SERIES, WORKSHOP_SERIES.c.id == WORKSHOPS.c.series_id)


INVITED = (
    _workshops(ATTENDANCE.c.pseudonym, ATTENDANCE.c.attendance)
    .join(ATTENDANCE, ATTENDANCE.c.workshop_id == WORKSHOPS.c.id)
    .where(
        among(ATTENDANCE.c.pseudonym, "pseudonyms"),
        (ATTENDANCE.c.attendance == Attendance.PRESENT)
        | (WORKSHOPS.c.starts_at > bindparam("since", type_=Instant())),
    )
    .order_by(WORKSHOPS.c.starts_at, WORKSHOPS.c.id)
)


def opened(row: Row[Any], attendance: Attendance | None = None) -> Workshop:
    """A workshop as conversations know it, of a row with its title."""
    return Workshop(
        id=row.id,
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        place=row.place,
        attendance=attendance,
        cancelled=row.cancelled_at is not None,
        closed=row.closed_at is not None,
        spot=spot_of(row),
    )


def spot_of(row: Row[Any]) -> Spot | None:
    """Where the place of a workshop is on the map, if staff told."""
    return Spot(row.latitude, row.longitude) if row.latitude is not None else None


def save_attendance(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Keep what people said; of a sheet that was closed this moment, nothing."""
    said = list(personal_changes(settled, AttendanceSaid))
    if not said:
        return
    wanted = sorted({each.workshop_id for _, each in said})
    still_open = select(WORKSHOPS.c.id).where(WORKSHOPS.c.id.in_(wanted), WORKSHOPS.c.closed_at.is_(None))
    counts = set(tx.scalars(still_open.order_by(WORKSHOPS.c.id).with_for_update(read=True)))
    rows = [
        {
            "workshop_id": each.workshop_id,
            "pseudonym": key.pseudonym,
            "attendance": each.attendance,
            "provisional": True,
            "at": now,
            "marked_by": None,
        }
        for key, each in said
        if each.workshop_id in counts
    ]
    if rows:
        tx.execute(upsert(tx, ATTENDANCE, "attendance", "provisional", "at", "marked_by"), rows)
