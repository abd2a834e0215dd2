"""A pause: no message of our own for a while; what is planned comes after it, nothing is lost."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.asking import asking, understood
from conversations.changes import ContactsResumed, MessagesPaused, PauseEnded
from conversations.contacts.followups import POSTPONED_BY, month_later, next_allowed, to_utc
from conversations.messages import Day, Say
from conversations.session import Place
from conversations.turn import Move, Turn, lines


def answer_pause(turn: Turn) -> Move:
    """For how long."""
    question = asking(turn, turn.session, turn.language)
    months = {"month": 1, "quarter": 3}
    match understood(turn, question) if question else None:
        case "week":
            return _pause(turn, turn.now + timedelta(days=7))
        case "month" | "quarter" as span:
            return _pause(turn, _months_later(turn, months[span]))
        case "none":
            return Move(replace(turn.session, place=Place.DATA))
        case _:
            return Move(turn.session, lines("choice.unclear"))


def end_pause(turn: Turn) -> Move:
    """Messages of our own are welcome again; what was held back comes soon."""
    return Move(turn.session.at_home(), lines("pause.over"), changes=(PauseEnded(), *resumed(turn)))


def resumed(turn: Turn) -> tuple[ContactsResumed, ...]:
    """What was held back comes at the next good moment; nothing if nothing was held back."""
    person = turn.snapshot.participant
    held_until = person.quiet_until if person else None
    if held_until is None:
        return ()
    soon = next_allowed(turn.now + POSTPONED_BY, turn.zone)
    return (ContactsResumed(next_allowed(held_until, turn.zone), soon),)


def _pause(turn: Turn, until: datetime) -> Move:
    day = Day(until.astimezone(ZoneInfo(turn.zone)).date().isoformat())
    done = Say("pause.done", {"day": day})
    return Move(turn.session.at_home(), (done,), changes=(MessagesPaused(until),))


def _months_later(turn: Turn, months: int) -> datetime:
    local = turn.now.astimezone(ZoneInfo(turn.zone))
    day = local.date()
    for _ in range(months):
        day = month_later(day)
    return to_utc(datetime.combine(day, local.time()), turn.zone)
