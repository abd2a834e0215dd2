"""The same forms, filled in by staff for someone who is with them: one question at a time, no chat."""

from dataclasses import replace

from conversations.answering import answer
from conversations.asked import Asking
from conversations.asking import asking, of_an_earlier_question
from conversations.dialogues import opened, steer_form
from conversations.session import Place, Purpose, Session
from conversations.steering.commands import Command
from conversations.turn import Move, Turn

PROFILE = "profile"
PLACES = (Place.FORM, Place.CONFIRM, Place.CHANGE)  # anywhere else the form is done, or was dropped


def fits_the_desk(form_id: str) -> bool:
    """Whether staff fill it in for others: the profile, and the steps."""
    return form_id == PROFILE or form_id.startswith("milestone-")


def begin(turn: Turn, form_id: str) -> Move:
    """The form from its first question."""
    purpose = Purpose.PROFILE if form_id == PROFILE else Purpose.MILESTONE
    return _named(turn, Move(opened(turn, purpose, form_id)))


def take(turn: Turn) -> Move:
    """An answer, by a button or typed; one to an earlier question changes nothing."""
    return Move(turn.session) if of_an_earlier_question(turn) else _named(turn, answer(turn))


def steer(turn: Turn, command: Command) -> Move:
    """Back, skip or cancel."""
    return _named(turn, steer_form(turn, command))


def open_question(turn: Turn, session: Session) -> Asking | None:
    """What is asked now; None where the form is done."""
    return asking(turn, session, turn.language) if session.place in PLACES else None


def _named(turn: Turn, move: Move) -> Move:
    return replace(move, session=replace(move.session, token=turn.ids.token()))
