"""Hours of the day, and a day with its hour, as people write them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from conversations.answers.clean import clean
from conversations.answers.days import read_date
from conversations.answers.fold import fold_around_figures
from conversations.answers.framing import without_courtesy
from conversations.answers.hour_words import (
    AFTER_NOON,
    AFTERNOON,
    AROUND,
    AT,
    CALLED_HOUR,
    DAYTIME,
    EVENING,
    HABIT_OF_24,
    HALF_BEFORE,
    HALF_BEHIND,
    HAS,
    LEADING,
    MINUTES,
    MORNING,
    NAMED,
    NIGHT,
    NOT_AT,
    ORDINALS,
    PM,
    SHARP,
    UNIT,
)
from conversations.answers.numbers import figures
from conversations.answers.refusal import Ambiguous
from conversations.answers.relative import Tense
from conversations.answers.spelled import is_number_word, spelled

CLOCK = re.compile(
    r"(\d{1,2})(?: ?[:h.] ?(\d{2})(?: ?(?:mn|min|minutes|m))?(?::(\d{2}))?| ?(h|heures?|hours?|hrs?))"
    r"|([01]\d|2[0-3])([0-5]\d) ?(?:hrs?|hours)",
    re.ASCII,
)
HALF_APART = re.compile(r"(?<=\d) ?([ap])[. ]?m$")  # «2pm», «2 p.m.»
ASKING = frozenset("?؟")
MOST_WORDS = 20  # of a day with its hour; a long message is none
HALVES = (
    ("pm", PM),
    ("afternoon", AFTERNOON),
    ("after noon", AFTER_NOON),
    ("evening", EVENING),
    ("night", NIGHT),
    ("day", DAYTIME),
    ("morning", MORNING),
)
OFTEN_AFTERNOON = range(1, 6)  # hours that mean 13 to 17 to most people, unless written as on a clock of 24
OFTEN_EVENING = range(6, 12)  # so do these of 18 to 23 where nobody counts to 24: «at 7», «الساعة السابعة»


@dataclass(frozen=True, slots=True)
class Clock:
    """What a text says of an hour, before the half of the day is known."""

    hour: int
    minute: int
    second: int
    surely: bool  # as on a clock of 24 hours: «03:00», «15h»
    spoken: bool = False  # without the marks of a clock: «at 7», «الثامنة»


def read_time(text: str) -> time | Ambiguous[time] | None:
    """The hour a text names; None if it is not clearly one. A bare «14» is no hour, «14h» is.

    «3h» may be in the night or in the afternoon: that is asked. «vers 8h» is 8:00.

    >>> [str(read_time(text)) for text in ("14:30", "8h", "٢٠:١٥", "2 pm", "midi", "huit heures et demie")]
    ['14:30:00', '08:00:00', '20:15:00', '14:00:00', '12:00:00', '08:30:00']
    >>> read_time("25:00"), read_time("14"), read_time("3h").readings
    (None, None, (datetime.time(15, 0), datetime.time(3, 0)))
    """
    said = HALF_APART.sub(r" \1m", fold_around_figures(without_courtesy(text)))
    words = said.split()
    leading = words[: _leading(words)]
    called = not CALLED_HOUR.isdisjoint(leading)
    readings = _readings(words[len(leading) :], called=called)
    if not readings:
        return _at_the_end(words) if ASKING.isdisjoint(text) else None
    return Ambiguous(readings) if len(readings) > 1 else readings[0]


def _at_the_end(words: Sequence[str]) -> time | Ambiguous[time] | None:
    """«je finis à 18h30»: the hour behind the last word that leads to one, if nothing in front limits it."""
    if len(words) > MOST_WORDS:
        return None
    place = next((at for at in range(len(words) - 2, 0, -1) if words[at] in AT), 0)
    before = words[:place]
    unclear = any(word in NOT_AT or not word.isalpha() or is_number_word(word) for word in before)
    if not before or unclear or (words[place] == "a" and before[-1] in HAS):
        return None
    return read_time(" ".join(words[place:]))


def _leading(words: Sequence[str]) -> int:
    """How many words stand before the hour."""
    return next((place for place, word in enumerate(words) if word not in LEADING | AROUND), len(words))


def _readings(words: list[str], *, called: bool) -> tuple[time, ...]:
    """The hours meant; a bare number is one only where something else says that it is an hour."""
    if about := [word for word in words[-1:] if word in AROUND]:
        return _readings(words[: -len(about)], called=called)
    words = _without_sharp(words)
    words, half = _half_of_day(words)
    words, minutes = _fraction(words)
    if " ".join(words) in NAMED and half is None:
        return (_moved(NAMED[" ".join(words)], minutes or 0),)
    clock = _on_clock(" ".join(words)) or _in_words(words)
    if clock is None and (called or half or minutes is not None):
        clock = _bare(words)
    if clock is None or not (clock.hour < 24 and clock.minute < 60 and clock.second < 60):
        return ()
    if minutes is not None and clock.minute:
        return ()
    return tuple(_moved(at, minutes or 0) for at in _in_day(clock, half))


def _half_of_day(words: list[str]) -> tuple[list[str], str | None]:
    for half, phrases in HALVES:
        for phrase in phrases:
            if len(words) > len(phrase) and tuple(words[-len(phrase) :]) == phrase:
                return words[: -len(phrase)], half
    for half, phrases in HALVES:
        for phrase in phrases:
            if len(words) > len(phrase) and tuple(words[: len(phrase)]) == phrase:  # «le matin à 9h»
                rest = words[len(phrase) :]
                return rest[_leading(rest) :], half
    return words, None


def _without_sharp(words: list[str]) -> list[str]:
    """«9h pile» is 9h."""
    found = next((phrase for phrase in SHARP if tuple(words[-len(phrase) :]) == phrase), ())
    return words[: -len(found)] if found and len(words) > len(found) else words


def _fraction(words: list[str]) -> tuple[list[str], int | None]:
    behind, before = _match(words, HALF_BEHIND, -1), _match(words, HALF_BEFORE, 1)
    if behind:
        return words[: -len(behind)], HALF_BEHIND[behind]
    if before:
        return words[len(before) :], HALF_BEFORE[before]
    return words, None


def _match(words: Sequence[str], table: Mapping[tuple[str, ...], int], side: int) -> tuple[str, ...] | None:
    for phrase in table:
        part = tuple(words[-len(phrase) :] if side < 0 else words[: len(phrase)])
        if len(words) > len(phrase) and part == phrase:
            return phrase
    return None


def _on_clock(said: str) -> Clock | None:
    found = CLOCK.fullmatch(said)
    if found is None:
        return None
    if found[5]:  # «1400 hrs»
        return Clock(int(found[5]), int(found[6]), 0, surely=True)
    hour = int(found[1])
    return Clock(hour, int(found[2] or 0), int(found[3] or 0), hour > 12 or found[1].startswith("0"))


def _in_words(words: list[str]) -> Clock | None:
    """«huit heures», «huit heures trente», «eight o'clock», «الثالثة»."""
    if " ".join(words) in ORDINALS:
        return Clock(ORDINALS[" ".join(words)], 0, 0, surely=False, spoken=True)
    if len(words) > 2 and words[-1] in MINUTES and words[0] in ORDINALS:  # «العاشرة وعشر دقائق»
        minute = spelled([words[1].removeprefix("و"), *words[2:-1]])
        return None if minute is None else Clock(ORDINALS[words[0]], minute, 0, surely=False, spoken=True)
    border = next((place for place, word in enumerate(words) if word in UNIT), None)
    if border is None:
        return _hour_and_minutes(words)
    behind = [word for word in words[border:] if word not in UNIT | MINUTES]
    hour, minute = spelled(words[:border]), spelled(behind) if behind else 0
    if hour is None or minute is None:
        return None
    return Clock(hour, minute, 0, hour > 12, spoken=words[border] not in HABIT_OF_24)


