"""Several messages at once: what was written before our next question had left us is no answer to it.

Pieces of one answer in words are joined. A piece that clearly answers the next question (a number, a choice,
a date) is taken; anything else is kept for the team, and the person is told.
"""

from conversations import forms
from conversations.answers import yes_no
from conversations.dialogues import after_answer, dry_run, open_question
from conversations.events import Text
from conversations.forms import QuestionType
from conversations.forms.places import path_of
from conversations.messages import Say
from conversations.session import Place
from conversations.turn import Move, Turn, lines


def piece_of_an_answer(turn: Turn) -> Move | None:
    """The move of a message that came before its question had left; None where it is an answer after all."""
    unseen = turn.snapshot.question_unsent and turn.session.place in (Place.FORM, Place.CONFIRM)
    if not unseen or not isinstance(turn.event, Text):
        return None
    text = turn.event.text.strip()
    question = open_question(turn)
    takes_words = question is None or question.type is QuestionType.TEXT
    if question is None and yes_no(text) is not None:
        return Move(turn.session)  # a yes to a summary that nobody has read yet
    if not takes_words and dry_run(turn).answer_text(text) is None:
        return None
    begun = _begun(turn)
    if not begun:
        return None if takes_words and question else Move(turn.session, lines("burst.kept"))
    return _joined(turn, f"{begun} {text}") or Move(turn.session, lines("burst.kept"))


def _begun(turn: Turn) -> str:
    """The answer in words that was given last; empty if the last answer was of another sort."""
    dialogue = turn.session.front
    form = turn.snapshot.project.forms[dialogue.filling.version_id]
    if not dialogue.filling.trail:
        return ""
    last = dialogue.filling.trail[-1]
    field = form.field(path_of(last))
    in_words = field is not None and field.type is QuestionType.TEXT
    return dialogue.filling.answers.get(last, "") if in_words else ""


def _joined(turn: Turn, words: str) -> Move | None:
    """The last answer again, with this piece at its end; None where the question does not take that."""
    dialogue = turn.session.front
    form = turn.snapshot.project.forms[dialogue.filling.version_id]
    run = turn.run(forms.back(form, dialogue.filling), turn.language)
    if run.answer_text(words) is not None:
        return None
    return after_answer(turn, run, (Say("burst.joined", {"answer": words}),))
