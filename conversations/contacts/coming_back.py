"""Words to the team that nobody has answered for two days: the chat comes back and says so."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.changes import AddressFreed, Change, ContactMoved, ContactPlanned, TeamAwaited
from conversations.contacts.by_sms import hold_back, may_notify
from conversations.contacts.followups import HELD_BACK_FOR, POSTPONED_BY, next_allowed
from conversations.events import ContactDue
from conversations.messages import PromptKind
from conversations.session import Place
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ContactKind, ContactState

AFTER = timedelta(hours=48)


def plan_to_come_back(turn: Turn, changes: Iterable[Change]) -> tuple[ContactPlanned, ...]:
    """The plan, once somebody begins to wait for the team; a person of the team who answers takes it back."""
    person = turn.snapshot.participant
    did = {type(one) for one in changes}
    if person is None or person.team_awaited or TeamAwaited not in did or AddressFreed in did:
        return ()
    due = next_allowed(turn.now + AFTER, turn.zone)
    local = due.astimezone(ZoneInfo(turn.zone)).replace(tzinfo=None)
    return (ContactPlanned(turn.ids.row(), ContactKind.COMING_BACK, "", local, turn.zone, due),)


def come_back(turn: Turn, due: ContactDue) -> Move | Change:
    """Say that nobody has answered yet, and open the menu; at a better hour where this is a bad one."""
    person, session = turn.snapshot.participant, turn.session
    if person is None or not person.team_awaited:
        return ContactMoved(due.contact_id, ContactState.CANCELLED)
    moment = _hour(turn, person.quiet_until)
    if moment > turn.now:
        return ContactMoved(due.contact_id, ContactState.PLANNED, moment)
    if not may_notify(turn.snapshot):
        tomorrow = next_allowed(turn.now + HELD_BACK_FOR, turn.zone)
        return hold_back(turn, ContactMoved(due.contact_id, ContactState.PLANNED, tomorrow))
    said = (ContactMoved(due.contact_id, ContactState.SAID),)
    if session.place is Place.TALK:
        session = session.at_home()
    return Move(session, lines("talk.nobody_yet"), changes=said, kind=PromptKind.NUDGE)


def _hour(turn: Turn, quiet_until: datetime | None) -> datetime:
    """Now, or when nobody is disturbed: not at night, in a pause, or while the chat is hidden."""
    if quiet_until is not None and quiet_until > turn.now:
        return next_allowed(quiet_until, turn.zone)
    if turn.session.place is Place.HIDDEN:
        return next_allowed(turn.now + POSTPONED_BY, turn.zone)
    return next_allowed(turn.now, turn.zone)
