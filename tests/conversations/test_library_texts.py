"""The words of the built-in forms: in three languages, short enough for a chat, telling nothing to others."""

import re

import pytest

from conversations.forms import BuiltinForm, Form, QuestionType, Surroundings, begin, builtin_forms, question
from conversations.forms.lint import check_form
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, builtin

IDS = [form.form_id for form in builtin_forms()]
LANGUAGES = {"fr", "ar", "en"}
LIST_TITLE = 24  # characters of a WhatsApp list row
LONGER = {"profile", "check-in", "milestone-job"}  # their longest choices stay numbered text
UNASKED = [
    "check-in",
    "follow-up-job",
    "follow-up-business",
    "living-conditions",
    "living-conditions-with-trainer",
    "workshop-feedback",
]
TELLING = re.compile(
    r"migra|refug|associat|employ|patron|project|projet|هجر|مهاجر|لاجئ|جمعية|مشغل|carnet|logbook|amuddu",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(
    r"passeport|carte de séjour|titre de séjour|numéro de carte|ethni|religion|maladie|malade|diagnos|"
    r"passport|residence|\bill\b|illness|disease|identity card|جواز|إقامة|عرق|ديانة|مرض|بطاقة التعريف",
    re.IGNORECASE,
)


def shown(template: tuple[object, ...]) -> str:
    return "".join(part for part in template if isinstance(part, str))


def choice_texts(form: Form) -> dict[str, dict[str, str]]:
    """Each choice's label by language: their texts are those that belong to no node."""
    return {
        text_id: {language: shown(template) for language, template in wording.texts.items()}
        for text_id, wording in form.texts.items()
        if not text_id.startswith("/")
    }


def test_there_is_a_form_for_each_kind_of_step_and_each_planned_contact() -> None:
    kinds = "training internship job-search job business cooperative administrative language-course other"
    assert set(IDS) == {"profile", *(f"milestone-{kind}" for kind in kinds.split()), *UNASKED}


@pytest.mark.parametrize("form", builtin_forms(), ids=IDS)
def test_the_linter_finds_nothing(form: BuiltinForm) -> None:
    checked = check_form(form.source, "md")
    assert checked.findings == ()
    assert checked.form
    assert (checked.form.form_id, bool(checked.form.title)) == (form.form_id, True)


@pytest.mark.parametrize("form_id", IDS)
def test_every_text_stands_in_three_languages_and_is_short(form_id: str) -> None:
    form = builtin(form_id)
    assert form.form_id == form_id
    assert form.default_language == "fr"
    for text_id, wording in form.texts.items():
        assert set(wording.texts) == LANGUAGES, text_id
        for template in wording.texts.values():
            assert 0 < len(shown(template)) <= 120, text_id


@pytest.mark.parametrize("form_id", IDS)
def test_every_question_says_what_to_do_when_it_is_not_answered_well(form_id: str) -> None:
    for field in builtin(form_id).fields:
        assert field.label.texts, field.path
        assert bool(field.constraint) == bool(field.constraint_message.texts), field.path
        assert bool(field.required) == bool(field.required_message.texts), field.path
        if field.type is not QuestionType.NOTE and not field.required:
            assert "passer" in shown(field.hint.texts["fr"]), f"{field.path} does not say it may be skipped"


@pytest.mark.parametrize("form_id", IDS)
def test_the_arabic_is_arabic_and_the_others_are_not(form_id: str) -> None:
    arabic = re.compile(r"[\u0600-\u06ff]")
    for text_id, wording in builtin(form_id).texts.items():
        assert arabic.search(shown(wording.texts["ar"])), text_id
        assert not arabic.search(shown(wording.texts["fr"]) + shown(wording.texts["en"])), text_id


@pytest.mark.parametrize("form_id", [form_id for form_id in IDS if form_id not in LONGER])
def test_choices_fit_on_a_button(form_id: str) -> None:
    for text_id, labels in choice_texts(builtin(form_id)).items():
        assert max(map(len, labels.values())) <= LIST_TITLE, text_id


@pytest.mark.parametrize("form_id", IDS)
def test_no_two_choices_of_a_list_read_alike(form_id: str) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for text_id, labels in choice_texts(builtin(form_id)).items():
        for language, label in labels.items():
            key = (text_id.rpartition("-")[0], language, label)
            assert seen.setdefault(key, text_id) == text_id


@pytest.mark.parametrize("form_id", IDS)
def test_no_form_asks_for_a_number_of_identity_origin_illness_or_residence(form_id: str) -> None:
    for text_id, wording in builtin(form_id).texts.items():
        for template in wording.texts.values():
            assert not FORBIDDEN.search(shown(template)), text_id


@pytest.mark.parametrize("form_id", IDS)
def test_no_form_asks_for_a_file(form_id: str) -> None:
    assert not re.search(r"<upload|binary", builtin(form_id).xml)


@pytest.mark.parametrize("surroundings", [FRENCH, ARABIC, ENGLISH], ids=["fr", "ar", "en"])
@pytest.mark.parametrize("form_id", UNASKED)
def test_what_we_send_unasked_can_be_read_by_anyone_on_a_locked_screen(
    form_id: str, surroundings: Surroundings
) -> None:
    form = builtin(form_id)
    first = question(form, begin(form, surroundings), surroundings)
    assert first
    said = [first.label, first.hint, *first.notes, *(option.label for option in first.options)]
    assert not TELLING.search(" ".join(said))
