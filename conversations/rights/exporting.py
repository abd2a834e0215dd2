"""Everything that is kept of a person, sent to them as a file."""

from dataclasses import replace

from conversations.messages import Document, DocumentKind, Line
from conversations.render.capabilities import CAPABILITIES
from conversations.session import Place
from conversations.turn import Move, Turn, lines


def export_data(turn: Turn, place: Place, lead: tuple[Line, ...] = ()) -> Move:
    """The file goes out; a channel that carries no files says where it can be had."""
    session = replace(turn.session, place=place)
    if not CAPABILITIES[turn.snapshot.channel].media:
        return Move(session, (*lines("data.not_here"), *lead))
    document = Document(DocumentKind.DATA, turn.language, turn.today, zone=turn.zone)
    return Move(session, lead, before=(lines("data.here"),), documents=(document,))
