"""Read or listen: which recordings the person hears before the words."""

from dataclasses import replace

from conversations.asking import asking, understood
from conversations.changes import TrackChosen
from conversations.events import Text
from conversations.messages import Line
from conversations.session import Place
from conversations.steering.commands import Command, command_in
from conversations.turn import Move, Turn, lines
from conversations.voice.tracks import READ, tracks


def choose_track(turn: Turn, lead: tuple[Line, ...] = ()) -> Move:
    """Ask whether they read or listen; without any recording there is no such question."""
    session = turn.session
    if not tracks(turn.snapshot.project):
        return Move(session, (*lead, *lines("voice.none")))
    asked = session.place in (Place.LANGUAGE, Place.VOICE)
    back = session.returns_to if asked else session.place
    return Move(replace(session, place=Place.VOICE, returns_to=back), lead)


def answer_track(turn: Turn) -> Move:
    """They read or listen from here on; the conversation goes on where it was."""
    track = track_meant(turn)
    if track is None:
        return Move(turn.session, lines("choice.unclear"))
    back_to = replace(turn.session, place=turn.session.returns_to, returns_to=Place.HOME)
    return Move(back_to, done(track), changes=(TrackChosen(track),), track=track)


def track_meant(turn: Turn) -> str | None:
    """The track they chose, empty for reading; where there is only one, «listen» says it all."""
    question = asking(turn, turn.session, turn.language)
    choice = understood(turn, question) if question else None
    only = tracks(turn.snapshot.project)
    listens = isinstance(turn.event, Text) and command_in(turn.event.text) is Command.VOICE
    if choice is None and listens and len(only) == 1:
        return only[0]
    return "" if choice == READ else choice


def done(track: str) -> tuple[Line, ...]:
    """What is said of the choice."""
    return lines("voice.will_listen" if track else "voice.will_read")
