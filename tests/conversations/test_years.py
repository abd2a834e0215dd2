"""A year of birth that is answered with an age, a day, or two figures: the years are proposed."""

import pytest

from conversations.session import Place
from conversations.vocabulary import Language
from tests.conversations.sheets import sheet
from tests.conversations.talking import NAME, Talk, newcomer
from tests.conversations.test_forms_chat import talking

ALL = pytest.mark.parametrize("language", Language)


def asked(language: Language = Language.FRENCH) -> Talk:
    """Someone who is asked in which year they were born."""
    talk = newcomer(language)
    talk.says("1", "1", NAME[language], "1")
    return talk


def born(talk: Talk) -> str:
    answers = talk.snapshot.session.front.filling.answers
    return next((value for path, value in answers.items() if path.endswith("/birth_year")), "")


def offered(talk: Talk) -> list[str]:
    return [choice.value for choice in talk.prompts[-1].choices]


AGES = ["29 ans", "j’ai 29 ans", "im 29", "I am 29 years old", "عمري ٢٩ سنة", "3ndi 29 3am", "vingt-neuf ans"]


@ALL
@pytest.mark.parametrize("words", AGES)
def test_an_age_proposes_the_two_years_that_fit(language: Language, words: str) -> None:
    talk = asked(language)
    talk.says(words)
    assert offered(talk) == ["1997", "1996"]
    assert born(talk) == ""
    talk.taps("1996")
    assert born(talk) == "1996"


def test_the_proposed_year_can_be_typed_or_another_one() -> None:
    assert born_after("29 ans", "2") == "1996"
    assert born_after("29 ans", "1997") == "1997"
    assert born_after("29 ans", "1988") == "1988"


def born_after(*answers: str) -> str:
    talk = asked()
    talk.says(*answers)
    return born(talk)


@pytest.mark.parametrize(("words", "first"), [("97", "1997"), ("05", "2005"), ("29", "1997"), ("72", "1972")])
def test_two_figures_may_be_an_age_or_the_end_of_a_year(words: str, first: str) -> None:
    talk = asked()
    talk.says(words)
    assert offered(talk)[0] == first
    assert born(talk) == ""


@pytest.mark.parametrize("words", ["12/03/1997", "le 12 mars 1997", "mars 1997", "12 مارس 1997"])
def test_a_day_of_birth_proposes_its_year(words: str) -> None:
    talk = asked()
    talk.says(words)
    assert offered(talk) == ["1997"]
    talk.says("oui")
    assert born(talk) == "1997"


@ALL
@pytest.mark.parametrize("words", ["bonjour toi", "3", "2025", "1850", "5 ans", "0612345678"])
def test_what_is_no_year_gets_an_example_that_is_one(language: Language, words: str) -> None:
    talk = asked(language)
    heard = talk.says(words)
    assert "1995" in heard
    assert ": 12" not in heard
    assert born(talk) == ""
    assert [choice.value for choice in talk.prompts[-1].beside] == ["@skip"]


def test_zero_still_leads_to_the_menu() -> None:
    talk = asked()
    talk.says("0")
    assert talk.where() is Place.HOME


@pytest.mark.parametrize("rule", ["", ". > 0", ". >= 15 and . <= 99", ". >= 500"])
def test_a_number_that_is_no_year_is_taken_as_it_is(rule: str) -> None:
    rows = f"| integer | many | Combien ? | | | {rule} | | |\n| text | end | Fin ? | | | | | |"
    talk = talking(sheet(rows))
    talk.says("29 ans")
    assert talk.prompts[-1].choices == ()
