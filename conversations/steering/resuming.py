"""«Continue»: which of the forms under way to go on with."""

from dataclasses import replace

from conversations.asking import asking, understood
from conversations.session import Place
from conversations.turn import Move, Turn, lines


def resume(turn: Turn) -> Move:
    """Go on with the form that was left; where several were, which one."""
    session = turn.session
    if len(session.under_way) > 1:
        return Move(replace(session, place=Place.RESUME))
    return Move(session.resuming()) if session.under_way else Move(session.at_home())


def answer_resume(turn: Turn) -> Move:
    """Which one was chosen."""
    question = asking(turn, turn.session, turn.language)
    match understood(turn, question) if question else None:
        case None:
            return Move(turn.session, lines("choice.unclear"))
        case "menu":
            return Move(turn.session.at_home())
        case place:
            return Move(turn.session.resuming(int(place)))
