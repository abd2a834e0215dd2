"""What comes before everything else when someone writes that they are in danger: for admins to set."""

from datetime import time

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import Admin, Posted, PostedByAdmin
from admin.pages import go_to, page
from conversations.safety.facts import HelpContact, Police, TeamHours
from conversations.vocabulary import Language
from storage.audit import note
from storage.safety import LONGEST_WORDS, MOST_CONTACTS, SafetySettings, safety_settings, set_safety
from storage.tables.vocabulary import AuditAction

router = APIRouter(prefix="/safety")

LONGEST = 60  # characters of a field: a contact is one short message


@router.get("")
def show(request: Request, signed_in: Admin) -> Response:
    with desk_of(request).storage.read() as connection:
        settings = safety_settings(connection)
    return _page(request, settings)


@router.post("")
def change(request: Request, posted: PostedByAdmin) -> Response:
    desk = desk_of(request)
    contacts = [_contact(posted, number) for number in range(1, MOST_CONTACTS + 1)]
    given = tuple(each for each in contacts if each is not None)
    settings = SafetySettings(given, _hours(posted), posted.text("words")[:LONGEST_WORDS])
    if not all(map(_complete, given)):
        return _page(request, settings, 422, "safety.incomplete")
    if settings.hours.opens >= settings.hours.closes:
        return _page(request, settings, 422, "safety.wrong_hours")
    with desk.storage.write() as tx:
        set_safety(tx, settings)
        note(tx, desk.storage, desk.now(), AuditAction.SAFETY_CHANGED, posted.perimeter.staff_id)
    desk.context.projects.refresh()
    return go_to("/safety", "safety_changed")


def _page(request: Request, settings: SafetySettings, status: int = 200, trouble: str = "") -> Response:
    places = [*settings.contacts, *([None] * MOST_CONTACTS)][:MOST_CONTACTS]
    return page(
        request,
        "safety.html",
        status,
        contacts=list(enumerate(places, 1)),
        hours=settings.hours,
        words=settings.words,
        police=(Police.WORKS_WITH, Police.IF_ASKED, Police.NEVER),  # never promise too much
        longest=LONGEST,
        longest_words=LONGEST_WORDS,
        trouble=trouble,
    )


def _contact(posted: Posted, number: int) -> HelpContact | None:
    """The contact in one of the places of the page; None for a place left empty."""

    def field(name: str) -> str:
        return posted.text(f"{name}_{number}")[:LONGEST]

    names = {language: field(f"name_{language}") for language in Language}
    reach = field("reach")
    if not reach and not any(names.values()):
        return None
    police = field("police")
    return HelpContact(
        names=names,
        reach=reach,
        languages=field("languages"),
        hours={language: field(f"hours_{language}") for language in Language},
        police=Police(police) if police in set(Police) else Police.WORKS_WITH,
    )


def _complete(contact: HelpContact) -> bool:
    """Whether it says all that the message to someone in danger tells, in one language at least."""
    in_words = any(contact.names.values()) and any(contact.hours.values())
    return bool(in_words and contact.reach and contact.languages)


def _hours(posted: Posted) -> TeamHours:
    days = frozenset(int(day) for day in posted.texts("day") if day in tuple("0123456"))
    return TeamHours(days, _time(posted.text("opens"), time(9)), _time(posted.text("closes"), time(17)))


def _time(written: str, otherwise: time) -> time:
    try:
        return time.fromisoformat(written).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return otherwise
