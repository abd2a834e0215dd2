"""The person as a move leaves them, so that the question that follows fits who they are now."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from conversations.changes import (
    AddressConfirmed,
    AnswerSpoken,
    AttendanceSaid,
    Change,
    CodeGiven,
    CodeMistyped,
    CodeRemoved,
    CodeSet,
    ConsentRecorded,
    ErasureHastened,
    ErasurePlanned,
    ErasureTakenBack,
    MessagesPaused,
    NameGiven,
    PageClosed,
    PageMade,
    PauseEnded,
    TrackChosen,
)
from conversations.snapshot import EmployerPage, Project, Sharing, Snapshot
from conversations.vocabulary import ConsentPurpose, ConsentState


def after(snapshot: Snapshot, changes: Sequence[Change]) -> Snapshot:
    """The snapshot with those changes applied that decide what can be done next."""
    person = snapshot.participant
    if person is None or not changes:
        return snapshot
    for change in changes:
        match change:
            case NameGiven(first_name):
                person = replace(person, first_name=first_name)
            case ConsentRecorded(purpose=ConsentPurpose.MEDIA, state=state):
                person = replace(person, media=state)
            case AnswerSpoken() if says_name(snapshot.project, change):
                person = replace(person, name_spoken=True)
            case TrackChosen(track):
                person = replace(person, track=track)
            case ConsentRecorded(purpose=ConsentPurpose.PROMPTING, state=state):
                person = replace(person, prompting=state)
            case ConsentRecorded(purpose=ConsentPurpose.SMS, state=state):
                person = replace(person, sms=state)
            case MessagesPaused(until):
                person = replace(person, paused_until=until)
            case PauseEnded():
                person = replace(person, paused_until=None)
            case CodeSet(hashed):
                person = replace(person, code=hashed, code_failures=0)
            case CodeRemoved():
                person = replace(person, code="", code_failures=0)
            case CodeMistyped():
                person = replace(person, code_failures=person.code_failures + 1)
            case CodeGiven():
                person = replace(person, code_failures=0, unsure_since=None)
            case AddressConfirmed():
                person = replace(person, unsure_since=None)
            case ErasurePlanned(erase_at):
                person = replace(person, erase_at=erase_at)
            case ErasureHastened():
                person = replace(person, leaving=True)
            case ErasureTakenBack():
                person = replace(person, erase_at=None)
    said = {each.workshop_id: each.attendance for each in changes if isinstance(each, AttendanceSaid)}
    workshops = tuple(
        replace(each, attendance=said.get(each.id, each.attendance)) for each in snapshot.workshops
    )
    return replace(snapshot, participant=person, sharing=_sharing(snapshot, changes), workshops=workshops)


def _sharing(snapshot: Snapshot, changes: Iterable[Change]) -> Sharing:
    """What is shown to employers then; without the yes to it, nothing."""
    sharing, zone = snapshot.sharing, ZoneInfo(snapshot.project.zone)
    for change in changes:
        match change:
            case ConsentRecorded(purpose=ConsentPurpose.SHARING, state=ConsentState.GIVEN):
                sharing = replace(sharing, allowed=True)
            case ConsentRecorded(purpose=ConsentPurpose.SHARING):
                sharing = Sharing()
            case PageMade() as made:
                page = EmployerPage(made.page_id, made.label, made.expires_at.astimezone(zone).date(), 0)
                sharing = replace(sharing, pages=(*sharing.pages, page))
            case PageClosed(page_id):
                left = tuple(page for page in sharing.pages if page.id != page_id)
                sharing = replace(sharing, pages=left)
    return sharing


def says_name(project: Project, answer: AnswerSpoken) -> bool:
    """Whether it is the profile's question for the first name that was answered by voice."""
    return answer.place.endswith("/first_name") and project.forms[answer.version_id].form_id == "profile"
