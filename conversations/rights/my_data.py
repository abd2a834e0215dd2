"""«My data»: what is kept of a person, said in short messages, and what they can do about it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.answers import choose
from conversations.asking import Named, asking, understood
from conversations.entry.consent import answerable
from conversations.entry.linking import begin_linking
from conversations.events import Event, Tap, Text
from conversations.menu import menu
from conversations.messages import Day, Line, Say
from conversations.render.catalogue import say
from conversations.rights.code_setting import manage_code
from conversations.rights.erasing import begin_erasing
from conversations.rights.exporting import export_data
from conversations.rights.pausing import end_pause
from conversations.rights.reaching import choose_channel
from conversations.session import Place
from conversations.snapshot import Held, Snapshot
from conversations.steering.commands import Command, command_in
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import Channel, ConsentPurpose, ConsentState

PURPOSES = {
    ConsentPurpose.LOGBOOK: "data.logbook",
    ConsentPurpose.PROMPTING: "data.prompting",
    ConsentPurpose.SMS: "data.sms",
    ConsentPurpose.MEDIA: "data.media",
    ConsentPurpose.SHARING: "data.sharing",
}
ANSWERS = {
    ConsentState.GIVEN: "data.given",
    ConsentState.REFUSED: "data.refused",
    ConsentState.WITHDRAWN: "data.withdrawn",
}
PLACES = {
    Channel.TELEGRAM: "data.on_telegram",
    Channel.WHATSAPP: "data.on_whatsapp",
    Channel.SMS: "data.on_sms",
    Channel.PHONE: "data.on_phone",
}


def shows_what_is_held(snapshot: Snapshot, event: Event) -> bool:
    """Whether this event may lead to my data, so that what is held must be counted before the step."""
    place = snapshot.session.place
    match event:
        case _ if {place, snapshot.session.wanted} & {Place.DATA, Place.PERMISSIONS, Place.REACH}:
            return True
        case Tap():
            return snapshot.tapped is not None and snapshot.tapped.value == "data"
        case Text(text) if command_in(text) in (Command.DATA, Command.REACH):
            return True
        case Text(text) if place is Place.HOME:
            offered = menu(snapshot, snapshot.session)
            options = [Named(choice.value, say(choice.label, snapshot.language)) for choice in offered]
            return choose(text, options, snapshot.language) == "data"
    return False


def show_data(turn: Turn) -> Move:
    """What is kept and who answers for it, in three messages; then what can be done about it."""
    session = replace(turn.session, place=Place.DATA)
    person = turn.snapshot.participant
    if person is None or person.held is None:
        return Move(session)
    held = person.held
    return Move(
        session,
        _addresses(held),
        before=(
            (_counted(held, _day(person.joined_at, turn)), *answerable(turn.snapshot.project.controller)),
            _consents(held, turn),
        ),
    )


def answer_data(turn: Turn) -> Move:
    """What to do with one's data."""
    question = asking(turn, turn.session, turn.language)
    session = turn.session
    match understood(turn, question) if question else None:
        case "export":
            return export_data(turn, Place.DATA)
        case "pause":
            return Move(replace(session, place=Place.PAUSE))
        case "resume":
            return end_pause(turn)
        case "permissions":
            return Move(replace(session, place=Place.PERMISSIONS))
        case "code":
            return manage_code(turn)
        case "link":
            return begin_linking(turn)
        case "reach":
            return choose_channel(turn)
        case "erase":
            return begin_erasing(turn)
        case "menu":
            return Move(session.at_home())
        case _:
            return Move(session, lines("choice.unclear"))


def _counted(held: Held, since: Day) -> Say:
    counts = {
        "steps": Say("data.steps", {"n": held.steps}),
        "answers": Say("data.answers", {"n": held.answers}),
        "received": Say("data.received", {"n": held.received}),
        "sent": Say("data.sent", {"n": held.sent}),
        "files": Say("data.files", {"n": held.files}),
    }
    return Say("data.held", {"since": since, **counts})


def _consents(held: Held, turn: Turn) -> tuple[Line, ...]:
    said = (
        Say(
            "data.said",
            {"purpose": Say(PURPOSES[purpose]), "answer": Say(ANSWERS[state]), "day": _day(at, turn)},
        )
        for purpose, (state, at) in sorted(held.consents.items())
    )
    return (Say("data.consents"), *said)


def _addresses(held: Held) -> tuple[Line, ...]:
    return (Say("data.addresses"), *(Say(PLACES[channel]) for channel in held.channels))


def _day(moment: datetime, turn: Turn) -> Day:
    return Day(moment.astimezone(ZoneInfo(turn.zone)).date().isoformat())
