"""Workshops as people read them: the notices about one, the list, and what can be answered."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.messages import Argument, Choice, Day, Line, Pin, Prompt, PromptKind, Say
from conversations.render.capabilities import CAPABILITIES
from conversations.snapshot import Workshop
from conversations.vocabulary import Attendance, Channel

REPLY = "workshop:"  # what the buttons of a notice carry: they work beside any other question, and again
LISTED = 8  # workshops; with the menu a list on WhatsApp holds ten
ANSWERS = (Attendance.COMING, Attendance.NOT_COMING)
ISOLATE, POP = "\u2068", "\u2069"  # invisible; Unicode's «first strong isolate» and its end
BACK = Choice("menu", Say("workshops.menu"))


def is_reply(value: str) -> bool:
    """Whether a button's meaning is an answer to a notice of a workshop."""
    return value.startswith(REPLY)


def invitation(workshop: Workshop, notice: str, channel: Channel, token: str) -> Prompt:
    """A notice that can be answered: `invite` or `remind`. Without buttons, words are told: never numbers,
    which would answer the question before.
    """
    with_buttons = CAPABILITIES[channel].buttons > 0
    return Prompt(
        PromptKind.NOTICE,
        (_told(f"workshop.{notice}", workshop), Say("workshop.come_ask" if with_buttons else "workshop.how")),
        tuple(
            Choice(f"{REPLY}{workshop.id}:{answer}", Say(f"workshop.answer_{answer}")) for answer in ANSWERS
        )
        if with_buttons
        else (),
        token if with_buttons else "",
        pin=pin_of(workshop),
    )


def pin_of(workshop: Workshop) -> Pin | None:
    """The place on the map; None where staff told none."""
    spot = workshop.spot
    return Pin(spot.latitude, spot.longitude, workshop.title, workshop.place) if spot else None


def cancellation(workshop: Workshop) -> Prompt:
    """The workshop does not take place."""
    return Prompt(PromptKind.NOTICE, (_told("workshop.off", workshop),))


def workshop_line(workshop: Workshop) -> Line:
    """One workshop with what was answered or what became of it."""
    state = workshop.attendance or Attendance.INVITED
    said = Say("workshop.state_cancelled" if workshop.cancelled else f"workshop.state_{state}")
    return _told("workshop.line", workshop, said=said)


def coming_choices(workshops: Sequence[Workshop], now: datetime) -> tuple[Choice, ...]:
    """The workshops that can still be answered, then the menu."""
    ahead = [one for one in workshops if is_open(one) and one.ends_at > now][:LISTED]
    return (*(Choice(one.id, _told("workshop.short", one)) for one in ahead), BACK)


def will_you_come(
    workshops: Sequence[Workshop], wanted: str, now: datetime
) -> tuple[tuple[Line, ...], tuple[Choice, ...]]:
    """Coming or not; of a workshop that is over meanwhile, which other is meant."""
    one = _open_one(workshops, wanted)
    if one is None:
        return (Say("workshops.ask"),), coming_choices(workshops, now)
    answers = tuple(Choice(answer.value, Say(f"workshop.answer_{answer}")) for answer in ANSWERS)
    return (workshop_line(one), Say("workshop.come_ask")), (*answers, BACK)


def where_to_come(workshops: Sequence[Workshop], wanted: str) -> Pin | None:
    """The place on the map of the workshop that is asked about."""
    one = _open_one(workshops, wanted)
    return pin_of(one) if one else None


def _open_one(workshops: Sequence[Workshop], wanted: str) -> Workshop | None:
    return next((each for each in workshops if each.id == wanted and is_open(each)), None)


def is_open(workshop: Workshop) -> bool:
    """Whether an answer still counts."""
    return not workshop.cancelled and not workshop.closed


def attended(workshop: Workshop) -> bool:
    """Whether the person was there for sure: the sheet is closed."""
    return workshop.closed and workshop.attendance is Attendance.PRESENT


def noted(workshop: Workshop, answer: Attendance) -> Line:
    """What was understood, with its day: so that a mistake shows."""
    return _told(f"workshop.noted_{answer}", workshop)


def about(text: str, workshop: Workshop) -> Line:
    """A text about one workshop."""
    return _told(text, workshop)


def _told(text: str, workshop: Workshop, **more: Argument) -> Say:
    local = workshop.starts_at.astimezone(ZoneInfo(workshop.zone))
    when = Say(
        "workshop.when",
        {
            "weekday": Say(f"weekday.{local.isoweekday()}"),
            "day": Day(local.date().isoformat()),
            "hour": f"{local:%H:%M}",
        },
    )
    return Say(text, {"title": _apart(workshop.title), "when": when, "place": _apart(workshop.place), **more})


def _apart(words: str) -> str:
    """Words of the team in a direction of their own: a French title does not turn an Arabic line round."""
    return f"{ISOLATE}{words}{POP}"
