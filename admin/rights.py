"""One participant's data: the file for them, erasing at their request, keeping after all."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import PostedByAdmin, PostedForm, RowId, Staff
from admin.pages import go_to, page
from conversations.vocabulary import Role
from storage.addresses import confirm, let_go
from storage.audit import LONGEST_REASON, SHORTEST_REASON, ReasonMissing, ReasonTooLong
from storage.dossier import ARCHIVE_NAME
from storage.errors import StorageError
from storage.participants import find_person
from storage.perimeter import Perimeter
from storage.rights import file_for, keep_after_all, plan_erasure, remove_code, standing

router = APIRouter(prefix="/participants/{participant_id}/data")

TROUBLE: dict[type[StorageError], str] = {
    ReasonMissing: "rights.reason.short",
    ReasonTooLong: "rights.reason.long",
}


@router.get("")
def show(request: Request, participant_id: RowId, signed_in: Staff) -> Response:
    return _shown(request, signed_in.member.perimeter, participant_id)


@router.post("/file")
def hand_out(request: Request, participant_id: RowId, posted: PostedForm) -> Response:
    """Everything kept about them, for someone who asks in person."""
    desk, zone = desk_of(request), desk_of(request).context.project.zone
    try:
        made = file_for(
            desk.storage, posted.perimeter, participant_id, zone, posted.text("reason"), desk.now()
        )
    except tuple(TROUBLE) as trouble:
        return _shown(request, posted.perimeter, participant_id, TROUBLE[type(trouble)])
    headers = {"Content-Disposition": f'attachment; filename="{ARCHIVE_NAME}"'}
    return Response(made, media_type="application/zip", headers=headers)


@router.post("/erasure")
def erase(request: Request, participant_id: RowId, posted: PostedByAdmin) -> Response:
    """Plan the erasure of someone who asked for it."""
    desk, zone = desk_of(request), desk_of(request).context.project.zone
    try:
        plan_erasure(desk.storage, posted.perimeter, participant_id, zone, posted.text("reason"), desk.now())
    except tuple(TROUBLE) as trouble:
        return _shown(request, posted.perimeter, participant_id, TROUBLE[type(trouble)])
    desk.context.wake()
    return go_to(f"/participants/{participant_id}/data", "erasure_planned")


@router.post("/keep")
def keep(request: Request, participant_id: RowId, posted: PostedByAdmin) -> Response:
    """The person wants to stay after all."""
    desk = desk_of(request)
    kept = keep_after_all(desk.storage, posted.perimeter, participant_id, desk.now())
    return go_to(f"/participants/{participant_id}/data", "erasure_taken_back" if kept else "")


@router.post("/code")
def open_again(request: Request, participant_id: RowId, posted: PostedForm) -> Response:
    """They forgot their code, and it is really them: take it away."""
    desk = desk_of(request)
    removed = remove_code(desk.storage, posted.perimeter, participant_id, desk.now())
    desk.context.wake()
    return go_to(f"/participants/{participant_id}", "code_removed" if removed else "")


@router.post("/addresses/{address_id}/theirs")
def confirm_address(
    request: Request, participant_id: RowId, address_id: RowId, posted: PostedForm
) -> Response:
    """After a long silence, it is still the same person who writes from there."""
    desk = desk_of(request)
    confirmed = confirm(desk.storage, posted.perimeter, participant_id, address_id, desk.now())
    desk.context.wake()
    return go_to(f"/participants/{participant_id}", "address_confirmed" if confirmed else "")


@router.post("/addresses/{address_id}/not-theirs")
def let_address_go(
    request: Request, participant_id: RowId, address_id: RowId, posted: PostedForm
) -> Response:
    """It is somebody else's by now: it leads to the logbook no more."""
    desk = desk_of(request)
    gone = let_go(desk.storage, posted.perimeter, participant_id, address_id, desk.now())
    return go_to(f"/participants/{participant_id}", "address_let_go" if gone else "")


def _shown(request: Request, perimeter: Perimeter, participant_id: str, trouble: str = "") -> Response:
    desk = desk_of(request)
    with desk.storage.read() as connection:
        person = find_person(connection, desk.storage, perimeter, participant_id)
        holds = standing(connection, perimeter, participant_id, desk.now())
    return page(
        request,
        "rights.html",
        422 if trouble else 200,
        person=person,
        holds=holds,
        may_erase=perimeter.role is Role.ADMIN,
        shortest_reason=SHORTEST_REASON,
        longest_reason=LONGEST_REASON,
        trouble=trouble,
    )
