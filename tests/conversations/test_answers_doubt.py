"""What can mean two things is asked about, and the next message picks; nothing is held before."""

from dataclasses import replace

import pytest

from conversations.forms import (
    Filling,
    Form,
    Surroundings,
    answer_option,
    answer_text,
    back,
    begin,
    question,
    skip,
)
from conversations.forms import submission as submitted
from tests.conversations.sheets import ARABIC, FRENCH, sheet

HAPPENED = sheet("| date | a | A? | | | . <= today() | | |\n| text | b | B? | | | | | |")
ANY_DAY = sheet("| date | a | A? | | | | | |\n| text | b | B? | | | | | |")
TOWNS = sheet(
    "| select_one town | a | A? | | | | | |\n| text | b | B? | | | | | |",
    "| town | kacem | Sidi Kacem | |\n| town | slimane | Sidi Slimane | |\n| town | rabat | Rabat | |",
)


def said(form: Form, surroundings: Surroundings, *texts: str) -> Filling:
    filling = begin(form, surroundings)
    for text in texts:
        after = answer_text(form, filling, surroundings, text)
        assert isinstance(after, Filling), after
        filling = after
    return filling


def offered(form: Form, filling: Filling, surroundings: Surroundings) -> list[str]:
    asked = question(form, filling, surroundings)
    assert asked
    return [option.label for option in asked.readings]


def test_a_day_without_year_is_asked_about_where_two_fit() -> None:
    filling = said(ANY_DAY, FRENCH, "le 3 mars")
    assert offered(ANY_DAY, filling, FRENCH) == ["3 mars 2026", "3 mars 2027"]
    assert offered(ANY_DAY, filling, ARABIC) == ["3 مارس 2026", "3 مارس 2027"]
    assert "a" not in submitted(ANY_DAY, filling, FRENCH).values


@pytest.mark.parametrize("text", ["2", "٢", "le 3 mars 2027", "3 mars 2027", "03/03/2027", "la deuxième"])
def test_the_next_message_picks_a_reading(text: str) -> None:
    filling = said(ANY_DAY, FRENCH, "le 3 mars", text)
    assert submitted(ANY_DAY, filling, FRENCH).values["a"] == "2027-03-03"
    assert filling.readings == ()


def test_a_tap_picks_a_reading() -> None:
    after = answer_option(ANY_DAY, said(ANY_DAY, FRENCH, "le 3 mars"), FRENCH, "2026-03-03")
    assert isinstance(after, Filling)
    assert submitted(ANY_DAY, after, FRENCH).values["a"] == "2026-03-03"


def test_another_answer_may_be_given_instead() -> None:
    filling = said(ANY_DAY, FRENCH, "le 3 mars", "5/6/2024")
    assert submitted(ANY_DAY, filling, FRENCH).values["a"] == "2024-06-05"


def test_the_rule_of_the_question_decides_where_it_can() -> None:
    filling = said(HAPPENED, FRENCH, "le 3 mars")
    assert submitted(HAPPENED, filling, FRENCH).values["a"] == "2026-03-03"


def test_skipping_and_going_back_forget_the_readings() -> None:
    unsure = said(ANY_DAY, FRENCH, "le 3 mars")
    after = skip(ANY_DAY, unsure, FRENCH)
    assert isinstance(after, Filling)
    assert after.readings == ()
    later = replace(said(ANY_DAY, FRENCH, "5/6/2024"), readings=("x",))
    assert back(ANY_DAY, later).readings == ()


def test_two_labels_that_fit_are_offered() -> None:
    unsure = said(TOWNS, FRENCH, "sidi")
    assert offered(TOWNS, unsure, FRENCH) == ["Sidi Kacem", "Sidi Slimane"]
    picked = said(TOWNS, FRENCH, "sidi", "2")
    assert submitted(TOWNS, picked, FRENCH).values["a"] == "slimane"


def test_several_choices_with_a_dash_are_a_range_or_a_list() -> None:
    form = sheet(
        "| select_multiple n | a | A? | | | | | |",
        "| n | x | Un | |\n| n | y | Deux | |\n| n | z | Trois | |",
    )
    unsure = said(form, FRENCH, "1-3")
    assert offered(form, unsure, FRENCH) == ["Un, Deux, Trois", "Un, Trois"]
    assert submitted(form, said(form, FRENCH, "1-3", "1"), FRENCH).values["a"] == "x y z"


def test_one_reading_is_confirmed_with_a_yes() -> None:
    form = sheet("| integer | a | A? | | | | | |")
    assert offered(form, said(form, FRENCH, "1,234"), FRENCH) == ["1234"]
    assert submitted(form, said(form, FRENCH, "1,234", "oui"), FRENCH).values["a"] == "1234"
    assert submitted(form, said(form, FRENCH, "1,234", "12"), FRENCH).values["a"] == "12"


def test_readings_that_the_rule_excludes_are_not_offered() -> None:
    form = sheet("| decimal | a | A? | | | . > 100 | | |")
    assert submitted(form, said(form, FRENCH, "1.234"), FRENCH).values["a"] == "1234"


def test_a_choice_of_another_question_is_no_reading() -> None:
    unsure = said(ANY_DAY, FRENCH, "le 3 mars")
    assert not isinstance(answer_option(ANY_DAY, unsure, FRENCH, "2024-01-01"), Filling)
