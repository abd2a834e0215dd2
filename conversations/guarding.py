"""The code, or the team, comes before what is guarded: the logbook, its PDF and pages, my data, erasure."""

from collections.abc import Callable
from dataclasses import replace

from conversations.asking import asking, of_an_earlier_question, understood
from conversations.changes import AddressConfirmed, CodeGiven, CodeMistyped, TeamAwaited, WriterChosen
from conversations.events import Attachment, Location, Tap, Text
from conversations.home import stop
from conversations.logbook.pages import PAGES, show_pages
from conversations.logbook.showing import show_logbook
from conversations.messages import Say
from conversations.rights.codes import MOST_WRONG, digits_in, fits, is_locked
from conversations.rights.erasing import begin_erasing
from conversations.rights.exporting import export_data
from conversations.rights.my_data import show_data
from conversations.session import OPEN_FOR, Place, Session
from conversations.snapshot import Participant
from conversations.steering.commands import Command, command_in
from conversations.turn import Move, Turn, lines
from conversations.unsure import about_workshops, begun_after, says_yes, shows_what_was

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
    Place.REACH,
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
    """The move of someone with a logbook; where it would show what is guarded, the code comes first.

    While nobody knows who writes more is guarded, and where there is no code the team comes first.
    """
    person, session = turn.snapshot.participant, turn.session
    if person is None:
        return converse(turn)
    if session.place is Place.CODE and not person.code:  # the team removed it meanwhile
        session = session.at_home()
        turn = replace(turn, snapshot=replace(turn.snapshot, session=session))
    if not (person.code or person.unsure):
        return converse(turn)
    if isinstance(turn.event, Text | Tap) and not _steers(turn):
        if session.place is Place.CODE:
            return _answer_code(turn, person)
        if _guards(person, session):
            return _ask(person, session)
    if person.unsure:
        return _while_unsure(turn, person, converse)
    move = converse(turn)
    if any(isinstance(change, WriterChosen) for change in move.changes):  # the phone is somebody else's now
        return replace(move, session=replace(move.session, open_until=None))
    shown = _guards(person, move.session) or (move.documents and move.session.open_until is None)
    return _instead(move, replace(_ask(person, move.session), changes=move.changes)) if shown else move


def _while_unsure(turn: Turn, person: Participant, converse: Callable[[Turn], Move]) -> Move:
    """The move of whoever writes after a long silence; «stop» stops, whatever it interrupts."""
    session = turn.session
    if isinstance(turn.event, Text) and command_in(turn.event.text) is Command.STOP:
        return stop(turn)
    if _answers_what_was(turn, person) or about_workshops(turn):
        return _ask(person, session)
    if _says_who(turn):
        return _ask(person, session.at_home())
    if session.form is not None and begun_after(session.form, person.unsure_since):
        session = replace(session, form=replace(session.form, unsure_since=person.unsure_since))
    hidden = replace(person, erase_at=None)  # what they asked for before is not told either
    move = converse(replace(turn, snapshot=replace(turn.snapshot, session=session, participant=hidden)))
    if says_yes(move.changes):
        return _ask(person, session)
    confirmed = any(isinstance(change, AddressConfirmed) for change in move.changes)
    if confirmed or not (_guards(person, move.session) or move.documents):
        return move
    asked = _ask(person, move.session if person.code else turn.session)
    return _instead(move, replace(asked, changes=(*move.changes, *asked.changes)))


def _instead(move: Move, asked: Move) -> Move:
    """The code is asked for instead; what came in confidence stays so."""
    return replace(asked, in_confidence=move.in_confidence)


def _answers_what_was(turn: Turn, person: Participant) -> bool:
    """Whether a file would answer a question from before, or a tap one that the team has interrupted."""
    match turn.event:
        case Attachment() | Location():
            return _guards(person, turn.session)
        case Tap() if turn.session.interrupted:
            return _guards(person, turn.session.uninterrupted())
    return False


def _says_who(turn: Turn) -> bool:
    """Whether «it is me» was chosen in the menu."""
    question = asking(turn, turn.session, turn.language) if turn.session.place is Place.HOME else None
    return question is not None and understood(turn, question) == "me"


def _guards(person: Participant, session: Session) -> bool:
    """Whether the code, or the team, comes before the question of this place."""
    if person.unsure_since is not None:
        return session.place in GUARDED or shows_what_was(session, person.unsure_since)
    return session.place in GUARDED and session.open_until is None


def _steers(turn: Turn) -> bool:
    return isinstance(turn.event, Text) and command_in(turn.event.text) is not None


def _ask(person: Participant, session: Session) -> Move:
    """Ask for the code; once it is there, the conversation goes on where it was about to."""
    if person.unsure and not person.code:
        return Move(session.at_home(), lines("unsure.team"), changes=(TeamAwaited(),))
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
    to_home = person.unsure and (opened.place is Place.HOME or person.erase_at is not None)
    move = Move(opened.at_home(), lines("unsure.confirmed")) if to_home else _enter(there, opened.place)
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
