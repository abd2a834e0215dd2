"""The menu: what a person can do now."""

from conversations.messages import Choice, Line, Say
from conversations.rights.choices import WHILE_PLANNED
from conversations.session import Purpose, Session
from conversations.snapshot import Snapshot
from conversations.vocabulary import ConsentState
from conversations.voice.tracks import tracks

# Before it is clear again who writes: what shows nothing.
WHILE_UNSURE = (
    Choice("me", Say("unsure.me")),
    Choice("talk", Say("menu.talk")),
    Choice("language", Say("menu.language")),
    Choice("not_mine", Say("unsure.not_mine")),
)


def home_line(snapshot: Snapshot) -> Line:
    """What is asked at home."""
    person = snapshot.participant
    return Say("unsure.menu" if person and person.unsure else "home.menu")


def menu(snapshot: Snapshot, session: Session) -> tuple[Choice, ...]:
    """What can be done now, the most likely first."""
    person = snapshot.participant
    another = (Choice("other", Say("menu.other")),) if snapshot.sharers else ()
    if person and person.unsure:
        return (*WHILE_UNSURE, *another)
    if person and person.erase_at:
        return (*WHILE_PLANNED, *another)
    choices = []
    if session.under_way:
        choices.append(Choice("resume", Say("menu.resume")))
    nameless = person is not None and not (person.first_name or person.name_spoken)
    if nameless and not session.holds(Purpose.PROFILE):
        choices.append(Choice("profile", Say("menu.profile")))
    choices += [
        Choice("record", Say("menu.record")),
        Choice("logbook", Say("menu.logbook")),
        *((Choice("workshops", Say("menu.workshops")),) if snapshot.workshops else ()),
        Choice("talk", Say("menu.talk")),
        Choice("language", Say("menu.voice" if tracks(snapshot.project) else "menu.language")),
        Choice("data", Say("menu.data")),
    ]
    if person and (person.prompting is not ConsentState.GIVEN or person.paused_until):
        choices.append(Choice("start", Say("menu.start")))
    return (*choices, *another)
