"""Setting, changing and removing the code of one's logbook, in my data."""

from dataclasses import replace

from conversations.asking import asking, understood
from conversations.changes import CodeRemoved, CodeSet
from conversations.events import Text
from conversations.rights.codes import digits_in, hashed
from conversations.session import OPEN_FOR, Place
from conversations.turn import Move, Turn, lines


def manage_code(turn: Turn) -> Move:
    """What can be done about the code: set one, or change or remove the one there is."""
    person, session = turn.snapshot.participant, turn.session
    if person is not None and person.code:
        return Move(replace(session, place=Place.CODE_KEEP))
    return Move(replace(session, place=Place.CODE_NEW, new_code=""), before=(lines("code.what"),))


def answer_keep(turn: Turn) -> Move:
    """Change it, remove it, or neither."""
    session = turn.session
    match _choice(turn):
        case "change":
            return Move(replace(session, place=Place.CODE_NEW, new_code=""))
        case "remove":
            return Move(replace(session, place=Place.DATA), lines("code.removed"), changes=(CodeRemoved(),))
        case "menu":
            return Move(session.at_home())
        case _:
            return Move(session, lines("choice.unclear"))


def answer_new(turn: Turn) -> Move:
    """The new code, typed once."""
    digits, person = _digits(turn), turn.snapshot.participant
    if digits is None or person is None:
        return _no_code(turn)
    return Move(replace(turn.session, place=Place.CODE_AGAIN, new_code=hashed(digits, person.id)))


def answer_again(turn: Turn) -> Move:
    """The same once more: then it holds, and stays open for this conversation."""
    digits, person, session = _digits(turn), turn.snapshot.participant, turn.session
    if digits is None or person is None:
        return _no_code(turn)
    given = hashed(digits, person.id)
    if given != session.new_code:
        return Move(replace(session, place=Place.CODE_NEW, new_code=""), lines("code.differs"))
    kept = replace(session, place=Place.DATA, new_code="", open_until=turn.now + OPEN_FOR)
    return Move(kept, lines("code.set"), changes=(CodeSet(given),))


def _no_code(turn: Turn) -> Move:
    if _choice(turn) == "menu":
        return Move(replace(turn.session.at_home(), new_code=""))
    return Move(turn.session, lines("code.four_digits"))


def _digits(turn: Turn) -> str | None:
    return digits_in(turn.event.text) if isinstance(turn.event, Text) else None


def _choice(turn: Turn) -> str | None:
    question = asking(turn, turn.session, turn.language)
    return understood(turn, question) if question else None
