"""The code comes before what it guards: the logbook, its PDF and pages, my data, export and erasure."""

from collections.abc import Callable
from dataclasses import replace

from conversations.asking import asking, of_an_earlier_question, understood
from conversations.changes import CodeGiven, CodeMistyped, TeamAwaited
from conversations.events import Tap, Text
from conversations.logbook.pages import PAGES, show_pages
from conversations.logbook.showing import show_logbook
from conversations.messages import Say
from conversations.rights.codes import MOST_WRONG, digits_in, fits, is_locked
from conversations.rights.erasing import begin_erasing
from conversations.rights.exporting import export_data
from conversations.rights.my_data import show_data
from conversations.session import OPEN_FOR, Place, Session
from conversations.snapshot import Participant
from conversations.steering.commands import command_in
from conversations.turn import Move, Turn, lines

GUARDED = PAGES | {
    Place.LOGBOOK,
    Place.PDF,
    Place.STEP,
    Place.UPDATE,
    Place.WITHDRAW,
    Place.PROPOSE,
    Place.FILE,
    Place.DATA,
    Place.CODE_KEEP,
    Place.PERMISSIONS,
    Place.ERASE,
    Place.ERASE_SURE,
    Place.ERASE_NOW,
}


def kept_open(turn: Turn) -> Turn:
    """The turn of a conversation that goes on: what is open stays open; after a silence it is shut."""
    session = turn.session
    if session.open_until is None:
        return turn
    until = turn.now + OPEN_FOR if turn.now < session.open_until else None
    return replace(turn, snapshot=replace(turn.snapshot, session=replace(session, open_until=until)))


def behind_the_code(turn: Turn, converse: Callable[[Turn], Move]) -> Move:
    """The move of someone with a logbook; where it would show what a code guards, the code comes first."""
    person, session = turn.snapshot.participant, turn.session
    if person is None or not person.code:
        return converse(turn)
    if isinstance(turn.event, Text | Tap) and not _steers(turn):
        if session.place is Place.CODE:
            return _answer_code(turn, person)
        if session.place in GUARDED and session.open_until is None:
            return _ask(person, session)
    move = converse(turn)
    shown = move.session.place in GUARDED or move.documents
    return replace(_ask(person, move.session), changes=move.changes) if shown and _shut(move) else move


def _shut(move: Move) -> bool:
    return move.session.open_until is None


def _steers(turn: Turn) -> bool:
    return isinstance(turn.event, Text) and command_in(turn.event.text) is not None


def _ask(person: Participant, session: Session) -> Move:
    """Ask for the code; once it is there, the conversation goes on where it was about to."""
    if is_locked(person):
        return Move(session.at_home(), lines("code.locked"))
    return Move(replace(session, place=Place.CODE, wanted=session.place))


def _answer_code(turn: Turn, person: Participant) -> Move:
    session = turn.session
    if of_an_earlier_question(turn):
        return Move(session, lines("tap.old"))
    digits = digits_in(turn.event.text) if isinstance(turn.event, Text) else None
    if digits is not None:
        return _tried(turn, person, digits)
    question = asking(turn, session, turn.language)
    match understood(turn, question) if question else None:
        case "forgotten":
            return Move(session.at_home(), lines("code.ask_team"), changes=(TeamAwaited(),))
        case "menu":
            return Move(session.at_home())
        case _:
            return Move(session, lines("code.four_digits"))


def _tried(turn: Turn, person: Participant, digits: str) -> Move:
    session = turn.session
    if is_locked(person):
        return Move(session.at_home(), lines("code.locked"))
    if not fits(digits, person):
        left = MOST_WRONG - person.code_failures - 1
        if left <= 0:
            return Move(session.at_home(), lines("code.locked"), changes=(CodeMistyped(), TeamAwaited()))
        return Move(session, (Say("code.wrong", {"n": left}),), changes=(CodeMistyped(),))
    opened = replace(session, place=session.wanted, wanted=Place.HOME, open_until=turn.now + OPEN_FOR)
    there = replace(turn, snapshot=replace(turn.snapshot, session=opened))
    move = _enter(there, opened.place)
    return replace(move, changes=(*move.changes, CodeGiven()))


def _enter(turn: Turn, place: Place) -> Move:
    """What was wanted, as if it had been asked for now."""
    match place:
        case Place.LOGBOOK:
            return show_logbook(turn)
        case Place.PAGES:
            return show_pages(turn)
        case Place.DATA:
            return show_data(turn)
        case Place.ERASE:
            return begin_erasing(turn)
        case Place.HOME:  # the file with everything, for someone whose erasure is planned
            return export_data(turn, place)
        case _:
            return Move(turn.session)
