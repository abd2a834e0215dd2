"""Coming into a logbook that staff opened: a one-time code, sent from the phone that shall be its own."""

from dataclasses import replace

from conversations.changes import LogbookEntered
from conversations.entry.consent import told
from conversations.session import Place, Session
from conversations.snapshot import Entry
from conversations.turn import Move, Turn, lines


def enter(turn: Turn, entry: Entry) -> Move:
    """Welcome them, tell once more what they said yes to with a trainer, and ask whether we may write."""
    before = (lines("entry.welcome"), *told(turn.snapshot.project.controller))
    entered = (LogbookEntered(entry.participant_id),)
    session = replace(Session(), place=Place.PROMPTING)
    return Move(session, before=before, changes=entered, language=entry.language)
