"""Steering: what a word that steers does from each place, and when such a word may be an answer instead."""

from dataclasses import replace

from conversations import dialogues, home
from conversations.asking import asking, understood
from conversations.changes import TeamAwaited
from conversations.entry.linking import begin_linking
from conversations.events import Tap, Text
from conversations.logbook import showing
from conversations.rights import my_data
from conversations.rights.reaching import choose_channel
from conversations.session import IN_A_FORM, Doubt, Place
from conversations.steering import side_questions
from conversations.steering.commands import Command, command_in
from conversations.steering.courtesies import is_greeting
from conversations.steering.doubting import (
    before_the_doubt,
    it_was_the_answer,
    may_be_the_answer,
    meant_choice,
    stop_or_answer,
    which_is_meant,
)
from conversations.steering.helping import help_lines
from conversations.steering.resuming import resume
from conversations.steering.snoozing import snooze
from conversations.turn import Move, Turn, lines
from conversations.unsure import may_be_free
from conversations.voice import listening
from conversations.workshops.answering import REPLIES, answer_next, next_open, show_workshops

# Where «back» and «cancel» lead from a place that is no form; from anywhere else they lead to the menu.
BEFORE = {
    Place.PAUSE: Place.DATA,
    Place.PERMISSIONS: Place.DATA,
    Place.REACH: Place.DATA,
    Place.ERASE: Place.DATA,
    Place.ERASE_SURE: Place.DATA,
    Place.CODE_KEEP: Place.DATA,
    Place.CODE_NEW: Place.DATA,
    Place.CODE_AGAIN: Place.CODE_NEW,
    Place.WORKSHOP: Place.WORKSHOPS,
    Place.LINK: Place.DATA,
    Place.LINK_CODE: Place.LINK,
    Place.PDF: Place.LOGBOOK,
    Place.STEP: Place.LOGBOOK,
    Place.UPDATE: Place.LOGBOOK,
    Place.WITHDRAW: Place.LOGBOOK,
}


def steer(turn: Turn) -> Move | None:
    """The move of a message that steers; None where it is an answer. Where it may be both, it is asked."""
    tapped = turn.snapshot.tapped
    if isinstance(turn.event, Tap) and tapped and tapped.value in side_questions.BESIDE:
        return obey(turn, side_questions.BESIDE[tapped.value])
    command = command_in(turn.event.text) if isinstance(turn.event, Text) else None
    if command in REPLIES and next_open(turn) is None:
        command = None  # there is nothing to come to
    if command is Command.NOT_MINE and not may_be_free(turn):
        command = None
    if command is None or _takes_zero(turn):
        return None
    if not may_be_the_answer(turn, command):
        return obey(turn, command)
    return stop_or_answer(turn) if command is Command.STOP else which_is_meant(turn, command)


def obey(turn: Turn, command: Command) -> Move:
    """What the command does where the conversation stands."""
    session = turn.session
    match command:
        case Command.BACK | Command.SKIP | Command.CANCEL if session.place in IN_A_FORM:
            return dialogues.steer_form(turn, command)
        case Command.BACK | Command.SKIP | Command.CANCEL if session.place in (Place.LANGUAGE, Place.VOICE):
            return Move(replace(session, place=session.returns_to, returns_to=Place.HOME))
        case Command.SKIP if session.place is Place.PROMPTING:
            return Move(session, lines("form.nothing_to_skip"))
        case Command.BACK | Command.CANCEL if session.place in BEFORE:
            return Move(replace(session, place=BEFORE[session.place]))
        case Command.LATER:
            return snooze(turn)
        case Command.CONTINUE if session.under_way:
            return resume(turn)
        case Command.HELP:
            told = tuple((line,) for line in help_lines(session))
            return Move(session, before=told, asks=session.place is not Place.TALK)
        case Command.LANGUAGE:
            return home.choose_language(turn)
        case Command.VOICE:
            asked = session.place is Place.VOICE
            return listening.answer_track(turn) if asked else listening.choose_track(turn)
        case Command.LOGBOOK:
            return showing.show_logbook(turn)
        case Command.PDF:
            return showing.ask_for_pdf(turn)
        case Command.WORKSHOPS:
            return show_workshops(turn)
        case Command.COME | Command.NOT_COME:
            return answer_next(turn, REPLIES[command])
        case Command.TALK:
            return home.talk(turn)
        case Command.NOT_MINE:
            return Move(replace(session, place=Place.NOT_MINE))
        case Command.LINK:
            return begin_linking(turn)
        case Command.DATA:
            return my_data.show_data(turn)
        case Command.REACH:
            return choose_channel(turn)
        case Command.STOP:
            return home.stop(turn)
        case Command.START:
            return home.start(turn) if home.is_quiet(turn) else Move(home.at_home(session))
        case _:
            return Move(home.at_home(session))


def answer_doubt(turn: Turn, doubt: Doubt) -> Move | None:
    """Which of the two was meant. None: neither, so the message is one for the question before."""
    match meant_choice(turn):
        case None:
            return None
        case side_questions.ANSWER:
            return it_was_the_answer(turn, doubt)
        case _ if doubt.command is Command.STOP:
            return Move(turn.session.at_home(), lines("stop.done"), asks=False)
        case _:
            return obey(before_the_doubt(turn, doubt), doubt.command)


def before_the_question(turn: Turn) -> Move:
    """Words written before our question could be read are no answer to it: it is asked now."""
    text = turn.event.text if isinstance(turn.event, Text) else ""
    command = command_in(text)
    if command:
        return obey(turn, command)
    nothing_said = is_greeting(text) or not any(map(str.isalnum, text))
    words = () if nothing_said or turn.session.unread else (TeamAwaited(),)
    return Move(turn.session, lines("home.welcome_back"), changes=words)


def _takes_zero(turn: Turn) -> bool:
    """`0` is the menu, except where the open question takes it."""
    if not isinstance(turn.event, Text) or turn.event.text.strip() not in ("0", "٠"):
        return False
    question = asking(turn, turn.session, turn.language)
    if question is not None and question.choices:
        return understood(turn, question) is not None
    return dialogues.asks_number(turn) and dialogues.dry_run(turn).answer_text(turn.event.text) is None
