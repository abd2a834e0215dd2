"""«My logbook»: shown, and what can be done with it from there."""

from dataclasses import replace

from conversations.asking import asking, understood
from conversations.events import Text
from conversations.logbook.pages import show_pages
from conversations.logbook.summary import logbook_lines
from conversations.messages import Document, DocumentKind
from conversations.render.capabilities import CAPABILITIES
from conversations.session import Aim, Place, Session
from conversations.steps.recognising import free_words
from conversations.steps.updating import choose_step
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import Language


def show_logbook(turn: Turn) -> Move:
    """What the logbook holds, then what can be done with it."""
    return Move(_at(turn.session, Place.LOGBOOK), before=(logbook_lines(turn.snapshot),))


def answer_logbook(turn: Turn) -> Move:
    """A choice of the logbook; other words are for the team, as at the menu."""
    question = asking(turn, turn.session, turn.language)
    choice = understood(turn, question) if question else None
    match choice:
        case "update":
            return choose_step(turn, Aim())
        case "record":
            return Move(_at(turn.session, Place.KIND))
        case "pdf":
            return ask_for_pdf(turn)
        case "pages":
            return show_pages(turn)
        case "menu":
            return Move(_at(turn.session, Place.HOME))
    if not isinstance(turn.event, Text) or not any(map(str.isalpha, turn.event.text)):
        return Move(turn.session, lines("choice.unclear"))
    return free_words(turn)


def ask_for_pdf(turn: Turn) -> Move:
    """In which language the PDF is to be; a channel that carries no files says where it can be had."""
    if not CAPABILITIES[turn.snapshot.channel].media:
        return Move(_at(turn.session, Place.LOGBOOK), lines("pdf.not_here"))
    return Move(_at(turn.session, Place.PDF))


def answer_pdf(turn: Turn) -> Move:
    """The language was chosen: the file goes out, and the logbook stays open."""
    question = asking(turn, turn.session, turn.language)
    choice = understood(turn, question) if question else None
    if choice is None:
        return Move(turn.session, lines("choice.unclear"))
    document = Document(DocumentKind.LOGBOOK, Language(choice), turn.today)
    shelf = _at(turn.session, Place.LOGBOOK)
    return Move(shelf, before=(lines("pdf.here"),), documents=(document,))


def _at(session: Session, place: Place) -> Session:
    return replace(session, place=place)
