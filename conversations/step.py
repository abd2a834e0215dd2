"""One event in, one outcome out: the whole conversation as a pure function.

A place decides its move; the question of the place it ends in is asked by itself. So every event that a
person caused is answered, and every answer ends in something to do.
"""

from dataclasses import replace
from datetime import datetime

from conversations import dialogues, erasing, home, joining, my_data, my_logbook, proof
from conversations.afterwards import after
from conversations.answering import answer
from conversations.asking import asking, of_an_earlier_question, understood
from conversations.changes import (
    AddressClosed,
    AddressOpened,
    Change,
    ContactMoved,
    NewcomerForgotten,
    NewcomerKept,
    Outcome,
    TeamAwaited,
)
from conversations.checkins import begin_check_in
from conversations.commands import Command, command_in, is_greeting
from conversations.events import (
    Attachment,
    Blocked,
    ContactCard,
    ContactDue,
    Edited,
    Event,
    Location,
    Tap,
    Text,
    Unblocked,
    Unsupported,
)
from conversations.followups import plan_first_check_in
from conversations.messages import Line, Prompt
from conversations.safety.distress import answer_distress
from conversations.safety.exits import quick_exit, stay_hidden
from conversations.safety.reporting import left, report
from conversations.session import IN_CONFIDENCE, Place, Session
from conversations.snapshot import Newcomer, Snapshot
from conversations.turn import Ids, Move, Turn, lines

IN_A_FORM = (Place.FORM, Place.CONFIRM, Place.CHANGE, Place.PROOF)


def step(snapshot: Snapshot, event: Event, now: datetime, ids: Ids) -> Outcome:
    """What follows from one event. `now` is aware UTC; the same arguments give the same outcome."""
    turn = Turn(snapshot, event, now, ids)
    match event:
        case Blocked():
            return Outcome(snapshot.session, changes=(AddressClosed(),), language=turn.language)
        case ContactDue():
            due = begin_check_in(turn, event)
            if isinstance(due, ContactMoved):
                return Outcome(snapshot.session, changes=(due,), language=turn.language)
            return _outcome(turn, due)
    for comes_first in (quick_exit, answer_distress, stay_hidden):
        outcome = comes_first(turn)
        if outcome is not None:
            return outcome
    if snapshot.participant is None:
        return _joining_outcome(turn, joining.join(turn))
    return _outcome(turn, _converse(turn))


def _converse(turn: Turn) -> Move:
    """The move of someone who has a logbook."""
    session, person = turn.session, turn.snapshot.participant
    reported = report(turn)
    if reported is not None:
        return reported
    if person is not None and person.erase_at is not None:
        return erasing.converse_while_planned(turn, person.erase_at)
    if session.place is Place.TALK and session.form and not of_an_earlier_question(turn):
        # a trainer wrote in between, and yet they tapped an answer of the question that is still open
        resumed = replace(turn.snapshot, session=session.resuming())
        turn = replace(turn, snapshot=resumed) if isinstance(turn.event, Tap) else turn
        session = turn.session
    match turn.event:
        case Unblocked():
            return Move(session, lines("home.welcome_back"), changes=(AddressOpened(), *_asked_again(turn)))
        case Edited():
            return Move(session, lines("edited.seen"))
        case Attachment() | Location() if dialogues.asks_for_it(turn):
            return dialogues.answer_form(turn)
        case Attachment() if proof.may_be_proof(turn):
            return proof.receive_file(turn)
        case Attachment() | Location() | ContactCard() | Unsupported() if session.place in IN_A_FORM:
            return Move(session, lines("file.kept_write_please"), changes=(TeamAwaited(),))
        case Attachment() | Location() | ContactCard() | Unsupported():
            asks = session.place is not Place.TALK
            return Move(session, lines("file.kept"), changes=(TeamAwaited(),), asks=asks)
    if of_an_earlier_question(turn):
        return Move(session, lines("tap.old"))
    if turn.snapshot.invitation and session.place is not Place.TALK:
        return Move(session, lines("home.already_joined"))
    if turn.snapshot.question_unseen and session.place is Place.FORM:
        return _before_the_question(turn)
    command = _command(turn)
    return _obey(turn, command) if command else answer(turn)


