"""A word that steers and may be the answer to the open question: it is asked which was meant, never guessed.

Never doubted: the menu, a human and the quick exit. «Stop» stops at once, and only then it is asked.
"""

from dataclasses import replace

from conversations import dialogues
from conversations.answering import answer
from conversations.answers import is_called, yes_no
from conversations.asking import asking, understood
from conversations.entry.joining import allow_prompting
from conversations.events import Event, Text
from conversations.forms import QuestionType
from conversations.home import stop
from conversations.render.catalogue import say
from conversations.session import IN_A_FORM, Doubt, Place
from conversations.steering.commands import Command
from conversations.steering.side_questions import LATER
from conversations.turn import Move, Turn
from conversations.vocabulary import ConsentState

NEVER = (Command.MENU, Command.TALK, Command.EXIT, Command.REPORT, Command.NOT_MINE)
OF_TEXT = (Command.PDF, Command.START, Command.CONTINUE)  # words that people also answer open questions with


def may_be_the_answer(turn: Turn, command: Command) -> bool:
    """Whether the word also answers the open question.

    A question that takes any words is answered by every command. There only those count that people do write
    as an answer («cv» is what one needs); for the others we say ourselves what they do.
    """
    if command in NEVER or turn.session.place in (Place.HOME, Place.TALK):
        return False
    if dialogues.asked_type(turn) is QuestionType.TEXT:
        return command in OF_TEXT
    question = asking(turn, turn.session, turn.language)
    choice = understood(turn, question) if question else None
    same = LATER.value if turn.session.place in IN_A_FORM else command.value  # both lead to the same
    return choice not in (None, same) and not _only_in_part(turn, choice)


def _only_in_part(turn: Turn, choice: str | None) -> bool:
    """Whether the word is but a part of what the choice is called: «retour» of «Retour au menu»."""
    question = asking(turn, turn.session, turn.language)
    labels = [each.label for each in question.choices if each.value == choice] if question else []
    words = turn.event.text if isinstance(turn.event, Text) else ""
    named = [say(label, turn.language) for label in labels]
    return yes_no(words, turn.language) is None and not any(is_called(words, label) for label in named)


def which_is_meant(turn: Turn, command: Command) -> Move:
    """Ask which of the two it was."""
    return Move(replace(turn.session, place=Place.DOUBT, doubt=_doubt(turn, command)))


def stop_or_answer(turn: Turn) -> Move:
    """Stop at once; then ask whether it was an answer, so that nobody loses their check-ins by one."""
    stopped = stop(turn)
    doubt = _doubt(turn, Command.STOP)
    return replace(stopped, session=replace(turn.session, place=Place.DOUBT, doubt=doubt), asks=True)


def _doubt(turn: Turn, command: Command) -> Doubt:
    words = turn.event.text.strip() if isinstance(turn.event, Text) else ""
    person = turn.snapshot.participant
    welcome = person is not None and person.prompting is ConsentState.GIVEN
    return Doubt(words, command, turn.session.place, welcome)


def before_the_doubt(turn: Turn, doubt: Doubt, event: Event | None = None) -> Turn:
    """The turn as it stood when the words were written, with those words or another event."""
    session = replace(turn.session, place=doubt.place, doubt=None)
    snapshot = replace(turn.snapshot, session=session, tapped=None)
    return replace(turn, snapshot=snapshot, event=event or Text(doubt.words))


def meant_choice(turn: Turn) -> str | None:
    """Which of the two was chosen; None if neither."""
    question = asking(turn, turn.session, turn.language)
    return understood(turn, question) if question else None


def it_was_the_answer(turn: Turn, doubt: Doubt) -> Move:
    """Take the words as the answer they were; messages that «stop» ended are welcome again."""
    move = answer(before_the_doubt(turn, doubt))
    if doubt.command is Command.STOP and doubt.prompting:
        return replace(move, changes=(*allow_prompting(turn), *move.changes))
    return move
