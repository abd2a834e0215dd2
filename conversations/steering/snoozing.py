"""«Later»: a question of ours comes again at another hour, as it was left; other forms wait for a word."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.asking import asking, understood
from conversations.changes import ContactMoved
from conversations.contacts.followups import next_allowed, to_utc
from conversations.events import Text
from conversations.messages import Day, Say
from conversations.session import IN_A_FORM, Place
from conversations.steering.moments import moment_in
from conversations.steering.side_questions import EVENING
from conversations.steps.recognising import free_words
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ContactState

TOMORROW = timedelta(days=1)
IN_A_WEEK = timedelta(days=7)
AT_MOST = timedelta(days=14)


def snooze(turn: Turn) -> Move:
    """Put off what is asked: plain «later» is tomorrow at the same hour, and another moment can be chosen."""
    session = turn.session
    if session.form is None or session.place not in (*IN_A_FORM, Place.HOME, Place.LATER):
        return Move(session.at_home(), lines("later.fine"))
    if not session.form.contact_id:
        return Move(session.at_home(), lines("form.continue_later"))
    return _put_off(turn, _later_by(turn, TOMORROW), Place.LATER)


def answer_later(turn: Turn) -> Move:
    """Another moment was chosen; other words are what they would be at the menu."""
    question = asking(turn, turn.session, turn.language)
    match understood(turn, question) if question else None:
        case "evening":
            return _put_off(turn, _this_evening(turn), Place.HOME)
        case "tomorrow":
            return _put_off(turn, _later_by(turn, TOMORROW), Place.HOME)
        case "week":
            return _put_off(turn, _later_by(turn, IN_A_WEEK), Place.HOME)
        case _:
            moment = _named(turn)
            if moment is not None and moment > turn.now + AT_MOST:
                return Move(turn.session, lines("later.too_far"))
            if moment is not None:
                return _put_off(turn, moment, Place.HOME)
            home = replace(turn.snapshot, session=turn.session.at_home())
            return free_words(replace(turn, snapshot=home))


def _named(turn: Turn) -> datetime | None:
    """The moment that the message names, UTC."""
    if not isinstance(turn.event, Text):
        return None
    local = moment_in(turn.event.text, turn.now.astimezone(ZoneInfo(turn.zone)).replace(tzinfo=None))
    return None if local is None else to_utc(local, turn.zone)


def _put_off(turn: Turn, moment: datetime, place: Place) -> Move:
    due = next_allowed(moment, turn.zone)
    local = due.astimezone(ZoneInfo(turn.zone))
    told = Say("later.until", {"day": Day(local.date().isoformat()), "hour": f"{local:%H:%M}"})
    form = turn.session.form
    moved = (ContactMoved(form.contact_id, ContactState.SNOOZED, due),) if form else ()
    return Move(replace(turn.session, place=place), (told,), changes=moved, asks=place is Place.LATER)


def _later_by(turn: Turn, days: timedelta) -> datetime:
    """That many days on at the same hour; «tomorrow» said at night is that day, not the one after it."""
    local = (turn.now + days).astimezone(ZoneInfo(turn.zone))
    allowed = next_allowed(local, turn.zone).astimezone(local.tzinfo)
    if allowed.date() == local.date():
        return allowed
    return to_utc(datetime.combine(local.date(), EVENING), turn.zone)


def _this_evening(turn: Turn) -> datetime:
    """This evening, or tomorrow where that is past."""
    local = turn.now.astimezone(ZoneInfo(turn.zone)).replace(tzinfo=None)
    evening = datetime.combine(local.date(), EVENING)
    return to_utc(evening if local < evening else evening + TOMORROW, turn.zone)
