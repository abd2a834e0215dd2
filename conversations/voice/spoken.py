"""Answers by voice: kept, acknowledged, and written down by the team later; the conversation goes on."""

from collections.abc import Iterator
from dataclasses import replace

from conversations.changes import AnswerSpoken, AnswerUnspoken, Change, FileNamed, FormSubmitted, TeamAwaited
from conversations.dialogues import after_answer, open_question
from conversations.events import Attachment, AttachmentKind
from conversations.forms import QuestionType
from conversations.forms.understand import how_to_answer
from conversations.messages import Say
from conversations.session import Aim, Place, Session
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentState

SOUNDS = (AttachmentKind.VOICE, AttachmentKind.AUDIO)
ANSWER = "answer"  # what the file is for, while it is asked whether it may be kept


def may_be_spoken(turn: Turn) -> bool:
    """Whether a recording came while a question of a form is open."""
    event = turn.event
    if turn.snapshot.question_unseen or turn.session.unread:
        return False
    return isinstance(event, Attachment) and event.kind in SOUNDS and open_question(turn) is not None


def receive_voice(turn: Turn) -> Move:
    """A recording came. Words it can answer; where a number, a day or a choice is asked, the team gets it."""
    question = open_question(turn)
    if question is None or question.type is not QuestionType.TEXT:
        how = (how_to_answer(question, turn.today).line,) if question else ()
        return Move(turn.session, (Say("spoken.for_team"), *how), changes=(TeamAwaited(),))
    file_id, person = turn.ids.row(), turn.snapshot.participant
    named = FileNamed(file_id)
    if person is not None and person.media is ConsentState.GIVEN:
        taken = take_voice(turn, turn.session, file_id)
        return replace(taken, changes=(named, *taken.changes))
    aim = Aim(ANSWER, file=file_id, back_to=Place.FORM)
    return Move(replace(turn.session, place=Place.MEDIA, aim=aim), changes=(named,))


def take_voice(turn: Turn, session: Session, file_id: str) -> Move:
    """The recording is the answer to the open question."""
    filling = session.front.filling
    run = turn.run(filling, turn.language)
    place = run.ahead.stop.place if run.ahead.stop else ""
    run.speak(file_id)
    onward = after_answer(replace(turn, snapshot=replace(turn.snapshot, session=session)), run)
    spoken = AnswerSpoken(file_id, filling.version_id, place)
    return replace(onward, lead=(*lines("spoken.kept"), *onward.lead), changes=(spoken, *onward.changes))


def no_more_spoken(before: Session, after: Session, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The answers by voice that this turn has replaced or dropped."""
    was = set(_spoken(before))
    if not was:
        return ()
    submitted = {id for change in changes if isinstance(change, FormSubmitted) for id in change.spoken}
    gone = was - set(_spoken(after)) - submitted
    return tuple(AnswerUnspoken(file_id) for file_id in sorted(gone))


def _spoken(session: Session) -> Iterator[str]:
    for dialogue in (session.form, *session.parked):
        if dialogue is not None:
            yield from dialogue.filling.spoken.values()
