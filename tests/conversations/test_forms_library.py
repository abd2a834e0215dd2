"""The forms that come with the program: complete in three languages, short, and careful."""

import re

import pytest

from conversations.forms import (
    Filling,
    Form,
    QuestionType,
    Refusal,
    Surroundings,
    answer_text,
    begin,
    builtin_forms,
    question,
    read_xform,
    submission,
    summary,
)
from conversations.messages import Verbatim
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, asked, builtin, walk

IDS = [form.form_id for form in builtin_forms()]
SITUATIONS = {
    "employed",
    "self_employed",
    "cooperative_member",
    "in_training",
    "in_internship",
    "seeking_work",
    "inactive",
}


def names(form: Form) -> list[str]:
    return [field.name for field in form.fields]


def codes(form: Form, surroundings: Surroundings, filling: Filling) -> set[str]:
    now = question(form, filling, surroundings)
    assert now
    return {option.name for option in now.options}


@pytest.mark.parametrize("form_id", IDS)
def test_a_form_has_the_id_of_its_file_and_a_title(form_id: str) -> None:
    assert builtin(form_id).form_id == form_id
    assert builtin(form_id).title


@pytest.mark.parametrize("form_id", IDS)
def test_every_text_of_a_form_is_in_the_three_languages_and_short(form_id: str) -> None:
    form = builtin(form_id)
    for text_id, wording in form.texts.items():
        assert set(wording.texts) == {"fr", "ar", "en"}, text_id
        for template in wording.texts.values():
            assert 0 < len("".join(part for part in template if isinstance(part, str))) <= 200, text_id
    for field in form.fields:
        assert field.label.texts, field.path
        assert bool(field.constraint) == bool(field.constraint_message.texts), field.path
        assert bool(field.required) == bool(field.required_message.texts), field.path


@pytest.mark.parametrize("form_id", IDS)
def test_a_stored_form_reads_the_same_without_its_sheet(form_id: str) -> None:
    form = builtin(form_id)
    again = read_xform(form.xml, "v1")
    assert (again.form_id, again.languages, again.default_language) == (form_id, form.languages, "fr")
    assert [(field.path, field.type) for field in again.fields] == [
        (field.path, field.type) for field in form.fields
    ]


@pytest.mark.parametrize("form_id", IDS)
def test_no_form_asks_what_the_law_and_good_practice_forbid(form_id: str) -> None:
    forbidden = re.compile("ethni|origin|religi|health|residen|passport|cin|permit|phone|address")
    assert not [name for name in names(builtin(form_id)) if forbidden.search(name)]


def test_the_profile_asks_eight_questions_and_four_of_them_may_be_skipped() -> None:
    form = builtin("profile")
    filling = walk(form, FRENCH, "Amina", "femme", None, None, "salé", None, "6", None)
    assert asked(form, filling, FRENCH) is None
    assert len(form.fields) == 8
    assert submission(form, filling, FRENCH).values == {
        "first_name": "Amina",
        "gender": "woman",
        "city": "sale",
        "situation": "seeking_work",
    }


def test_the_profile_is_answered_in_arabic_with_arabic_figures() -> None:
    form = builtin("profile")
    filling = walk(form, ARABIC, "أمينة", "امراة", "١٩٩٥", "السنغال", "سلا", "ابتدائي", "٦", "خياطة")
    assert asked(form, filling, ARABIC) is None
    assert submission(form, filling, ARABIC).coded == {
        "gender": "woman",
        "birth_year": 1995,
        "nationality": "sn",
        "city": "sale",
        "education_level": "primary",
        "situation": "seeking_work",
    }


@pytest.mark.parametrize(
    ("year", "taken"), [("1939", False), ("1940", True), ("2011", True), ("2012", False)]
)
def test_a_birth_year_lies_between_1940_and_fifteen_years_ago(year: str, taken: bool) -> None:
    form = builtin("profile")
    result = answer_text(form, walk(form, ENGLISH, "Amina", "woman"), ENGLISH, year)
    assert isinstance(result, Filling) is taken
    if isinstance(result, Refusal):
        assert isinstance(result.line, Verbatim)
        assert "1995" in result.line.text


def test_the_situations_are_those_of_the_vocabulary() -> None:
    profile, check_in = builtin("profile"), builtin("check-in")
    at_situation = walk(profile, FRENCH, "Amina", "femme", None, None, "1", None)
    assert codes(profile, FRENCH, at_situation) == SITUATIONS
    assert codes(check_in, FRENCH, walk(check_in, FRENCH, "oui")) == SITUATIONS


def test_a_job_that_began_is_recorded_without_an_end() -> None:
    form = builtin("milestone-job")
    filling = walk(form, FRENCH, "1", "3 mars 2025", "couture", "Chez Fatou, Salé", "sans contrat écrit")
    assert asked(form, filling, FRENCH) is None
    assert submission(form, filling, FRENCH).values == {
        "stage": "started",
        "started_on": "2025-03-03",
        "occupation": "couture",
        "employer": "Chez Fatou, Salé",
        "contract": "no_written_contract",
    }
    assert ("/data/started_on", "3 mars 2025") in {
        (path, said) for path, _, said in summary(form, filling, FRENCH)
    }


def test_a_job_that_ended_also_asks_when() -> None:
    form = builtin("milestone-job")
    filling = walk(form, ENGLISH, "I stopped before the end", "3/3/2025")
    assert asked(form, filling, ENGLISH) == "ended_on"
    assert isinstance(answer_text(form, filling, ENGLISH, "2/3/2025"), Refusal)
    assert isinstance(answer_text(form, filling, ENGLISH, "24/11/2026"), Refusal)
    assert isinstance(answer_text(form, filling, ENGLISH, "3/3/2025"), Filling)


def test_a_job_cannot_begin_tomorrow() -> None:
    form = builtin("milestone-job")
    refused = answer_text(form, walk(form, FRENCH, "1"), FRENCH, "demain")
    assert isinstance(refused, Refusal)
    assert isinstance(refused.line, Verbatim)
    assert "aujourd" in refused.line.text


def test_a_check_in_without_news_is_one_answer() -> None:
    form = builtin("check-in")
    filling = walk(form, FRENCH, "non")
    assert asked(form, filling, FRENCH) is None
    assert submission(form, filling, FRENCH).values == {"changed": "no"}


def test_a_check_in_with_news_goes_on() -> None:
    form = builtin("check-in")
    filling = walk(form, ARABIC, "نعم", "١", None, None)
    assert asked(form, filling, ARABIC) is None
    assert submission(form, filling, ARABIC).values == {"changed": "yes", "situation": "employed"}


@pytest.mark.parametrize("surroundings", [FRENCH, ARABIC, ENGLISH])
def test_the_first_question_of_a_check_in_can_be_read_on_a_locked_screen(surroundings: Surroundings) -> None:
    form = builtin("check-in")
    first = question(form, begin(form, surroundings), surroundings)
    assert first
    assert first.type is QuestionType.SELECT_ONE
    shown = " ".join([first.label, first.hint, *first.notes, *(option.label for option in first.options)])
    assert not re.search(
        "migra|association|employ|patron|هجر|مهاجر|جمعية|مشغل|Carnet|Amuddu", shown, re.IGNORECASE
    )
