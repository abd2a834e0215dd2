"""Reporting someone of the team: what is written goes to the safeguarding contact, and to nobody else.

Written first, asked afterwards: whether they may be answered, and whether with a name. The session knows the
report only while it is in front; once left, nothing in a logbook leads to it.
"""

from dataclasses import replace

from conversations.asking import asking, understood
from conversations.changes import Change, ReportNamed, ReportReplyChosen, ReportWritten
from conversations.events import (
    Attachment,
    ContactCard,
    ContactDue,
    Edited,
    Location,
    Tap,
    Text,
    Unsupported,
)
from conversations.safety.distress import contact_lines, corrected, heard, written
from conversations.session import IN_CONFIDENCE, Place, Session
from conversations.steering.commands import Command, command_in
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ReplyWay

LEADING_HOME = (Command.MENU, Command.BACK, Command.CANCEL, Command.SKIP)


def report(turn: Turn) -> Move | None:
    """The move of a report: it was asked for, or is under way. None: a command leads on, as anywhere."""
    session = turn.session
    if (
        isinstance(turn.event, Edited)
        and turn.snapshot.edits_in_confidence
        and session.place not in IN_CONFIDENCE
    ):
        return Move(session, corrected(turn), in_confidence=True)
    command = command_in(turn.event.text) if isinstance(turn.event, Text) else None
    if command is Command.REPORT:
        return begin_report(turn)
    if session.place not in IN_CONFIDENCE:
        return None
    if command is not None:
        return Move(session.at_home()) if command in LEADING_HOME else None
    match turn.event:
        case Tap() if turn.snapshot.tapped is None or turn.snapshot.tapped.token != session.token:
            return None
        case Text() | Tap():
            question = asking(turn, session, turn.language)
            choice = understood(turn, question) if question else None
            return _chosen(turn, choice) if choice else _written(turn)
        case Edited() | Attachment() | Location() | ContactCard() | Unsupported():
            return _written(turn)
        case _:
            return None


def begin_report(turn: Turn) -> Move:
    """Say who reads it, and ask. While nobody would read it, say that, and whom one can reach instead."""
    session, safety = turn.session, turn.snapshot.project.safety
    if not safety.safeguarding:
        told = contact_lines(safety, turn.language)
        intro = lines("report.nobody", "distress.contacts") if told else lines("report.nobody")
        goes_on = session.at_home() if session.place is Place.TALK else session
        return Move(goes_on, before=(intro, *told), in_confidence=True)
    before = (lines("report.who_reads"),) if session.place not in IN_CONFIDENCE else ()
    return Move(replace(session, place=Place.REPORT), before=before, in_confidence=True)


def left(session: Session) -> Session:
    """The session without the report, unless one of its places is where it stands or returns to."""
    kept = session.place in IN_CONFIDENCE or (
        session.place is Place.LANGUAGE and session.returns_to in IN_CONFIDENCE
    )
    return session if kept or not session.report else replace(session, report="")


def _written(turn: Turn) -> Move:
    """More of the report; words of distress in it get the contacts, and the reader sees them first."""
    session, safety, event = turn.session, turn.snapshot.project.safety, turn.event
    if isinstance(event, Tap | ContactDue) or not isinstance(
        event, Text | Edited | Attachment | Location | ContactCard | Unsupported
    ):
        return Move(session, lines("choice.unclear"), in_confidence=True)
    cause = safety.cause_of_distress(written(event))
    before = heard(cause, safety, turn.language) if cause else ()
    report_id = session.report or turn.ids.row()
    change = ReportWritten(report_id, event, urgent=cause is not None)
    place = session.place if session.report else Place.REPORT_REPLY
    moved = replace(session, place=place, report=report_id)
    return Move(moved, lines("report.kept"), before=before, changes=(change,), in_confidence=True)


def _chosen(turn: Turn, choice: str) -> Move:
    session = turn.session
    changes: tuple[Change, ...] = ()
    match session.place:
        case Place.REPORT_REPLY:
            changes = (ReportReplyChosen(session.report, ReplyWay(choice)),)
            return Move(replace(session, place=Place.REPORT_NAME), changes=changes, in_confidence=True)
        case Place.REPORT_NAME:
            person = turn.snapshot.participant
            if choice == "named" and person is not None and person.first_name:
                changes = (ReportNamed(session.report, person.first_name),)
            moved = replace(session, place=Place.REPORT)
            return Move(moved, lines("report.done"), changes=changes, in_confidence=True)
        case _:
            return Move(session.at_home())
