"""The list of participants, and the search by name."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import PostedForm, Staff
from admin.pages import page
from storage.cohorts import cohorts
from storage.participants import list_people, search_people
from storage.situations import situations_of

router = APIRouter(prefix="/participants")


@router.get("")
def show(
    request: Request,
    signed_in: Staff,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    cohort: Annotated[str, Query(pattern="^([0-9a-f]{32})?$")] = "",
) -> Response:
    desk, perimeter = desk_of(request), signed_in.member.perimeter
    with desk.storage.read() as connection:
        found = list_people(connection, desk.storage, perimeter, number, cohort)
        groups = cohorts(connection, perimeter)
        doing = situations_of(connection, desk.storage, [person.id for person in found.people])
    return page(
        request,
        "participants.html",
        people=found.people,
        doing=doing,
        listing=found,
        cohorts=groups,
        cohort=cohort,
        wanted="",
    )


@router.post("/search")
def search(request: Request, posted: PostedForm) -> Response:
    """Search by POST: a name must not stand in an address, where logs and histories would keep it."""
    desk = desk_of(request)
    wanted = posted.text("name")[:100]
    if not wanted:
        return show(request, posted.signed_in)
    with desk.storage.read() as connection:
        groups = cohorts(connection, posted.perimeter)
    found = search_people(desk.storage, desk.names, posted.perimeter, wanted)
    with desk.storage.read() as connection:
        doing = situations_of(connection, desk.storage, [person.id for person in found])
    return page(
        request,
        "participants.html",
        people=found,
        doing=doing,
        listing=None,
        cohorts=groups,
        cohort="",
        wanted=wanted,
    )
