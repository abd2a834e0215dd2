"""Whoever corrects themselves is taken at the last word; whoever wavers is asked; no limit is passed over."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers import Ambiguous, Chosen, choose_several
from conversations.answers.choice_words import NEGATIONS
from conversations.answers.framing import LIMITING
from conversations.answers.second_words import NEARLY
from conversations.forms import Option, Question, QuestionType
from conversations.forms.understand import understand
from conversations.vocabulary import Language
from tests.conversations.answers import TODAY

NUMBERS = st.integers(0, 99_999)
CORRECTIONS = ("pardon", "non pardon", "je voulais dire", "no sorry", "i mean", "عفوا", "قصدي", "sme7 lia")
OR = ("ou", "or", "أو", "wla")
STEPS = ("Emploi", "Formation", "Stage", "Création d'entreprise")
OPTIONS = tuple(Option(str(place), label) for place, label in enumerate(STEPS))
OF_ANOTHER_SENSE = {"ma", "ne", "no"}  # «my», «né» and «no. 7»
BUT = ("tout sauf {}", "all except {}", "كلهم غير {}", "kolchi men ghir {}")


def asking(type: QuestionType) -> Question:
    return Question(path="/data/q", name="q", type=type, label="", hint="", required=True)


def number(text: str) -> object:
    return understand(asking(QuestionType.INTEGER), text, Language.FRENCH, TODAY)


@given(NUMBERS, NUMBERS, st.sampled_from(CORRECTIONS))
@settings(deadline=None)
def test_the_corrected_number_is_read(first: int, second: int, correction: str) -> None:
    assert number(f"{first} {correction} {second}") == second
    assert number(f"{first}, {correction}, {second}") == second


@given(NUMBERS, NUMBERS, st.sampled_from(OR))
@settings(deadline=None)
def test_between_two_numbers_the_person_is_asked(first: int, second: int, border: str) -> None:
    assert number(f"{first} {border} {second}") == Ambiguous(tuple(dict.fromkeys((first, second))))


@pytest.mark.parametrize("word", sorted((LIMITING | NEGATIONS) - OF_ANOTHER_SENSE - NEARLY[1]))
def test_no_word_that_limits_or_denies_a_number_is_passed_over(word: str) -> None:
    assert number(f"{word} 7") != 7
    assert number(f"7 {word}") != 7


@pytest.mark.parametrize("word", sorted(NEARLY[1]))
def test_nearly_a_number_is_that_number(word: str) -> None:
    assert number(f"{word} 27") == 27


@pytest.mark.parametrize("phrase", BUT)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_all_but_some_is_every_other_choice(phrase: str, count: int) -> None:
    for left_out in combinations(range(len(STEPS)), count):
        for named in (
            " et ".join(STEPS[place] for place in left_out),
            ", ".join(str(n + 1) for n in left_out),
        ):
            rest = tuple(str(place) for place in range(len(STEPS)) if place not in left_out)
            assert choose_several(phrase.format(named), OPTIONS, Language.FRENCH) == Chosen(rest)
