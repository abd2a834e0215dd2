"""WhatsApp's templates: what is covered in which language, how it looks, what is lacking; for admins."""

from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import Admin, PostedByAdmin
from admin.pages import go_to, page
from conversations.templates.proposals import coverage, missing
from conversations.templates.purposes import KNOCKS
from storage.templates import listed_at, templates

router = APIRouter(prefix="/templates")


@router.get("")
def show(request: Request, signed_in: Admin) -> Response:
    desk = desk_of(request)
    with desk.storage.read() as connection:
        known = templates(connection)
        listed = listed_at(connection)
    covered = list(coverage(known))
    purposes = [
        (purpose, list(group)) for purpose, group in groupby(covered, key=lambda one: one.proposal.purpose)
    ]
    return page(
        request,
        "message_templates.html",
        purposes=purposes,
        knocks=KNOCKS,
        listed_at=listed,
        serving=sum(one.serves is not None for one in covered),
        total=len(covered),
        lacking=len(list(missing(known))),
        connected=desk.context.templates is not None,
        tariff=desk.context.tariff,
    )


@router.post("/list")
def list_now(request: Request, posted: PostedByAdmin) -> Response:
    """Ask WhatsApp's provider for the list."""
    desk = desk_of(request).context.templates
    return go_to("/templates", "templates_away" if desk is None or desk.list_now() else "templates_listed")


@router.post("/missing")
def propose(request: Request, posted: PostedByAdmin) -> Response:
    """Make what is missing in our wording, and hand it in."""
    desk = desk_of(request).context.templates
    trouble = desk is None or desk.propose_missing()
    return go_to("/templates", "templates_away" if trouble else "templates_proposed")
