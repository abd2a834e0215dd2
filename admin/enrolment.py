"""Someone without a phone, or a minor: opening a logbook together, a code for a phone, calls and visits."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import Posted, PostedForm, RowId, Staff
from admin.pages import go_to, page
from conversations.entry.consent import told
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language
from storage.cohorts import cohorts
from storage.enrolment import (
    AgreementMissing,
    BirthMonthUnclear,
    ConsentMissing,
    Enrolment,
    TooYoung,
    agreement,
    code_for_phone,
    minority,
    open_logbook,
)
from storage.errors import StorageError
from storage.participants import find_person
from storage.perimeter import Perimeter
from storage.staff_contacts import DayUnclear, record_contact
from storage.tables.vocabulary import ConsentWay, ContactMode

router = APIRouter(prefix="/participants")

LONGEST = 100  # characters of a name
WAYS = (ConsentWay.ORAL, ConsentWay.PAPER)
TROUBLE: dict[type[StorageError], str] = {
    ConsentMissing: "enrol.no_consent",
    TooYoung: "enrol.too_young",
    BirthMonthUnclear: "enrol.born_unclear",
    AgreementMissing: "enrol.no_agreement",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed so far, so that a mistake costs nothing."""

    cohort: str = ""
    language: str = ""
    name: str = ""
    way: str = ConsentWay.ORAL
    young: bool = False
    born: str = ""
    guardian: str = ""
    agreed_on: str = ""


@router.get("/new")
def ask(request: Request, signed_in: Staff) -> Response:
    return _shown(request, signed_in.member.perimeter, Typed())


@router.post("/new")
def open_one(request: Request, posted: PostedForm) -> Response:
    desk = desk_of(request)
    typed = _typed(posted)
    try:
        if not typed.name or posted.text("said_yes") != "on":
            raise ConsentMissing
        wanted = _enrolment(request, typed)
    except tuple(TROUBLE) as trouble:
        return _shown(request, posted.perimeter, typed, TROUBLE[type(trouble)])
    person = open_logbook(desk.storage, posted.perimeter, wanted, desk.now())
    return go_to(f"/participants/{person}", "enrolled")


@router.post("/{participant_id}/phone-code")
def give_code(request: Request, participant_id: RowId, posted: PostedForm) -> Response:
    """A code that links the phone it is sent from to this logbook; shown once."""
    desk = desk_of(request)
    code = code_for_phone(desk.storage, posted.perimeter, participant_id, desk.now())
    with desk.storage.read() as connection:
        person = find_person(connection, desk.storage, posted.perimeter, participant_id)
    return page(request, "phone_code.html", person=person, code=code, links=desk.context.join_links(code))


@router.post("/{participant_id}/contacts")
def write_down(request: Request, participant_id: RowId, posted: PostedForm) -> Response:
    """A call or a visit."""
    desk, back = desk_of(request), f"/participants/{participant_id}"
    mode = ContactMode.VISIT if posted.text("mode") == ContactMode.VISIT else ContactMode.CALL
    day, about, zone = posted.text("day"), posted.text("note"), desk.context.project.zone
    try:
        record_contact(desk.storage, posted.perimeter, participant_id, mode, day, about, zone, desk.now())
    except DayUnclear:
        return go_to(back, "contact_day_unclear")
    return go_to(back, "contact_recorded")


def _typed(posted: Posted) -> Typed:
    return Typed(
        cohort=posted.text("cohort"),
        language=posted.text("language"),
        name=posted.text("name")[:LONGEST],
        way=posted.text("way"),
        young=posted.text("age") == "young",
        born=posted.text("born"),
        guardian=posted.text("guardian")[:LONGEST],
        agreed_on=posted.text("agreed_on"),
    )


def _enrolment(request: Request, typed: Typed) -> Enrolment:
    """What was typed as an enrolment. One of TROUBLE where something is missing."""
    desk = desk_of(request)
    now, zone = desk.now(), desk.context.project.zone
    return Enrolment(
        cohort_id=typed.cohort,
        language=Language(typed.language) if typed.language in set(Language) else Language.FRENCH,
        first_name=typed.name,
        way=ConsentWay(typed.way) if typed.way in WAYS else ConsentWay.ORAL,
        minor_until=minority(typed.born, now, zone) if typed.young else None,
        guardian=agreement(typed.guardian, typed.agreed_on, now, zone) if typed.young else None,
    )


def _shown(request: Request, perimeter: Perimeter, typed: Typed, trouble: str = "") -> Response:
    with desk_of(request).storage.read() as connection:
        groups = cohorts(connection, perimeter)
    messages = (*told(desk_of(request).context.project.controller), (Say("join.consent"),))
    aloud = {
        language: [say(line, language) for message in messages for line in message] for language in Language
    }
    status = 422 if trouble else 200
    return page(
        request, "enrol.html", status, cohorts=groups, typed=typed, ways=WAYS, told=aloud, trouble=trouble
    )
