"""The page of the day: who needs somebody now."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import Staff
from admin.pages import page
from conversations.vocabulary import Role
from storage.projects import lacking
from storage.today import Concern, today

router = APIRouter()

# Where somebody is in danger or something is wrong on our side; the rest is the ordinary work of a day.
TROUBLE = frozenset({Concern.URGENT, Concern.UNREAD, Concern.FAILED})


REMEDIES = {  # what to do about the provider's code, in words; else `trouble.other`
    "401": "trouble.token",
    "404": "trouble.token",
    "20003": "trouble.token",
    "409": "trouble.twice",
    "21408": "trouble.country",
    "30002": "trouble.suspended",
    "21606": "trouble.sender",
    "21659": "trouble.sender",
    "63001": "trouble.sender",
    "63002": "trouble.sender",
    "63007": "trouble.sender",
}
# Where an admin sets what is lacking.
SET_UNDER = {"controller": "/project", "contacts": "/safety", "hours": "/safety", "safeguarding": "/staff"}


@router.get("/")
def show(request: Request, signed_in: Staff) -> Response:
    desk = desk_of(request)
    with desk.storage.read() as connection:
        sections = today(connection, desk.storage, signed_in.member.perimeter, desk.now())
    project = desk.context.project
    lacks = lacking(project) if signed_in.member.role is Role.ADMIN else ()
    return page(
        request,
        "today.html",
        sections=sections,
        trouble=TROUBLE,
        lacks=lacks,
        set_under=SET_UNDER,
        refused=desk.context.troubles(),
        remedies=REMEDIES,
    )
