"""The other bots' conversation and their SQLite file, so that they do the same and keep it as durably.

One transaction per update, committed before the webhook is answered: write-ahead log, `synchronous=FULL`.
What several updates at once have written goes in one commit, as far as the framework lets them meet.
"""

import sqlite3
from pathlib import Path

from benchmarks.contestants.walk import CITIES, FIRST_YEAR, GENDERS, YEARS

TABLES = """
CREATE TABLE IF NOT EXISTS states (key TEXT PRIMARY KEY, state TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answers TEXT NOT NULL) WITHOUT ROWID;
"""

ASK_GENDER = "Vous êtes…\n1. Une femme\n2. Un homme\n3. Autre\n4. Je préfère ne pas répondre"
ASK_YEAR = "En quelle année êtes-vous né(e) ?\nExemple : 1995."
ASK_CITY = "Dans quelle ville vivez-vous ?\n" + "\n".join(f"{n}. {city}" for n, city in enumerate(CITIES, 1))
THANKS = "Merci, c’est noté."
AGAIN = "Je n’ai pas compris. Répondez avec un numéro de la liste."


def open_file(path: Path) -> sqlite3.Connection:
    """A connection that commits when it is told to."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(TABLES)
    return connection


def read_choice(text: str, codes: tuple[str, ...]) -> str | None:
    """The code of a choice by its number.

    >>> read_choice("2", GENDERS), read_choice("9", GENDERS)
    ('man', None)
    """
    return codes[int(text) - 1] if text.isdecimal() and 0 < int(text) <= len(codes) else None


def read_gender(text: str) -> str | None:
    return read_choice(text, GENDERS)


def read_year(text: str) -> str | None:
    """The year as it was written.

    >>> read_year("1987"), read_year("87")
    ('1987', None)
    """
    return text if text.isdecimal() and FIRST_YEAR <= int(text) < FIRST_YEAR + YEARS else None


def read_city(text: str) -> str | None:
    return read_choice(text, CITIES)