def _before_the_question(turn: Turn) -> Move:
    """The person writes while our question still waits for the window: it cannot be an answer to it."""
    text = turn.event.text if isinstance(turn.event, Text) else ""
    command = command_in(text)
    if command:
        return _obey(turn, command)
    words = () if is_greeting(text) else (TeamAwaited(),)
    return Move(turn.session, lines("home.welcome_back"), changes=words)


def _asked_again(turn: Turn) -> tuple[Change, ...]:
    """Who was out of reach is not forgotten: if no check-in is planned, one is."""
    person = turn.snapshot.participant
    if person is None or person.contact_planned or home.was_stopped(turn):
        return ()
    return (plan_first_check_in(turn.ids.row(), turn.now, turn.zone),)


def _command(turn: Turn) -> Command | None:
    """The command in the message, unless the open question takes that very word as an answer."""
    if not isinstance(turn.event, Text):
        return None
    command = command_in(turn.event.text)
    if command is None or turn.session.place in (Place.HOME, Place.TALK):
        return command
    question = asking(turn, turn.session, turn.language)
    if question is None:
        return command
    if question.choices:
        return None if understood(turn, question) is not None else command
    return None if command is Command.MENU and _takes_zero(turn) else command


def _takes_zero(turn: Turn) -> bool:
    """`0` is the menu, except where a number is asked."""
    return (
        isinstance(turn.event, Text) and turn.event.text.strip() in ("0", "٠") and dialogues.asks_number(turn)
    )


def _obey(turn: Turn, command: Command) -> Move:
    session = turn.session
    match command:
        case Command.BACK | Command.SKIP | Command.CANCEL if session.place in IN_A_FORM:
            return dialogues.steer_form(turn, command)
        case Command.HELP:
            return Move(session, home.help_lines(session.place))
        case Command.LANGUAGE:
            return home.choose_language(turn)
        case Command.LOGBOOK:
            return my_logbook.show_logbook(turn)
        case Command.PDF:
            return my_logbook.ask_for_pdf(turn)
        case Command.TALK:
            return home.talk(turn)
        case Command.DATA:
            return my_data.show_data(turn)
        case Command.STOP:
            return home.stop(turn)
        case Command.START:
            return home.start(turn) if home.is_quiet(turn) else Move(home.at_home(session))
        case _:
            return Move(home.at_home(session))


def _joining_outcome(turn: Turn, move: Move) -> Outcome:
    """The outcome for a newcomer: what is remembered of them is added last, when the asking has a name."""
    outcome = _outcome(turn, move)
    enrolled = any(not isinstance(change, NewcomerForgotten) for change in move.changes)
    cohort = _cohort(turn.snapshot)
    if enrolled or not move.asks or cohort is None:
        return outcome
    session = outcome.session
    kept = NewcomerKept(Newcomer(cohort, session.place, outcome.language, session.token))
    return replace(outcome, changes=(*outcome.changes, kept))


def _cohort(snapshot: Snapshot) -> str | None:
    if snapshot.invitation:
        return snapshot.invitation.cohort_id
    return snapshot.newcomer.cohort_id if snapshot.newcomer else None


def _outcome(turn: Turn, move: Move) -> Outcome:
    language = move.language or turn.language
    then = replace(turn, snapshot=after(turn.snapshot, move.changes))
    question = asking(then, move.session, language) if move.asks else None
    session: Session = replace(move.session, token="")
    said: list[tuple[Line, ...]] = [*move.before]
    files = [Prompt(move.kind, (), media=(document,)) for document in move.documents]
    if question is None:
        prompts = [Prompt(move.kind, texts) for texts in said if texts]
        if move.lead:
            prompts.append(Prompt(move.kind, move.lead, media=move.media))
        prompts += files
    else:
        if move.session is turn.session:
            question = question.once_more()
        token = turn.ids.token()
        session = replace(session, token=token)
        asked = Prompt(
            move.kind,
            (*move.lead, *question.lines),
            question.choices,
            token,
            several=question.several,
            media=(*move.media, *question.note_media, *question.media),
        )
        prompts = [*(Prompt(move.kind, texts) for texts in said), *files, asked]
    in_confidence = move.in_confidence or session.place in IN_CONFIDENCE
    return Outcome(left(session), tuple(prompts), move.changes, language, in_confidence)
