"""One participant: timeline, steps, consents, channels; write to them, ask them now."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from admin.awaiting import awaiting
from admin.desk import desk_of
from admin.entries import entry
from admin.guard import PostedForm, RowId, Staff
from admin.language import language_of
from admin.pages import go_to, page
from admin.preview import way_to
from admin.reader import Reader
from admin.step_cards import step_card
from admin.voices import voices_of
from conversations.at_the_desk import fits_the_desk
from conversations.contacts.followups import CHECK_IN
from conversations.form_names import name_of_form
from conversations.forms.checking import LONGEST_TEXT
from conversations.snapshot import Project
from conversations.vocabulary import Channel, Language
from conversations.voice.tracks import called
from storage.addresses import prefer_channel
from storage.audit import note_reading
from storage.check_ins import Asked, ask_now
from storage.errors import OutOfPerimeter
from storage.media.showing import proofs
from storage.milestones import milestone_histories
from storage.participants import find_person
from storage.rights import standing
from storage.situations import situations_of
from storage.templates import templates
from storage.timeline import Cursor, consents, timeline
from storage.transcripts import waiting_voices
from storage.writing import LONGEST, NoOpenAddress, answer_given, write_to

router = APIRouter(prefix="/participants/{participant_id}")


@router.get("")
def show(
    request: Request,
    participant_id: RowId,
    signed_in: Staff,
    before: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    desk, perimeter = desk_of(request), signed_in.member.perimeter
    storage, reader = desk.storage, Reader(language_of(request), desk.context.project)
    cursor = _cursor(before)
    with storage.read() as connection:
        person = find_person(connection, storage, perimeter, participant_id)
        found = timeline(connection, storage, perimeter, participant_id, cursor)
        said = consents(connection, perimeter, participant_id)
        holds = standing(connection, perimeter, participant_id, desk.now())
        steps = milestone_histories(connection, storage, perimeter, participant_id)
        waiting = waiting_voices(connection, storage, perimeter, participant_id)
        files = proofs(connection, storage, participant_id) if steps else {}
        known = templates(connection)
        situation = situations_of(connection, storage, [participant_id]).get(participant_id, ())
    open_ones = awaiting(found.entries, person.awaited_since, cursor.at if cursor else None)
    note_reading(storage, desk.now(), signed_in.member.id, participant_id)
    return page(
        request,
        "participant.html",
        person=person,
        listens=called(person.track),
        entries=[replace(entry(one, reader), awaiting=one.id in open_ones) for one in found.entries],
        older=f"{found.next.at.isoformat()}~{found.next.id}" if found.next else "",
        first_page=not before,
        consents=said,
        holds=holds,
        steps=[step_card(versions, reader, desk.now(), files) for versions in steps],
        situation=situation,
        voices=voices_of(waiting, reader, desk.now()),
        longest_answer=LONGEST_TEXT,
        desk_forms=_for_the_desk(desk.context.project, reader.language),
        local_day=desk.now().astimezone(ZoneInfo(desk.context.project.zone)).date().isoformat(),
        longest=LONGEST,
        way=way_to(person, known, desk.now()),
        forms=_askable(desk.context.project, reader.language),
    )


def _askable(project: Project, language: Language) -> list[tuple[str, str]]:
    """Ids and titles of the forms that can be asked: not the steps, which people record by themselves."""
    asked = [form_id for form_id in project.current_forms if not form_id.startswith("milestone-")]
    named = ((form_id, name_of_form(project.current(form_id), language)) for form_id in asked)
    return sorted(named, key=lambda one: one[1])


def _for_the_desk(project: Project, language: Language) -> list[tuple[str, str]]:
    """Ids and titles of the forms that staff fill in for someone: the profile first, then the steps."""
    wanted = sorted(filter(fits_the_desk, project.current_forms), key=lambda form_id: form_id != "profile")
    return [(form_id, name_of_form(project.current(form_id), language)) for form_id in wanted]


def _cursor(before: str) -> Cursor | None:
    """Where the page begins; a cursor that is none of ours leads to the newest page.

    A moment beyond the calendar, once it is told in UTC, is no page at all: 404.
    """
    at, _, entry_id = before.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or "\0" in entry_id:
            return None
        return Cursor(moment.astimezone(UTC), entry_id)
    except ValueError:
        return None
    except OverflowError:
        raise HTTPException(404) from None


@router.post("/messages")
def write(request: Request, participant_id: RowId, posted: PostedForm) -> Response:
    desk, back = desk_of(request), f"/participants/{participant_id}"
    text = posted.text("text").replace("\r\n", "\n")[:LONGEST]
    with desk.storage.write() as tx:
        posted.perimeter.require_participant(tx, participant_id)
        if not text:
            return go_to(back, "empty_message")
        try:
            write_to(tx, desk.storage, posted.perimeter, participant_id, text, desk.now())
        except NoOpenAddress:
            return go_to(back, "no_open_address")
    desk.context.wake()
    return go_to(back, "written")


@router.post("/answered")
def set_answered(request: Request, participant_id: RowId, posted: PostedForm) -> Response:
    """The person needs no written answer: take them off the list of the day."""
    with desk_of(request).storage.write() as tx:
        posted.perimeter.require_participant(tx, participant_id)
        answer_given(tx, participant_id)
    return go_to(f"/participants/{participant_id}", "answered")


@router.post("/check-ins")
def ask(request: Request, participant_id: RowId, posted: PostedForm) -> Response:
    desk = desk_of(request)
    project, wanted = desk.context.project, posted.text("form")
    if wanted and wanted not in project.current_forms:
        raise OutOfPerimeter
    with desk.storage.write() as tx:
        asked = ask_now(
            tx, desk.storage, posted.perimeter, participant_id, project.zone, desk.now(), wanted or CHECK_IN
        )
    if asked is Asked.PLANNED:
        desk.context.wake()
    return go_to(f"/participants/{participant_id}", f"asked_{asked}")


@router.post("/channel")
def prefer(request: Request, participant_id: RowId, posted: PostedForm) -> Response:
    """Where they are written to first."""
    desk, wanted = desk_of(request), posted.text("channel")
    if wanted and wanted not in [*Channel]:
        raise HTTPException(404)
    channel = Channel(wanted) if wanted else None
    done = prefer_channel(desk.storage, posted.perimeter, participant_id, channel, desk.now())
    return go_to(f"/participants/{participant_id}", "channel_preferred" if done else "")
