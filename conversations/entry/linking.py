"""«I already have a logbook»: this address is led to it, after a proof.

The proof is the own-contact button of Telegram, or a code of six digits sent to the address that is known by
the number they write. What is answered is the same whether the number is known or not.
"""

from dataclasses import replace
from datetime import timedelta

from conversations.answers import digits, read_phone
from conversations.asking import asking, understood
from conversations.changes import AddressConfirmed, AddressLinked, LinkAsked, LinkMistyped, TeamAwaited
from conversations.events import ContactCard, Text
from conversations.session import Place, Purpose
from conversations.snapshot import Proof, Snapshot
from conversations.turn import Move, Turn, lines

LINKING = (Place.LINK, Place.LINK_CODE)
DIGITS = 6
GOOD_FOR = timedelta(minutes=10)


def begin_linking(turn: Turn) -> Move:
    """Ask for the number by which the other logbook is known."""
    return Move(replace(turn.session, place=Place.LINK))


def link(turn: Turn) -> Move:
    """An answer on the way to the proof."""
    session = turn.session
    question = asking(turn, session, turn.language)
    if question and understood(turn, question) == "back":
        return Move(replace(session, place=before_linking(turn.snapshot)))
    match turn.event:
        case ContactCard(own=True) if session.place is Place.LINK:
            proved = turn.snapshot.proof is Proof.RIGHT
            return _proved(turn) if proved else Move(session, lines("link.not_known"))
        case Text(text) if session.place is Place.LINK:
            return _asked(turn, text)
        case Text(text) if len(digits(text)) == DIGITS:
            return _tried(turn)
        case _:
            return Move(session, lines("link.digits" if session.place is Place.LINK_CODE else "link.number"))


def before_linking(snapshot: Snapshot) -> Place:
    """Where «back» leads from here."""
    return Place.DATA if snapshot.participant else Place.ADULT


def _asked(turn: Turn, text: str) -> Move:
    phone = read_phone(text)
    if phone is None:
        return Move(turn.session, lines("link.number"))
    sent = replace(turn.session, place=Place.LINK_CODE)
    return Move(sent, lines("link.sent"), changes=(LinkAsked(phone),))


def _tried(turn: Turn) -> Move:
    asked_at = turn.snapshot.code_asked_at
    good = asked_at is not None and turn.now - asked_at <= GOOD_FOR
    match turn.snapshot.proof:
        case Proof.RIGHT if good:
            return _proved(turn)
        case Proof.WRONG if good:
            return Move(turn.session, lines("link.wrong"), changes=(LinkMistyped(),))
        case _:
            return Move(replace(turn.session, place=Place.LINK), lines("link.over"))


def _proved(turn: Turn) -> Move:
    """Led to the logbook that was there; a logbook that was begun here too goes only if it is empty."""
    session, known = turn.session, turn.snapshot.proved_to_be
    person = turn.snapshot.participant
    if person is not None and person.id == known:
        return Move(session.at_home(), lines("unsure.confirmed"), changes=(AddressConfirmed(),))
    if person is not None and not _empty(turn.snapshot):
        return Move(session.at_home(), lines("link.two_logbooks"), changes=(TeamAwaited(),))
    linked = AddressLinked(known, unsure=turn.snapshot.proof_unsure)
    return Move(session.at_home(), lines("link.done"), changes=(linked,), asks=False)


def _empty(snapshot: Snapshot) -> bool:
    """Whether the logbook here holds nothing but the profile."""
    person, session = snapshot.participant, snapshot.session
    others = [
        form for form in (session.form, *session.parked) if form and form.purpose is not Purpose.PROFILE
    ]
    waits = person is not None and (person.team_awaited or person.code or person.erase_at)
    return not (snapshot.milestones or others or waits or snapshot.wrote_more)
