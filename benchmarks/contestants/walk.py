"""The conversation of everyone: a word that opens a form, then three answers. Only the standard library.

The questions are three of the built-in profile: gender, year of birth, city. They are answered with numbers:
a number is taken for an answer even where the question has not left the program yet.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = "123456:benchmark-token"
SECRET = "benchmark_secret"
PATH = "/channels/telegram"

GENDERS = ("woman", "man", "other", "no_answer")
CITIES = (
    "rabat", "sale", "temara", "skhirate", "kenitra",
    "khemisset", "tiflet", "sidi_kacem", "sidi_slimane", "other",
)  # fmt: skip
FIRST_YEAR, YEARS = 1950, 50
FIRST_CHAT = 5_000_000_000
STEPS = 4  # messages of one walk


@dataclass(frozen=True, slots=True)
class Walker:
    """One person, by number. The answers follow from the number, so that they can be checked.

    >>> Walker(7).says, Walker(7).answers
    (('1', '4', '1957', '8'), ('no_answer', '1957', 'sidi_kacem'))
    """

    number: int

    @property
    def chat(self) -> int:
        return FIRST_CHAT + self.number

    @property
    def says(self) -> tuple[str, ...]:
        gender, city = self.number % len(GENDERS), self.number % len(CITIES)
        return "1", str(gender + 1), str(FIRST_YEAR + self.number % YEARS), str(city + 1)

    @property
    def answers(self) -> tuple[str, str, str]:
        year = str(FIRST_YEAR + self.number % YEARS)
        return GENDERS[self.number % len(GENDERS)], year, CITIES[self.number % len(CITIES)]


def update_id(number: int, step: int) -> int:
    return 10_000_000 * (step + 1) + number


def updates(walkers: range, says: tuple[str, ...] = ()) -> Iterator[tuple[Walker, bytes]]:
    """Everyone's first message, then everyone's second, and so on, as Telegram writes them.

    With `says` all write this instead of their walk.
    """
    now = int(time.time())
    for step in range(len(says) or STEPS):
        for walker in map(Walker, walkers):
            person = {"id": walker.chat, "is_bot": False, "first_name": "Amina", "language_code": "fr"}
            message = {
                "message_id": 100 + step,
                "from": person,
                "chat": {"id": walker.chat, "type": "private", "first_name": "Amina"},
                "date": now,
                "text": (says or walker.says)[step],
            }
            update = {"update_id": update_id(walker.number, step), "message": message}
            yield walker, json.dumps(update, ensure_ascii=False).encode()
