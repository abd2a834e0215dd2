"""Check-ins and other forms we ask for: the moment we write first, or why we had better not."""

from datetime import datetime

from conversations.changes import Change, ContactMoved
from conversations.dialogues import opened
from conversations.events import ContactDue
from conversations.followups import (
    CHECK_IN,
    HALF_ANSWERED_FOR,
    POSTPONED_BY,
    check_in_instead,
    next_allowed,
)
from conversations.insertion import FORMS, insertions, plan_next
from conversations.messages import PromptKind
from conversations.safety.exits import HIDDEN_FOR
from conversations.session import IN_CONFIDENCE, Place, Purpose
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentState, ContactState

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


def begin_check_in(turn: Turn, due: ContactDue) -> Move | ContactMoved:
    """Ask, or what becomes of the contact instead: cancelled without consent, else postponed."""
    person = turn.snapshot.participant
    if person is None or person.prompting is not ConsentState.GIVEN:
        return ContactMoved(due.contact_id, ContactState.CANCELLED)
    if person.quiet_until is not None and person.quiet_until > turn.now:
        after = next_allowed(person.quiet_until, turn.zone)
        return ContactMoved(due.contact_id, ContactState.PLANNED, after)
    purpose = _purpose(due)
    of_the_plan = not due.asked_by_staff and purpose is Purpose.FOLLOW_UP
    if of_the_plan and not insertions(turn.snapshot.milestones, due.form_id):
        return ContactMoved(due.contact_id, ContactState.CANCELLED)
    later = _better_moment(turn, due, purpose)
    if later is not None:
        return ContactMoved(due.contact_id, ContactState.PLANNED, later)
    changes: tuple[Change, ...] = (ContactMoved(due.contact_id, ContactState.SENT),)
    replaced = [
        dialogue.contact_id
        for dialogue in (turn.session.form, *turn.session.parked)
        if dialogue and dialogue.purpose is purpose and dialogue.contact_id
    ]
    changes += tuple(ContactMoved(contact_id, ContactState.MISSED) for contact_id in replaced)
    following = plan_next(turn, turn.snapshot.milestones, due.form_id) if of_the_plan else None
    changes += (following,) if following else ()
    session = opened(turn, purpose, due.form_id, due.contact_id)
    return Move(session, lines("checkin.hello"), changes=changes, kind=PromptKind.NUDGE)


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
    if person is not None and purpose is Purpose.CHECK_IN:
        replaced = check_in_instead(turn.now, (person.follow_up_at, person.followed_up_at), turn.zone)
        if replaced is not None:
            return replaced
    if person is not None and person.team_awaited:
        return next_allowed(turn.now + POSTPONED_BY, turn.zone)
    allowed = next_allowed(turn.now, turn.zone)
    return allowed if allowed > turn.now else None
