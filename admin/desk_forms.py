"""Recording for someone who is here: the forms of the chat as pages, one question each."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import Posted, PostedForm, RowId, Staff
from admin.language import language_of
from admin.pages import go_to, page
from conversations.at_the_desk import fits_the_desk
from conversations.render.catalogue import say
from conversations.steering.commands import Command
from storage.desk_forms import Desk, Sheet
from storage.errors import OutOfPerimeter
from storage.participants import find_person
from storage.perimeter import Perimeter

router = APIRouter(prefix="/participants/{participant_id}/form")

STEERING = {"back": Command.BACK, "skip": Command.SKIP, "cancel": Command.CANCEL}
LONGEST = 2000  # characters of an answer
FormId = Annotated[str, Path(pattern="^[a-z-]{1,60}$")]


@router.get("")
def show(request: Request, participant_id: RowId, signed_in: Staff) -> Response:
    perimeter = signed_in.member.perimeter
    return _shown(request, perimeter, participant_id, _desk(request, perimeter, participant_id).look())


@router.post("/{form_id}")
def open_form(request: Request, participant_id: RowId, form_id: FormId, posted: PostedForm) -> Response:
    if not fits_the_desk(form_id) or form_id not in desk_of(request).context.project.current_forms:
        raise OutOfPerimeter
    _desk(request, posted.perimeter, participant_id).begin(form_id)
    return go_to(f"/participants/{participant_id}/form")


@router.post("")
def answer(request: Request, participant_id: RowId, posted: PostedForm) -> Response:
    """An answer to the open question; one to another, of a page that was sent twice, changes nothing."""
    desk = _desk(request, posted.perimeter, participant_id)
    if desk.look().token != posted.text("token"):
        return go_to(f"/participants/{participant_id}/form")
    return _shown(request, posted.perimeter, participant_id, _take(desk, posted))


def _take(desk: Desk, posted: Posted) -> Sheet:
    command = STEERING.get(posted.text("steer"))
    if command is not None:
        return desk.steer(command)
    if choice := posted.text("choice"):
        return desk.choose(posted.text("token"), choice)
    several = [each for each in posted.fields.getlist("several") if isinstance(each, str)]
    return desk.write(", ".join(several) or posted.text("text")[:LONGEST])


def _desk(request: Request, perimeter: Perimeter, participant_id: str) -> Desk:
    ours = desk_of(request)
    project, language = ours.context.project, language_of(request)
    return Desk(ours.storage, perimeter, participant_id, project, language, ours.now())


def _shown(request: Request, perimeter: Perimeter, participant_id: str, sheet: Sheet) -> Response:
    if sheet.asked is None:
        return go_to(f"/participants/{participant_id}", "form_closed")
    language = language_of(request)
    with desk_of(request).storage.read() as connection:
        person = find_person(connection, desk_of(request).storage, perimeter, participant_id)
    return page(
        request,
        "desk_form.html",
        person=person,
        said=[say(line, language) for line in sheet.said],
        asked=[say(line, language) for line in sheet.asked.lines],
        choices=[(choice.value, say(choice.label, language)) for choice in sheet.asked.choices],
        several=sheet.asked.several,
        token=sheet.token,
        longest=LONGEST,
    )
