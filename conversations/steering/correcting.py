"""A message that was changed after it was sent: the answer it gave is changed, where that can still be."""

from dataclasses import replace

from conversations import forms
from conversations.changes import TeamAwaited
from conversations.dialogues import after_answer
from conversations.events import Edited, Text
from conversations.messages import Line, Say
from conversations.session import IN_A_FORM, IN_CONFIDENCE, FormDialogue, Place, Session
from conversations.steering.commands import command_in
from conversations.turn import Move, Turn, lines

REMEMBERED = 30  # answers of one form whose messages can be changed


def meant_anew(turn: Turn) -> Turn:
    """The turn with the new wording as a message of its own, where the old one led nowhere.

    So it is while joining, where it was not understood, and where it is a command by now.
    """
    event, session, snapshot = turn.event, turn.session, turn.snapshot
    if not isinstance(event, Edited) or snapshot.edits_in_confidence or session.place in IN_CONFIDENCE:
        return turn
    joining = snapshot.participant is None and not snapshot.sharers
    unheard = bool(snapshot.message_id) and snapshot.message_id == session.unheard
    if joining or unheard or (snapshot.participant and command_in(event.text) is not None):
        return replace(turn, event=Text(event.text))
    return turn


def correct(turn: Turn, text: str) -> Move:
    """Change the answer that the message gave; where there is none in the open form, say what can be done."""
    session = turn.session
    place = _answered_by(turn)
    if place is not None:
        return _changed(turn, place, text)
    if session.place is Place.TALK:
        return Move(session, lines("talk.kept"), changes=(TeamAwaited(),), asks=False)
    return Move(session, lines("edited.seen" if session.form else "edited.kept"))


def remembering(turn: Turn, session: Session) -> Session:
    """The session with what became of the message: the answer it gave, or that it led nowhere."""
    message_id = turn.snapshot.message_id
    if not message_id or not isinstance(turn.event, Text):
        return session
    before, dialogue = turn.session.form, session.form
    passed = before.filling.trail if before else ()
    trail = dialogue.filling.trail if dialogue and before and dialogue.continues(before) else passed
    if dialogue is not None and trail and trail[-1] not in passed:
        said_by = (*dialogue.said_by, (message_id, trail[-1]))[-REMEMBERED:]
        return replace(session, form=replace(dialogue, said_by=said_by), unheard="")
    stayed = session.place is turn.session.place and trail == passed
    return replace(session, unheard=message_id if stayed else "")


def _answered_by(turn: Turn) -> str | None:
    """The question of the open form that the changed message had answered."""
    dialogue: FormDialogue | None = turn.session.form
    if dialogue is None or turn.session.place not in IN_A_FORM:
        return None
    passed = set(dialogue.filling.trail)
    said_by = dict(dialogue.said_by)
    place = said_by.get(turn.snapshot.message_id)
    return place if place in passed else None


def _changed(turn: Turn, place: str, text: str) -> Move:
    dialogue = turn.session.front
    form = turn.snapshot.project.forms[dialogue.filling.version_id]
    run = turn.run(forms.revisit(form, dialogue.filling, place), turn.language)
    if run.answer_text(text) is not None or run.filling.readings:
        return Move(turn.session, lines("edited.not_taken"))
    if run.filling.answers == dialogue.filling.answers:
        return Move(turn.session, asks=False)  # Telegram also tells of changes that nobody made
    lead: tuple[Line, ...] = (Say("edited.taken", {"answer": text.strip()}),)
    return after_answer(turn, run, lead)
