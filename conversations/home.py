"""Home: the menu, the logbook, the language, and words for the team."""

from dataclasses import replace

from conversations.asking import asking, understood
from conversations.changes import (
    Change,
    LanguageChosen,
    PauseEnded,
    PlannedContactsCancelled,
    TeamAwaited,
)
from conversations.contacts.by_sms import given_again, taken_back
from conversations.dialogues import opened
from conversations.entry.joining import allow_prompting, stop_prompting
from conversations.logbook.showing import show_logbook
from conversations.rights.my_data import show_data
from conversations.rights.pausing import end_pause
from conversations.safety.reporting import begin_report
from conversations.session import Place, Purpose, Session
from conversations.steering.resuming import resume
from conversations.steps.recognising import free_words
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentState, Language
from conversations.voice.listening import choose_track
from conversations.voice.tracks import tracks
from conversations.workshops.answering import show_workshops


def answer_home(turn: Turn) -> Move:
    """A choice of the menu; anything else is words for the team, never lost."""
    question = asking(turn, turn.session, turn.language)
    choice = understood(turn, question) if question else None
    session = turn.session
    match choice:
        case "resume":
            return resume(turn)
        case "profile":
            return Move(opened(turn, Purpose.PROFILE, "profile"), lines("profile.intro"))
        case "record":
            return Move(replace(session, place=Place.KIND))
        case "logbook":
            return show_logbook(turn)
        case "workshops":
            return show_workshops(turn)
        case "talk":
            return talk(turn)
        case "language":
            return choose_language(turn)
        case "data":
            return show_data(turn)
        case "start":
            return start(turn)
        case "not_mine":
            return Move(replace(session, place=Place.NOT_MINE))
        case _:
            return free_words(turn)


def answer_language(turn: Turn) -> Move:
    """The language was chosen; then whether they listen, and the conversation goes on where it was."""
    question = asking(turn, turn.session, turn.language)
    choice = understood(turn, question) if question else None
    if choice is None:
        return Move(turn.session, lines("choice.unclear"))
    language = Language(choice)
    changes = (LanguageChosen(language),)
    if tracks(turn.snapshot.project):
        then = choose_track(turn, lines("language.done"))
        return replace(then, changes=changes, language=language)
    back_to = replace(turn.session, place=turn.session.returns_to, returns_to=Place.HOME)
    return Move(back_to, lines("language.done"), changes=changes, language=language)


def choose_language(turn: Turn) -> Move:
    """Ask for the language, wherever the conversation is."""
    session = turn.session
    asked = session.place in (Place.LANGUAGE, Place.VOICE)
    back = session.returns_to if asked else session.place
    return Move(replace(session, place=Place.LANGUAGE, returns_to=back))


def answer_talk(turn: Turn) -> Move:
    """Words for the team: kept, acknowledged, answered by a human; or what is offered beside them."""
    question = asking(turn, turn.session, turn.language)
    shown = turn.session.token and not turn.session.interrupted
    match understood(turn, question) if question and shown else None:
        case "report":
            return begin_report(turn)
        case "menu":
            return Move(at_home(turn.session))
    return Move(turn.session, lines("talk.kept"), changes=(TeamAwaited(),), asks=False)


def talk(turn: Turn) -> Move:
    """From here on everything goes to the team, until the menu is asked for."""
    return Move(replace(turn.session, place=Place.TALK))


def stop(turn: Turn) -> Move:
    """No more messages of our own; the logbook stays."""
    changes: tuple[Change, ...] = (stop_prompting(turn), *taken_back(turn), PlannedContactsCancelled())
    return Move(at_home(turn.session), lines("stop.done"), changes=changes, asks=False)


def start(turn: Turn) -> Move:
    """Messages of our own are welcome again; a pause is over."""
    if not was_stopped(turn):
        return end_pause(turn)
    changes = (*allow_prompting(turn), *given_again(turn), PauseEnded())
    return Move(at_home(turn.session), lines("start.done"), changes=changes)


def at_home(session: Session) -> Session:
    """The session at the menu; what was under way can be resumed from there."""
    return session.at_home()


def is_quiet(turn: Turn) -> bool:
    """Whether the person does not get messages of our own at the moment: stopped, or in a pause."""
    person = turn.snapshot.participant
    return was_stopped(turn) or (person is not None and person.paused_until is not None)


def was_stopped(turn: Turn) -> bool:
    """Whether the person does not get messages of our own so far."""
    person = turn.snapshot.participant
    return person is not None and person.prompting is not ConsentState.GIVEN