def _hour_and_minutes(words: list[str]) -> Clock | None:
    """«nine thirty»; «twenty five» is a number."""
    hour, minute = spelled(words[:1]), spelled(words[1:])
    if words[:1] == ["midi"] and minute is not None:
        return Clock(12, minute, 0, surely=True)
    if hour is None or minute is None or words[0].isdigit() or spelled(words) is not None:
        return None
    return Clock(hour, minute, 0, surely=False, spoken=True) if 1 <= hour <= 12 and minute >= 10 else None


def _bare(words: list[str]) -> Clock | None:
    hour = spelled(words)
    return None if hour is None else Clock(hour, 0, 0, hour > 12, spoken=True)


def _in_day(clock: Clock, half: str | None) -> list[time]:
    """The hour in its half of the day; both where it is not said and most people mean the other one."""
    at = time(clock.hour, clock.minute, clock.second)
    other = time((clock.hour + 12) % 24, clock.minute, clock.second)
    if half is None:
        afternoon = clock.hour in OFTEN_AFTERNOON and not clock.surely
        evening = clock.hour in OFTEN_EVENING and clock.spoken
        return [other, at] if afternoon else [at, other] if evening else [at]
    if not 1 <= clock.hour <= 12:
        return [at] if clock.hour > 12 and half in ("afternoon", "after noon", "evening", "night") else []
    if clock.hour == 12:
        return {"morning": [other], "evening": [], "night": [other], "after noon": []}.get(half, [at])
    if half == "after noon":
        return [other]
    if half == "day":
        return [at] if clock.hour > 6 else [other]
    if half == "night":
        return [at] if clock.hour < 5 else [other] if clock.hour > 6 else []
    if half == "evening":
        return [other] if clock.hour >= 5 else []
    return [at] if half == "morning" else [other]


def _moved(at: time, minutes: int) -> time:
    return (datetime.combine(date(2000, 1, 1), at) + timedelta(minutes=minutes)).time()


def read_day_and_time(
    text: str, today: date, tense: Tense = Tense.EITHER
) -> datetime | Ambiguous[datetime] | None:
    """The day and the hour a text names, without a zone; None where either is missing.

    >>> str(read_day_and_time("hier à 14h30", date(2026, 11, 23)))
    '2026-11-22 14:30:00'
    """
    words = figures(clean(text)).replace("T", " ").replace(",", " ").split()
    if len(words) > MOST_WORDS:
        return None
    for border in range(len(words) - 1, 0, -1):
        at = read_time(" ".join(words[border:]))
        day = read_date(" ".join(words[:border]), today, tense) if at else None
        if day and at:
            days = day.readings if isinstance(day, Ambiguous) else (day,)
            hours = at.readings if isinstance(at, Ambiguous) else (at,)
            moments = tuple(datetime.combine(one, hour) for one in days for hour in hours)
            clear = isinstance(day, date) and isinstance(at, time)
            return moments[0] if clear else Ambiguous(moments)
    return None
