"""Where a person wants to be written to, who has several channels."""

from dataclasses import replace

from conversations.asking import asking, understood
from conversations.changes import ChannelPreferred
from conversations.messages import Say
from conversations.rights.choices import CHANNEL_NAMES, WHERE_LAST, reachable
from conversations.session import Place
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import Channel


def choose_channel(turn: Turn) -> Move:
    """Ask for the channel; who has one only hears that."""
    person = turn.snapshot.participant
    if person is None or len(reachable(person)) < 2:
        return Move(turn.session.at_home(), lines("reach.only_here"))
    return Move(replace(turn.session, place=Place.REACH))


def answer_channel(turn: Turn) -> Move:
    """Which channel. It is for what we begin: answers go where the person wrote."""
    question = asking(turn, turn.session, turn.language)
    match understood(turn, question) if question else None:
        case "menu":
            return Move(turn.session.at_home())
        case str(chosen) if chosen == WHERE_LAST:
            return _done(turn, None)
        case str(chosen) if chosen in [*Channel]:
            return _done(turn, Channel(chosen))
        case _:
            return Move(turn.session, lines("choice.unclear"))


def _done(turn: Turn, channel: Channel | None) -> Move:
    said = Say("reach.done", {"channel": CHANNEL_NAMES[channel]}) if channel else Say("reach.done_last")
    return Move(turn.session.at_home(), (said,), changes=(ChannelPreferred(channel),))
