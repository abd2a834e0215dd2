"""After a long silence in the middle of a form: one line that says where we were."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from conversations.dialogues import open_question
from conversations.events import Text
from conversations.messages import Line, Say
from conversations.session import Place
from conversations.steering.courtesies import is_greeting
from conversations.steering.under_way import name_of
from conversations.turn import Move, Turn

LONG = timedelta(hours=12)


def with_where_we_were(turn: Turn, answer: Callable[[Turn], Move]) -> Move:
    """The move of an answer, after the line that says to what; a greeting is no answer then."""
    told = _where_we_were(turn)
    if not told:
        return answer(turn)
    if isinstance(turn.event, Text) and is_greeting(turn.event.text):
        return Move(turn.session, told)
    move = answer(turn)
    return replace(move, lead=(*told, *move.lead))


def _where_we_were(turn: Turn) -> tuple[Line, ...]:
    """Which form and which question, if the person comes back to them after a long time; else nothing."""
    touched, form = turn.snapshot.session_touched_at, turn.session.form
    if turn.session.place is not Place.FORM or form is None or not form.filling.trail:
        return ()
    if touched is None or turn.now - touched <= LONG:
        return ()
    question = open_question(turn)
    if question is None:
        return ()
    return (Say("silence.was_at", {"what": name_of(form), "question": question.label or question.name}),)
