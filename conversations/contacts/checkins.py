"""Check-ins and other forms we ask for: the moment we write first, or why we had better not."""

from datetime import datetime, timedelta

from conversations.changes import Change, ContactMoved, ReminderPlanned
from conversations.contacts.by_sms import hold_back, may_notify
from conversations.contacts.coming_back import come_back
from conversations.contacts.followups import (
    CHECK_IN,
    HALF_ANSWERED_FOR,
    HELD_BACK_FOR,
    POSTPONED_BY,
    REMINDED_AFTER,
    check_in_instead,
    next_allowed,
)
from conversations.contacts.insertion import FORMS, insertions, plan_next
from conversations.dialogues import opened
from conversations.events import ContactDue
from conversations.messages import PromptKind
from conversations.safety.exits import HIDDEN_FOR
from conversations.session import IN_CONFIDENCE, FormDialogue, Place, Purpose, Session
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentState, ContactKind, ContactState

UNDISTURBED = (  # somebody is answering or telling something: only who fell silent long ago is asked
    Place.FORM,
    Place.CONFIRM,
    Place.CHANGE,
    Place.PROOF,
    Place.FILE,
    Place.MEDIA,
    Place.PROMPTING,
    *IN_CONFIDENCE,
)

NotNow = ContactMoved | ReminderPlanned  # what becomes of a contact that is not made at this moment


def begin_check_in(turn: Turn, due: ContactDue) -> Move | Change:
    """Ask, ask again what was put off, or remind; or what becomes of the contact instead.

    Cancelled without consent, missed when its form is gone, else postponed.
    """
    if due.kind is ContactKind.COMING_BACK:
        return come_back(turn, due)
    person = turn.snapshot.participant
    if person is None or person.prompting is not ConsentState.GIVEN:
        return ContactMoved(due.contact_id, ContactState.CANCELLED)
    if person.quiet_until is not None and person.quiet_until > turn.now:
        return _postponed(due, next_allowed(person.quiet_until, turn.zone))
    purpose, form_id = _purpose(due), due.form_id
    of_the_plan = not due.asked_by_staff and purpose is Purpose.FOLLOW_UP
    if of_the_plan and not insertions(turn.snapshot.milestones, due.form_id):
        return ContactMoved(due.contact_id, ContactState.CANCELLED)
    if person.unsure and purpose is Purpose.FOLLOW_UP:
        purpose, form_id = Purpose.CHECK_IN, CHECK_IN  # which asks the same and names no job
    later = _better_moment(turn, due, purpose)
    if later is not None:
        return _postponed(due, later)
    if not may_notify(turn.snapshot):
        return hold_back(turn, _postponed(due, next_allowed(turn.now + HELD_BACK_FOR, turn.zone)))
    begun = turn.session.about(due.contact_id)
    if due.reminders is not None:
        return _remind(turn, due, begun)
    if begun is not None:
        return _ask(turn, due, turn.session.opening(begun))
    replaced = [
        dialogue.contact_id
        for dialogue in (turn.session.form, *turn.session.parked)
        if dialogue and dialogue.purpose is purpose and dialogue.contact_id
    ]
    also: tuple[Change, ...] = tuple(ContactMoved(each, ContactState.MISSED) for each in replaced)
    following = plan_next(turn, turn.snapshot.milestones, due.form_id) if of_the_plan else None
    also += (following,) if following else ()
    return _ask(turn, due, opened(turn, purpose, form_id, due.contact_id), also)


def _ask(turn: Turn, due: ContactDue, session: Session, also: tuple[Change, ...] = ()) -> Move:
    remind_at = next_allowed(turn.now + REMINDED_AFTER[0], turn.zone)
    sent = ContactMoved(due.contact_id, ContactState.SENT)
    changes = (sent, ReminderPlanned(due.contact_id, remind_at), *also)
    return Move(session, lines("checkin.hello"), changes=changes, kind=PromptKind.NUDGE)


def _remind(turn: Turn, due: ContactDue, begun: FormDialogue | None) -> Move | NotNow:
    """The question once more, as far as it was answered; not beside one that still waits to go out."""
    if begun is None:
        return ContactMoved(due.contact_id, ContactState.MISSED)
    if turn.snapshot.question_unseen:
        return _postponed(due, next_allowed(turn.now + timedelta(days=1), turn.zone))
    apart = REMINDED_AFTER[1] - REMINDED_AFTER[0]
    again = next_allowed(turn.now + apart, turn.zone) if due.reminders == 0 else None
    changes = (ContactMoved(due.contact_id, ContactState.REMINDED), ReminderPlanned(due.contact_id, again))
    session = turn.session.opening(begun)
    return Move(session, lines("checkin.reminder"), changes=changes, kind=PromptKind.NUDGE)


def _postponed(due: ContactDue, moment: datetime) -> NotNow:
    """The same at another moment."""
    if due.reminders is None:
        return ContactMoved(due.contact_id, ContactState.PLANNED, moment)
    return ReminderPlanned(due.contact_id, moment)


def _purpose(due: ContactDue) -> Purpose:
    if due.form_id == CHECK_IN:
        return Purpose.CHECK_IN
    return Purpose.FOLLOW_UP if due.form_id in FORMS.values() else Purpose.SURVEY


def _better_moment(turn: Turn, due: ContactDue, purpose: Purpose) -> datetime | None:
    """When to try again, if now is a bad time; None when it is a good one.

    Nobody is interrupted in a form, unless not even its first question was answered and the new one takes its
    place. The quiet hours and an open question to the team hold back the schedule only: a trainer who asks on
    purpose knows what time it is.
    """
    person, session = turn.snapshot.participant, turn.session
    form = session.form
    takes_its_place = form is not None and form.purpose is purpose and not form.filling.trail
    touched = turn.snapshot.session_touched_at
    if session.place is Place.HIDDEN and touched is not None and turn.now - touched < HIDDEN_FOR:
        return next_allowed(turn.now + POSTPONED_BY, turn.zone)
    in_a_form = session.place in UNDISTURBED
    busy = in_a_form and not takes_its_place
    if busy and touched is not None and turn.now - touched < HALF_ANSWERED_FOR:
        return next_allowed(turn.now + POSTPONED_BY, turn.zone)
    if due.asked_by_staff:
        return None
    begun = session.about(due.contact_id) is not None
    if person is not None and purpose is Purpose.CHECK_IN and not begun:
        replaced = check_in_instead(turn.now, (person.follow_up_at, person.followed_up_at), turn.zone)
        if replaced is not None:
            return replaced
    if person is not None and person.team_awaited:
        return next_allowed(turn.now + POSTPONED_BY, turn.zone)
    allowed = next_allowed(turn.now, turn.zone)
    return allowed if allowed > turn.now else None
