"""Workshops: planned, announced, their sheets, and the code to show in the room."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import Posted, PostedForm, RowId, Staff
from admin.pages import go_to, page
from admin.pdf.code import qr_svg
from conversations.answers import read_place
from conversations.render.parts import map_link
from conversations.vocabulary import Attendance, WorkshopKind
from storage.attendance import MARKS, close_sheet, mark, sheet
from storage.audit import note
from storage.cohorts import cohorts
from storage.perimeter import Perimeter
from storage.tables.vocabulary import AuditAction
from storage.workshops import (
    NewWorkshop,
    NoSuchWorkshop,
    NotNow,
    PlannedWorkshop,
    add_workshop,
    announce,
    cancel_workshop,
    find_workshop,
    list_workshops,
)

router = APIRouter(prefix="/workshops")

LONGEST = 100  # characters of a title or a place
EMPTY = {
    "title": "",
    "kind": WorkshopKind.AWARENESS.value,
    "cohort": "",
    "day": "",
    "hour": "",
    "minutes": "120",
    "place": "",
    "spot": "",
}


class NoSuchSpot(NoSuchWorkshop):
    """What was pasted as a place on the map tells of none."""


@router.get("")
def show_all(request: Request, signed_in: Staff) -> Response:
    return _listing(request, signed_in.member.perimeter, EMPTY)


@router.post("")
def add(request: Request, posted: PostedForm) -> Response:
    desk = desk_of(request)
    filled = {name: posted.text(name) for name in EMPTY}
    try:
        new = _new(filled, desk.context.project.zone)
        with desk.storage.write() as tx:
            workshop_id = add_workshop(tx, desk.storage, posted.perimeter, new, desk.now())
    except NoSuchSpot:
        return _listing(request, posted.perimeter, filled, "workshops.trouble_spot")
    except NoSuchWorkshop:
        return _listing(request, posted.perimeter, filled, "workshops.trouble")
    return go_to(f"/workshops/{workshop_id}", "workshop_added")


@router.get("/{workshop_id}")
def show(request: Request, workshop_id: RowId, signed_in: Staff) -> Response:
    desk, perimeter = desk_of(request), signed_in.member.perimeter
    with desk.storage.write() as tx:  # who reads the names is noted
        workshop = find_workshop(tx, perimeter, workshop_id)
        people = sheet(tx, desk.storage, perimeter, workshop)
        note(tx, desk.storage, desk.now(), AuditAction.ATTENDANCE_READ, perimeter.staff_id)
    return page(
        request,
        "workshop.html",
        workshop=workshop,
        people=people,
        marks=MARKS,
        attendances=tuple(Attendance),
        map=map_link(workshop.spot) if workshop.spot else "",
    )


@router.get("/{workshop_id}/poster")
def show_poster(request: Request, workshop_id: RowId, signed_in: Staff) -> Response:
    desk = desk_of(request)
    workshop = _found(request, workshop_id, signed_in.member.perimeter)
    links = desk.context.join_links(workshop.room_code)
    return page(request, "workshop_poster.html", workshop=workshop, links=links)


@router.get("/{workshop_id}/code-{number}.svg")
def show_code(request: Request, workshop_id: RowId, number: int, signed_in: Staff) -> Response:
    """The room code as a link for the camera of a phone, one per connected channel."""
    workshop = _found(request, workshop_id, signed_in.member.perimeter)
    links = desk_of(request).context.join_links(workshop.room_code)
    if not 0 <= number < len(links):
        return page(request, "error.html", 404, name="404")
    return Response(qr_svg(f"https://{links[number]}"), media_type="image/svg+xml")


@router.post("/{workshop_id}/announcement")
def announce_it(request: Request, workshop_id: RowId, posted: PostedForm) -> Response:
    return _do(request, posted, workshop_id, announce, "workshop_announced")


@router.post("/{workshop_id}/cancellation")
def cancel(request: Request, workshop_id: RowId, posted: PostedForm) -> Response:
    return _do(request, posted, workshop_id, cancel_workshop, "workshop_cancelled")


@router.post("/{workshop_id}/closing")
def close(request: Request, workshop_id: RowId, posted: PostedForm) -> Response:
    return _do(request, posted, workshop_id, close_sheet, "workshop_closed")


@router.post("/{workshop_id}/attendance/{participant_id}")
def tick(request: Request, workshop_id: RowId, participant_id: RowId, posted: PostedForm) -> Response:
    desk, marked = desk_of(request), posted.text("attendance")
    if marked not in set(MARKS):
        return go_to(f"/workshops/{workshop_id}")
    try:
        with desk.storage.write() as tx:
            attendance = Attendance(marked)
            mark(tx, desk.storage, posted.perimeter, workshop_id, participant_id, attendance, desk.now())
    except NotNow:
        return go_to(f"/workshops/{workshop_id}", "workshop_no_mark")
    answer = go_to(f"/workshops/{workshop_id}", "workshop_marked")
    answer.headers["location"] += f"#p-{participant_id}"
    return answer


def _do(
    request: Request, posted: Posted, workshop_id: str, act: Callable[..., None], notice: str
) -> Response:
    """Announce, cancel or close, and say what came of it."""
    desk = desk_of(request)
    try:
        with desk.storage.write() as tx:
            act(tx, desk.storage, posted.perimeter, workshop_id, desk.now())
    except NotNow:
        return go_to(f"/workshops/{workshop_id}", "workshop_not_now")
    return go_to(f"/workshops/{workshop_id}", notice)


def _new(filled: dict[str, str], zone: str) -> NewWorkshop:
    """What was typed as a workshop. NoSuchWorkshop where it is none, NoSuchSpot where its map is none."""
    try:
        kind = WorkshopKind(filled["kind"])
        local = datetime.fromisoformat(f"{filled['day']}T{filled['hour']}")
        minutes = int(filled["minutes"])
    except ValueError as error:
        raise NoSuchWorkshop from error
    if local.tzinfo is not None or not filled["cohort"]:
        raise NoSuchWorkshop
    title, place = (" ".join(filled[name].split())[:LONGEST] for name in ("title", "place"))
    spot = read_place(filled["spot"])
    if spot is None and filled["spot"].strip():
        raise NoSuchSpot
    return NewWorkshop(title, kind, filled["cohort"], local, zone, minutes, place, spot)


def _found(request: Request, workshop_id: str, perimeter: Perimeter) -> PlannedWorkshop:
    with desk_of(request).storage.read() as tx:
        return find_workshop(tx, perimeter, workshop_id)


def _listing(request: Request, perimeter: Perimeter, filled: dict[str, str], trouble: str = "") -> Response:
    with desk_of(request).storage.read() as tx:
        workshops, groups = list_workshops(tx, perimeter), cohorts(tx, perimeter)
    return page(
        request,
        "workshops.html",
        422 if trouble else 200,
        workshops=workshops,
        cohorts=groups,
        kinds=tuple(WorkshopKind),
        filled=filled,
        trouble=trouble,
        attendances=tuple(Attendance),
    )
