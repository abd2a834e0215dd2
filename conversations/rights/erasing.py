"""Erasing everything: asked twice, planned a week ahead, taken back or hastened meanwhile."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.answers import fold, yes_no
from conversations.asking import asking, of_an_earlier_question, understood
from conversations.changes import (
    AddressOpened,
    Change,
    ErasureHastened,
    ErasurePlanned,
    ErasureTakenBack,
    PlannedContactsCancelled,
    TeamAwaited,
)
from conversations.contacts.followups import next_allowed
from conversations.entry.joining import consent_said, stop_prompting
from conversations.events import Tap, Text, Unblocked
from conversations.messages import Day, Line, Say
from conversations.render.catalogue import say
from conversations.rights.choices import WHILE_PLANNED
from conversations.rights.exporting import export_data
from conversations.rights.pausing import resumed
from conversations.session import Place
from conversations.steering.commands import Command, command_in
from conversations.steering.courtesies import is_greeting
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentPurpose, ConsentState, Language

UNDO = timedelta(days=7)  # how long it can be taken back


def begin_erasing(turn: Turn, lead: tuple[Line, ...] = ()) -> Move:
    """The first of two questions, with what goes and what stays."""
    return Move(replace(turn.session, place=Place.ERASE), lead, before=(lines("erase.what"),))


def answer_erase(turn: Turn) -> Move:
    """The first yes leads to the second question."""
    match _choice(turn):
        case "yes":
            return Move(replace(turn.session, place=Place.ERASE_SURE))
        case "no":
            return Move(turn.session.at_home(), lines("erasing.kept"))
        case _:
            return Move(turn.session, lines("choice.unclear"))


def answer_sure(turn: Turn) -> Move:
    """The second yes plans it."""
    match _choice(turn) or _yes_no(turn):
        case "erase":
            erase_at = erasure_moment(turn.now, turn.zone)
            withdrawn = consent_said(turn, ConsentPurpose.LOGBOOK, ConsentState.WITHDRAWN)
            changes = (withdrawn, ErasurePlanned(erase_at))
            return Move(turn.session.at_home(), (planned_line(erase_at, turn.zone),), changes=changes)
        case "no":
            return Move(turn.session.at_home(), lines("erasing.kept"))
        case _:
            return Move(turn.session, lines("choice.unclear"))


def erasure_moment(now: datetime, zone: str) -> datetime:
    """When an erasure that is planned now comes: in daytime, since the last message goes out then."""
    return next_allowed(now + UNDO, zone)


def planned_line(erase_at: datetime, zone: str) -> Say:
    """On which day everything is erased, and how to keep it."""
    day = erase_at.astimezone(ZoneInfo(zone)).date().isoformat()
    return Say("erasing.planned", {"day": Day(day)})


def converse_while_planned(turn: Turn, erase_at: datetime) -> Move:
    """Whatever comes from someone whose erasure is planned: it is said, with the ways out."""
    person, session = turn.snapshot.participant, turn.session
    if person is not None and person.leaving:
        return Move(session, lines("erasing.underway"), asks=False)
    told = (planned_line(erase_at, turn.zone),)
    if of_an_earlier_question(turn):
        return Move(session.at_home(), (*lines("tap.old"), *told))
    match _command(turn) or _choice(turn):
        case Command.CANCEL | Command.START | "keep":
            return _keep(turn)
        case Command.STOP:
            changes: tuple[Change, ...] = (stop_prompting(turn), PlannedContactsCancelled())
            return Move(session.at_home(), told, changes=changes)
        case Command.TALK | "talk":
            return Move(replace(session, place=Place.TALK), lines("talk.enter"), asks=False)
        case "export":
            return export_data(turn, Place.HOME, told)
        case "now":
            return Move(replace(session, place=Place.ERASE_NOW))
        case "yes" if session.place is Place.ERASE_NOW:
            return Move(session, lines("erasing.goodbye"), changes=(ErasureHastened(),), asks=False)
        case None if isinstance(turn.event, Unblocked):
            return Move(session.at_home(), told, changes=(AddressOpened(),))
        case None if isinstance(turn.event, Text) and is_greeting(turn.event.text):
            return Move(session.at_home(), (*lines("courtesy.greeting"), *told))
        case None if not isinstance(turn.event, Tap):
            return Move(session.at_home(), (*lines("home.passed_on"), *told), changes=(TeamAwaited(),))
        case _:
            return Move(session.at_home(), told)


def _keep(turn: Turn) -> Move:
    given = consent_said(turn, ConsentPurpose.LOGBOOK, ConsentState.GIVEN)
    person = turn.snapshot.participant
    changes: tuple[Change, ...] = (ErasureTakenBack(), given)
    if person is not None and person.paused_until is None:
        changes += resumed(turn)
    return Move(turn.session.at_home(), lines("erasing.kept"), changes=changes)


def _command(turn: Turn) -> Command | None:
    return command_in(turn.event.text) if isinstance(turn.event, Text) else None


def _in_words(turn: Turn) -> str | None:
    """The way out that the whole message names, in any language: it stands in what we wrote."""
    said = fold(turn.event.text) if isinstance(turn.event, Text) else ""
    for choice in WHILE_PLANNED:
        if said and said in {fold(say(choice.label, language)) for language in Language}:
            return choice.value
    return None


def _yes_no(turn: Turn) -> str | None:
    """A plain yes or no in words, where the choices say more than that."""
    said = yes_no(turn.event.text) if isinstance(turn.event, Text) else None
    return None if said is None else "erase" if said else "no"


def _choice(turn: Turn) -> str | None:
    """What was chosen; where something else was asked before, only in so many words."""
    places = (Place.HOME, Place.ERASE, Place.ERASE_SURE, Place.ERASE_NOW)
    if turn.session.place not in places:
        return _in_words(turn)
    question = asking(turn, turn.session, turn.language)
    return understood(turn, question) if question else None
