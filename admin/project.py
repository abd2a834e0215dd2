"""Who answers for the data, and under which numbers of the authority: for admins to set."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import Admin, PostedByAdmin
from admin.pages import go_to, page
from conversations.entry.consent import Controller
from storage.audit import note
from storage.controller import controller, set_controller
from storage.tables.vocabulary import AuditAction

router = APIRouter(prefix="/project")

# Characters of each field: what people are told must stay one short message.
LONGEST = {"name": 50, "reach": 30, "declaration": 20, "transfer": 20}


@router.get("")
def show(request: Request, signed_in: Admin) -> Response:
    with desk_of(request).storage.read() as connection:
        known = controller(connection)
    return page(request, "project.html", controller=known, longest=LONGEST)


@router.post("")
def change(request: Request, posted: PostedByAdmin) -> Response:
    """Nothing in it is personal, and half of it is kept too: until all is there, it stays a trial."""
    desk = desk_of(request)
    given = Controller(**{name: " ".join(posted.text(name).split())[:most] for name, most in LONGEST.items()})
    with desk.storage.write() as tx:
        set_controller(tx, given)
        note(tx, desk.storage, desk.now(), AuditAction.CONTROLLER_CHANGED, posted.perimeter.staff_id)
    desk.context.projects.refresh()
    return go_to("/project", "controller_changed")
