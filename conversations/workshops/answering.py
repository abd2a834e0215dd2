"""Workshops in the chat: coming or not, at any time while it counts; the code of the room; «my workshops»."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from conversations.asking import asking, understood
from conversations.changes import AttendanceSaid
from conversations.entry.invitations import candidates
from conversations.events import Tap, Text
from conversations.messages import Line
from conversations.session import Place
from conversations.snapshot import Workshop
from conversations.steering.commands import Command
from conversations.steps.recognising import free_words
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import Attendance
from conversations.workshops.texts import about, is_open, is_reply, noted, workshop_line

ROOM_CODE = re.compile(r"AT[2-9]{5}")
LENGTH = 7  # of one
AROUND = timedelta(hours=2)  # how long before and after a workshop the code of its room counts
SHOWN = 6  # workshops in the list that is read
REPLIES: Mapping[Command, Attendance] = {
    Command.COME: Attendance.COMING,
    Command.NOT_COME: Attendance.NOT_COMING,
}


def room_code(text: str) -> str:
    """The code of a room, if the message is nothing but one; else empty.

    >>> room_code("at 234-56"), room_code("/start AT23456"), room_code("at 2345 et 6")
    ('AT23456', 'AT23456', '')
    """
    first = next(iter(candidates(text)), "") if LENGTH <= len(text) <= 40 else ""
    return first if ROOM_CODE.fullmatch(first) else ""


def hear(turn: Turn) -> Move | None:
    """An answer to a notice, or the code of a room: both count whatever is asked; None for all else."""
    match turn.event:
        case Tap():
            value = turn.snapshot.tapped.value if turn.snapshot.tapped else ""
            if is_reply(value):
                _, workshop_id, answer = value.split(":")
                return _answered(turn, _find(turn, workshop_id), Attendance(answer))
        case Text(text) if room_code(text) and turn.snapshot.invitation is None:
            return _in_the_room(turn, turn.snapshot.room)
    return None


def show_workshops(turn: Turn) -> Move:
    """The workshops past and to come with what was answered, then which answer to change."""
    workshops = turn.snapshot.workshops
    if not workshops:
        return Move(replace(turn.session, place=Place.HOME), lines("workshops.none"))
    shown = tuple(workshop_line(one) for one in workshops[-SHOWN:])
    return Move(replace(turn.session, place=Place.WORKSHOPS, workshop=""), before=(shown,))


def answer_workshops(turn: Turn) -> Move:
    """The workshop whose answer is to be given or changed; other words are for the team, as at the menu."""
    choice = _choice(turn)
    if choice is None:
        return free_words(turn)
    if choice == "menu":
        return Move(turn.session.at_home())
    return Move(replace(turn.session, place=Place.WORKSHOP, workshop=choice))


def answer_workshop(turn: Turn) -> Move:
    """Coming or not."""
    choice = _choice(turn)
    if choice is None:
        return free_words(turn)
    if choice == "menu":
        return Move(turn.session.at_home())
    if choice not in set(REPLIES.values()):
        return Move(replace(turn.session, workshop=choice))
    session = replace(turn.session, place=Place.WORKSHOPS, workshop="")
    return replace(_answered(turn, _find(turn, turn.session.workshop), Attendance(choice)), session=session)


def next_open(turn: Turn) -> Workshop | None:
    """The next workshop that can be answered."""
    ahead = (one for one in turn.snapshot.workshops if is_open(one) and one.ends_at > turn.now)
    return next(ahead, None)


def answer_next(turn: Turn, answer: Attendance) -> Move:
    """The answer in words, which name no workshop: it is for the one that is asked about, or the next."""
    asked = _find(turn, turn.session.workshop) if turn.session.place is Place.WORKSHOP else None
    return _answered(turn, asked or next_open(turn), answer)


def _choice(turn: Turn) -> str | None:
    question = asking(turn, turn.session, turn.language)
    return understood(turn, question) if question else None


def _find(turn: Turn, workshop_id: str) -> Workshop | None:
    return next((one for one in turn.snapshot.workshops if one.id == workshop_id), None)


def _answered(turn: Turn, workshop: Workshop | None, answer: Attendance) -> Move:
    if workshop is None:
        return _beside(turn, *lines("tap.old"))
    if workshop.cancelled:
        return _beside(turn, about("workshop.off", workshop))
    if workshop.closed:
        return _beside(turn, about("workshop.over", workshop))
    if workshop.attendance is Attendance.PRESENT:
        return _beside(turn, about("workshop.present_already", workshop))
    said = AttendanceSaid(workshop.id, answer)
    return replace(_beside(turn, noted(workshop, answer)), changes=(said,))


def _in_the_room(turn: Turn, room: Workshop | None) -> Move:
    if room is None:
        return _beside(turn, *lines("workshop.no_such_code"))
    known = _find(turn, room.id)
    if known is not None and known.attendance is Attendance.PRESENT:
        return _beside(turn, about("workshop.present_already", room))
    if room.cancelled:
        return _beside(turn, about("workshop.off", room))
    if turn.now < room.starts_at - AROUND:
        return _beside(turn, about("workshop.too_early", room))
    if room.closed or turn.now > room.ends_at + AROUND:
        return _beside(turn, about("workshop.over", room))
    said = AttendanceSaid(room.id, Attendance.PRESENT)
    return replace(_beside(turn, noted(room, Attendance.PRESENT)), changes=(said,))


def _beside(turn: Turn, *said: Line) -> Move:
    """Said without leaving where the conversation stands: the open question follows once more."""
    return Move(turn.session, said, asks=turn.session.place is not Place.TALK)
