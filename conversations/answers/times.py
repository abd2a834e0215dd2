"""Hours of the day, and a day with its hour, as people write them."""

import re
from datetime import date, datetime, time

from conversations.answers.clean import clean
from conversations.answers.dates import read_date
from conversations.answers.fold import fold
from conversations.answers.numbers import figures

CLOCK = re.compile(
    r"(?:à |a |at |vers |الساعة )?(\d{1,2})(?:\s?[:hH.]\s?(\d{2})(?:[:.](\d{2}))?|\s?(?:h|heures?|o'clock))?"
    r"\s?(am|pm|a\.m\.|p\.m\.|du matin|du soir|de l'après-midi|صباحا|مساء)?",
    re.IGNORECASE,
)
AFTERNOON = frozenset(("pm", "p.m.", "du soir", "de l'après-midi", "مساء"))
NAMED = {
    fold(name): at
    for name, at in {
        "midi": time(12),
        "noon": time(12),
        "minuit": time(0),
        "midnight": time(0),
        "منتصف الليل": time(0),
        "منتصف النهار": time(12),
    }.items()
}


def read_time(text: str) -> time | None:
    """The hour a text names; None if it is not clearly one. A bare «14» is no hour, «14h» is.

    >>> [str(read_time(text)) for text in ("14:30", "8h", "٢٠:١٥", "2 pm", "midi")]
    ['14:30:00', '08:00:00', '20:15:00', '14:00:00', '12:00:00']
    >>> read_time("25:00"), read_time("14")
    (None, None)
    """
    if at := NAMED.get(fold(text)):
        return at
    said = figures(clean(text))
    found = CLOCK.fullmatch(said)
    if found is None or said.isdigit():
        return None
    hour, half = int(found[1]), (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half in AFTERNOON else 0)
    try:
        return time(hour, int(found[2] or 0), int(found[3] or 0))
    except ValueError:
        return None


def read_day_and_time(text: str, today: date) -> datetime | None:
    """The day and the hour a text names, without a zone; None where either is missing.

    >>> str(read_day_and_time("hier à 14h30", date(2026, 11, 23)))
    '2026-11-22 14:30:00'
    """
    words = figures(clean(text)).replace("T", " ").replace(",", " ").split()
    for border in range(len(words) - 1, 0, -1):
        day, at = read_date(" ".join(words[:border]), today), read_time(" ".join(words[border:]))
        if day and at:
            return datetime.combine(day, at)
    return None
