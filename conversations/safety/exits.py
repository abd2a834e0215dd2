"""The quick exit: one harmless last message, nothing asked; and afterwards a neutral line until «menu».

For someone whose phone is about to be looked at. What was under way waits behind the menu.
"""

from dataclasses import replace
from datetime import timedelta

from conversations.changes import AddressOpened, Change, ChatCleared, NewcomerForgotten, Outcome, TeamAwaited
from conversations.events import Event, Tap, Text, Unblocked
from conversations.messages import Prompt, PromptKind, Say
from conversations.session import Place
from conversations.steering.commands import Command, command_in
from conversations.steering.courtesies import is_greeting
from conversations.turn import Turn
from conversations.vocabulary import Channel

DELETABLE = timedelta(hours=47)  # Telegram deletes messages of less than 48 hours; some are under way
HIDDEN_FOR = timedelta(days=7)  # after the last word from there: check-ins wait for so long
LEADING_OUT = (Command.MENU, Command.STOP, Command.TALK)


def quick_exit(turn: Turn) -> Outcome | None:
    """The harmless last message, if the whole message is the word for it."""
    if not isinstance(turn.event, Text) or command_in(turn.event.text) is not Command.EXIT:
        return None
    changes: tuple[Change, ...] = (ChatCleared(),)
    if turn.snapshot.participant is None:
        changes = (ChatCleared(), NewcomerForgotten())
    session = replace(turn.session, place=Place.HIDDEN, token="", report="", open_until=None)
    return Outcome(
        session, _said("exit.stays" if _something_stays(turn) else "exit.done"), changes, turn.language
    )


def stay_hidden(turn: Turn) -> Outcome | None:
    """A neutral line to whatever comes after a quick exit; only «menu», «stop» and «talk» lead on."""
    if turn.session.place is not Place.HIDDEN:
        return None
    if isinstance(turn.event, Text) and command_in(turn.event.text) in LEADING_OUT:
        return None
    if turn.snapshot.edits_in_confidence:  # a report is corrected: nothing of it is for the team
        return Outcome(turn.session, _said("exit.hello"), (), turn.language, in_confidence=True)
    return Outcome(turn.session, _said("exit.hello"), _kept(turn.event), turn.language)


def _kept(event: Event) -> tuple[Change, ...]:
    """What is written here is answered by nothing, and yet it is not lost: the team sees it."""
    match event:
        case Unblocked():
            return (AddressOpened(),)
        case Tap():
            return ()
        case Text(text) if is_greeting(text) or command_in(text):
            return ()
        case _:
            return (TeamAwaited(),)


def _something_stays(turn: Turn) -> bool:
    """Whether messages stay on the phone: only Telegram deletes, and only young ones of its chat."""
    person = turn.snapshot.participant
    older = bool(turn.snapshot.sharers) or (person is not None and turn.now - person.joined_at > DELETABLE)
    return older or turn.snapshot.channel is not Channel.TELEGRAM


def _said(id: str) -> tuple[Prompt, ...]:
    return (Prompt(PromptKind.REPLY, (Say(id),)),)
