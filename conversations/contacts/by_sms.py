"""The yes to «you have a message» by SMS: apart from the yes to messages of ours, asked for once."""

from dataclasses import replace

from conversations.asking import asking, understood
from conversations.changes import Change, ConsentRecorded
from conversations.entry.joining import consent_said
from conversations.events import Text
from conversations.session import Place, Session
from conversations.snapshot import Snapshot
from conversations.steering.commands import Command, command_in
from conversations.steps.recognising import free_words
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import Channel, ConsentPurpose, ConsentState


def may_notify(snapshot: Snapshot) -> bool:
    """Whether what nobody asked for may go out on this channel: by SMS only with a yes of its own."""
    person = snapshot.participant
    said_yes = person is not None and person.sms is ConsentState.GIVEN
    return said_yes or snapshot.channel is not Channel.SMS


def ask_in_passing(turn: Turn, move: Move) -> Move:
    """Who writes by SMS is asked where the menu would come; never in place of a menu that they wanted."""
    wanted = isinstance(turn.event, Text) and command_in(turn.event.text) is Command.MENU
    if wanted or not move.asks or move.session.place is not Place.HOME or not _is_to_be_asked(turn):
        return move
    return replace(move, session=_asked(move.session))


def hold_back(turn: Turn, waits: Change) -> Move | Change:
    """Only SMS is left, without a yes to it: what is planned waits, and that yes is asked for, once."""
    if not _is_to_be_asked(turn):
        return waits
    return Move(_asked(turn.session), changes=(waits,))


def answer_notices(turn: Turn) -> Move:
    """Yes or no. Other words are for the team, as at the menu: nobody has to answer this."""
    question = asking(turn, turn.session, turn.language)
    match understood(turn, question) if question else None:
        case "yes":
            return _noted(turn, ConsentState.GIVEN, "sms.yes")
        case "no":
            return _noted(turn, ConsentState.REFUSED, "sms.no")
    if not isinstance(turn.event, Text) or not any(map(str.isalpha, turn.event.text)):
        return Move(turn.session, lines("choice.unclear"))
    home = turn.session.at_home()
    return free_words(replace(turn, snapshot=replace(turn.snapshot, session=home)))


def taken_back(turn: Turn) -> tuple[ConsentRecorded, ...]:
    """A stop by SMS takes back the yes to notices there, if there was one."""
    return _changed(turn, ConsentState.GIVEN, ConsentState.WITHDRAWN)


def given_again(turn: Turn) -> tuple[ConsentRecorded, ...]:
    """A start by SMS gives it again to who had taken it back."""
    return _changed(turn, ConsentState.WITHDRAWN, ConsentState.GIVEN)


def _changed(turn: Turn, was: ConsentState, is_now: ConsentState) -> tuple[ConsentRecorded, ...]:
    person = turn.snapshot.participant
    if turn.snapshot.channel is not Channel.SMS or person is None or person.sms is not was:
        return ()
    return (consent_said(turn, ConsentPurpose.SMS, is_now),)


def _is_to_be_asked(turn: Turn) -> bool:
    person = turn.snapshot.participant
    return (
        turn.snapshot.channel is Channel.SMS
        and person is not None
        and person.sms is None
        and person.prompting is ConsentState.GIVEN
        and person.quiet_until is None
        and not person.unsure
        and not turn.session.notices_asked
    )


def _asked(session: Session) -> Session:
    return replace(session.at_home(), place=Place.NOTICES, notices_asked=True)


def _noted(turn: Turn, state: ConsentState, text: str) -> Move:
    said = consent_said(turn, ConsentPurpose.SMS, state)
    return Move(turn.session.at_home(), lines(text), changes=(said,))
