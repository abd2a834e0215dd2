"""Cohorts and how to join them; admins add associations and cohorts."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import PostedByAdmin, RowId, Staff
from admin.pages import go_to, page
from storage.audit import note
from storage.cohorts import (
    JoinCodeTaken,
    JoinCodeUnfit,
    add_cohort,
    add_organisation,
    close_code,
    cohorts,
    organisations,
    set_contact,
    suggest_code,
)
from storage.perimeter import Perimeter
from storage.tables.vocabulary import AuditAction

router = APIRouter()

LONGEST = 100  # characters of a name


@router.get("/cohorts")
def show(request: Request, signed_in: Staff) -> Response:
    return _listing(request, signed_in.member.perimeter)


@router.post("/organisations")
def add_association(request: Request, posted: PostedByAdmin) -> Response:
    desk, name = desk_of(request), posted.text("name")[:LONGEST]
    if not name:
        return _listing(request, posted.perimeter, 422, "cohorts.no_name")
    with desk.storage.write() as tx:
        add_organisation(tx, desk.storage, name)
        note(tx, desk.storage, desk.now(), AuditAction.COHORT_ADDED, posted.perimeter.staff_id)
    return go_to("/cohorts", "organisation_added")


@router.post("/organisations/{organisation_id}/contact")
def say_contact(request: Request, organisation_id: RowId, posted: PostedByAdmin) -> Response:
    """How people reach the association; young people hear it in the chat."""
    desk = desk_of(request)
    with desk.storage.write() as tx:
        set_contact(tx, organisation_id, posted.text("contact")[:LONGEST])
        note(tx, desk.storage, desk.now(), AuditAction.COHORT_ADDED, posted.perimeter.staff_id)
    return go_to("/cohorts", "contact_set")


@router.post("/organisations/{organisation_id}/cohorts")
def add(request: Request, organisation_id: RowId, posted: PostedByAdmin) -> Response:
    desk, name = desk_of(request), posted.text("name")[:LONGEST]
    if not name:
        return _listing(request, posted.perimeter, 422, "cohorts.no_name")
    code = posted.text("code") or suggest_code()
    try:
        with desk.storage.write() as tx:
            add_cohort(tx, desk.storage, organisation_id, name, code)
            note(tx, desk.storage, desk.now(), AuditAction.COHORT_ADDED, posted.perimeter.staff_id)
    except JoinCodeTaken:
        return _listing(request, posted.perimeter, 422, "cohorts.code_taken")
    except JoinCodeUnfit:
        return _listing(request, posted.perimeter, 422, "cohorts.code_unfit")
    return go_to("/cohorts", "cohort_added")


@router.post("/cohorts/{cohort_id}/code/close")
def close(request: Request, cohort_id: RowId, posted: PostedByAdmin) -> Response:
    """Nobody joins with the code any more; those who did stay."""
    desk = desk_of(request)
    with desk.storage.write() as tx:
        close_code(tx, cohort_id, desk.now())
        note(tx, desk.storage, desk.now(), AuditAction.CODE_CLOSED, posted.perimeter.staff_id)
    return go_to("/cohorts", "code_closed")


@router.post("/cohorts/{cohort_id}/code/open")
def open_again(request: Request, cohort_id: RowId, posted: PostedByAdmin) -> Response:
    """One can join with the code again."""
    desk = desk_of(request)
    with desk.storage.write() as tx:
        close_code(tx, cohort_id, None)
        note(tx, desk.storage, desk.now(), AuditAction.CODE_OPENED, posted.perimeter.staff_id)
    return go_to("/cohorts", "code_opened")


def _listing(request: Request, perimeter: Perimeter, status: int = 200, trouble: str = "") -> Response:
    desk = desk_of(request)
    with desk.storage.read() as connection:
        groups = cohorts(connection, perimeter)
        associations = organisations(connection)
    links = {group.id: desk.context.join_links(group.join_code) for group in groups}
    return page(
        request,
        "cohorts.html",
        status,
        cohorts=groups,
        organisations=associations,
        links=links,
        trouble=trouble,
    )
