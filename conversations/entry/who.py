"""Several logbooks on one phone: who is writing is asked before anything of any of them shows.

What was written meanwhile waits, and is taken up for whoever is chosen as if it came then; once somebody
writes anew half an hour later it goes, and that is said. Distress is
answered, «stop» stops and the quick exit works at once, for everyone who shares the phone.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from conversations.answers import clean, fold
from conversations.asking import asking, understood
from conversations.changes import (
    AddressOpened,
    Change,
    ChatCleared,
    ChatShown,
    EveryoneStopped,
    Outcome,
    WhoAsked,
    WordsWait,
    WriterChosen,
)
from conversations.events import Tap, Text, Unblocked
from conversations.messages import Choice, Line, Prompt, PromptKind, Say, Verbatim
from conversations.render.catalogue import say
from conversations.safety.distress import answer_distress
from conversations.safety.exits import LEADING_OUT
from conversations.session import Place
from conversations.steering.commands import Command, command_in
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import Language

OTHER = "other"
HELD_FOR = timedelta(minutes=30)  # so long after their last message it is still the same person who writes
NAMELESS = "?"
LONGEST_PLACE = 2  # figures; more are a code, a year or a number of a phone
BESIDE = (Place.LANGUAGE, Place.VOICE, Place.JOIN_FOR, Place.DOUBT)  # no places to come back to


def called(names: Sequence[str]) -> list[str]:
    """What those who share a phone are called before it is clear who writes: their initials.

    >>> called(["Amina", "Binta", "awa", ""])
    ['A.', 'B.', 'A. 2', '?']
    """
    given: list[str] = []
    for name in names:
        sign = next((sign.upper() for sign in name if sign.isalpha()), "")
        initial = f"{sign}." if sign else NAMELESS
        often = 1 + sum(one.split(" ")[0] == initial for one in given)
        given.append(initial if often == 1 else f"{initial} {often}")
    return given


def ask_who(turn: Turn, lead: tuple[Line, ...] = (), changes: tuple[Change, ...] = ()) -> Outcome:
    """The question, neutral: initials, and another person."""
    token = turn.ids.token()
    prompt = Prompt(PromptKind.REPLY, (*lead, Say("who.ask")), _choices(turn), token)
    return Outcome(turn.session, (prompt,), (*changes, WhoAsked(token)), turn.language)


def _choices(turn: Turn) -> tuple[Choice, ...]:
    sharers = (Choice(one.participant_id, Verbatim(one.called)) for one in turn.snapshot.sharers)
    return (*sharers, Choice(OTHER, Say("who.other")))


def who_writes(turn: Turn) -> Outcome:
    """What follows from a message of which nobody knows whose it is."""
    command = command_in(turn.event.text) if isinstance(turn.event, Text) else None
    if command is Command.EXIT:
        return Outcome(turn.session, _said("exit.stays"), (ChatCleared(),), turn.language)
    distress = answer_distress(turn)
    if distress is not None and distress.in_confidence:
        return distress
    if distress is not None:
        reporting = any(one.reporting for one in turn.snapshot.sharers)
        urgent = () if reporting else distress.changes
        asked = ask_who(turn, (*_not_kept(turn), *lines("who.for_help")), (*urgent, WordsWait()))
        return replace(asked, prompts=(*distress.prompts, *asked.prompts), language=distress.language)
    if turn.snapshot.chat_hidden and command not in LEADING_OUT:
        kept = () if isinstance(turn.event, Tap | Unblocked) else (WordsWait(),)
        return Outcome(turn.session, _said("exit.hello"), kept, turn.language)
    shown: tuple[Change, ...] = (ChatShown(),) if turn.snapshot.chat_hidden else ()
    if command is Command.STOP:
        return Outcome(turn.session, _said("who.stopped"), (*shown, EveryoneStopped()), turn.language)
    if isinstance(turn.event, Unblocked):
        return ask_who(turn, changes=(AddressOpened(),))
    chosen = _chosen(turn) if turn.snapshot.who_asked else None
    if chosen is not None:
        someone = "" if chosen == OTHER else chosen
        return Outcome(turn.session, (), (WriterChosen(someone, words="menu"),), turn.language)
    if isinstance(turn.event, Tap):
        return ask_who(turn, changes=shown)
    return ask_who(turn, _not_kept(turn), (*shown, WordsWait()))


def _not_kept(turn: Turn) -> tuple[Line, ...]:
    """That words of an earlier sitting go: whoever says now who they are may not be who wrote them."""
    return lines("who.not_kept") if turn.snapshot.words_lapse else ()


def _chosen(turn: Turn) -> str | None:
    """Who it is: by a button, a number, the initial or the name. No letter counts as a place in the list."""
    choices = _choices(turn)
    values = [choice.value for choice in choices]
    match turn.event:
        case Tap():
            tapped = turn.snapshot.tapped
            return tapped.value if tapped and tapped.value in values else None
        case Text(text):
            said = fold(clean(text)[:80])
            if said.isdecimal() and len(said) <= LONGEST_PLACE and 1 <= int(said) <= len(values):
                return values[int(said) - 1]
            others = {fold(say(Say("who.other"), language)) for language in Language}
            meant = [
                *(one.participant_id for one in turn.snapshot.sharers if fold(one.called) == said),
                *(one.participant_id for one in turn.snapshot.sharers if one.name and fold(one.name) == said),
                *([OTHER] if said in others else []),
            ]
            return meant[0] if said and len(set(meant)) == 1 else None
    return None


def wants_other(turn: Turn) -> bool:
    """Whether someone who shares their phone chose that another person is writing now."""
    if not turn.snapshot.sharers or turn.session.place is not Place.HOME:
        return False
    question = asking(turn, turn.session, turn.language)
    return question is not None and understood(turn, question) == OTHER


def hand_over(turn: Turn) -> Outcome:
    """The question who is writing, from the menu of someone who leaves the phone; what is theirs is shut."""
    return replace(ask_who(turn), session=replace(turn.session.at_home(), open_until=None))


def ask_for_whom(turn: Turn) -> Move:
    """A code came from a phone that has a logbook: is it for another person?"""
    session, person, entry = turn.session, turn.snapshot.participant, turn.snapshot.entry
    if person is not None and entry is not None and entry.participant_id == person.id:
        return Move(session, lines("home.already_joined"))
    back = Place.HOME if session.place in BESIDE else session.place
    words = turn.event.text if isinstance(turn.event, Text) else ""
    return Move(replace(session, place=Place.JOIN_FOR, returns_to=back, join_code=words))


def answer_for_whom(turn: Turn) -> Move:
    """For another person: from here on they join. For oneself: the logbook is open already."""
    session = turn.session
    back = replace(session, place=session.returns_to, returns_to=Place.HOME, join_code="")
    question = asking(turn, session, turn.language)
    match understood(turn, question) if question else None:
        case "me":
            return Move(back, lines("home.already_joined"))
        case "other":
            handed = (WriterChosen("", words=session.join_code),)
            return Move(back, lines("who.other_begins"), changes=handed, asks=False)
        case _:
            return Move(session, lines("choice.unclear"))


def _said(id: str) -> tuple[Prompt, ...]:
    return (Prompt(PromptKind.REPLY, (Say(id),)),)
