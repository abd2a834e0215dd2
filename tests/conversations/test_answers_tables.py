"""What people type in four languages is read as it is meant, asked about or left; never read wrongly."""

from datetime import date
from itertools import groupby

import pytest
from babel.dates import get_day_names, get_month_names

from conversations.answers import Tense, read_date, read_known
from conversations.messages import Day
from tests.conversations.answers import TODAY, Case, cases, read

LANGUAGES = ("fr", "ar", "en", "darija")
LEAST = 120  # cases of each language
LEAST_UNREAD = 30  # of them, what must not be read
TABLES = [
    pytest.param(tuple(of_type), id=f"{language}-{asked}")
    for language in LANGUAGES
    for asked, of_type in groupby(cases(language), key=lambda case: case.asked)
]
LOCALES = ("fr_MA", "en_GB", "ar_MA", "ar_SY", "ar_LB", "ar_EG", "ar_TN", "ar_DZ")


@pytest.mark.parametrize("table", TABLES)
def test_what_people_type_is_read_as_it_is_meant(table: tuple[Case, ...]) -> None:
    own = {case.text: read(case) for case in table}
    assert {text: _sorted(said) for text, said in own.items()} == {
        case.text: _sorted(case.meant) for case in table
    }


def _sorted(meant: str) -> str:
    """The order in which readings are offered is free."""
    return "?" + "|".join(sorted(meant[1:].split("|"))) if meant.startswith("?") else meant


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_long_and_say_what_must_not_be_read(language: str) -> None:
    table = list(cases(language))
    assert len(table) >= LEAST
    assert sum(case.meant == "-" for case in table) >= LEAST_UNREAD


@pytest.mark.parametrize("locale", LOCALES)
def test_every_month_and_weekday_of_unicode_s_names_is_known(locale: str) -> None:
    for number, name in get_month_names("wide", locale=locale).items():
        assert read_known(f"{name} 2025", TODAY) == Day(f"2025-{number:02}"), name
    for number, name in get_day_names("wide", locale=locale).items():
        read = read_date(name, TODAY.replace(day=24 if number == 0 else 23), Tense.FUTURE)
        assert isinstance(read, date), name
        assert read.weekday() == number, name
