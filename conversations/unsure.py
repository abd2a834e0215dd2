"""Ninety silent days: whoever writes then may be somebody else, since phones are sold and numbers given anew.

Until it is clear again who writes, nothing shows that was there before. It gets clear by the code, by someone
of the team, or by a proof from another address. What only takes something down stays open: words for the
team, a report, a check-in that began after the silence; so do language, stop, help and the quick exit.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from conversations.changes import Change, ConsentRecorded
from conversations.events import Tap, Text
from conversations.session import IN_A_FORM, FormDialogue, Place, Session
from conversations.steering.commands import command_in
from conversations.turn import Turn
from conversations.vocabulary import ConsentState
from conversations.workshops.answering import REPLIES, room_code
from conversations.workshops.texts import is_reply

SILENT_FOR = timedelta(days=90)

# What shows or changes something of the logbook, beside what a code guards.
SHOWING = frozenset(
    {
        Place.KIND,
        Place.MEDIA,
        Place.RESUME,
        Place.WORKSHOPS,
        Place.WORKSHOP,
        Place.PAUSE,
        Place.CODE_NEW,
        Place.CODE_AGAIN,
    }
)


def unsure_since(last_heard_at: datetime, at: datetime, known: datetime | None = None) -> datetime | None:
    """Since when nobody knows who has an address that was heard from then; `known` is what is on file.

    >>> from datetime import UTC
    >>> heard = datetime(2026, 1, 1, tzinfo=UTC)
    >>> unsure_since(heard, datetime(2026, 3, 31, tzinfo=UTC)) is None
    True
    >>> unsure_since(heard, datetime(2026, 4, 1, tzinfo=UTC)).isoformat()
    '2026-04-01T00:00:00+00:00'
    """
    silent = last_heard_at + SILENT_FOR
    return known or (silent if at >= silent else None)


def shows_what_was(session: Session, since: datetime) -> bool:
    """Whether the question of this place shows what was written before nobody knew who writes."""
    if session.place in (*IN_A_FORM, Place.DOUBT):
        return session.form is None or not begun_after(session.form, since)
    return session.place in SHOWING


def begun_after(form: FormDialogue, since: datetime | None) -> bool:
    """Whether we asked this form after that, or none of it was answered before.

    A step or a profile is no such form: nobody knows whose it would be.
    """
    if not form.contact_id:
        return False
    return form.unsure_since == since or not (form.filling.trail or form.filling.answers)


def says_yes(changes: Iterable[Change]) -> bool:
    """Whether a yes would be written down: only the person can give it."""
    return any(
        isinstance(change, ConsentRecorded) and change.state is ConsentState.GIVEN for change in changes
    )


def about_workshops(turn: Turn) -> bool:
    """Whether the message is about coming to a workshop, whose name would be answered."""
    match turn.event:
        case Text(text):
            return command_in(text) in REPLIES or bool(room_code(text))
        case Tap():
            return turn.snapshot.tapped is not None and is_reply(turn.snapshot.tapped.value)
    return False


def may_be_free(turn: Turn) -> bool:
    """Whether an address can be said to be somebody else's."""
    person = turn.snapshot.participant
    return person is not None and person.unsure
