"""The built-in forms of steps: what each records, branch by branch, in few answers."""

import pytest

from conversations.forms import Refusal, answer_text, begin, builtin_forms, question, submission
from tests.conversations.milestone_walks import WALKS
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, asked, builtin, walk

MILESTONES = [form.form_id for form in builtin_forms() if form.form_id.startswith("milestone-")]
STAGES = {"planned", "started", "completed", "stopped"}
MOST_ANSWERS = 6

CASES = [(form_id, *case) for form_id, cases in WALKS.items() for case in cases]


def test_every_form_of_a_step_is_walked() -> None:
    assert set(WALKS) == set(MILESTONES)


@pytest.mark.parametrize(
    ("form_id", "label", "said", "recorded"),
    CASES,
    ids=[f"{form_id} {label}" for form_id, label, *_ in CASES],
)
def test_a_step_is_recorded_in_few_answers(
    form_id: str, label: str, said: list[str | None], recorded: dict[str, str]
) -> None:
    form = builtin(form_id)
    filling = walk(form, FRENCH, *said)
    assert asked(form, filling, FRENCH) is None
    assert submission(form, filling, FRENCH).values == recorded
    assert recorded["stage"] in STAGES
    assert len(said) <= MOST_ANSWERS


@pytest.mark.parametrize("form_id", MILESTONES)
def test_a_step_has_a_stage_and_a_date_whatever_is_skipped(form_id: str) -> None:
    """The convention by which a completed form becomes a step of the logbook."""
    form = builtin(form_id)
    names = {field.name for field in form.fields}
    assert {"started_on", "ended_on"} - names <= {"ended_on"}
    assert next(field for field in form.fields if field.name == "started_on").required
    for _, said, recorded in WALKS[form_id]:
        assert recorded["started_on"] <= recorded.get("ended_on", "9999"), said
        assert "ended_on" not in recorded or recorded["stage"] in {"completed", "stopped"}


@pytest.mark.parametrize(
    ("form_id", "before"),
    [
        ("milestone-training", ["J'ai commencé"]),
        ("milestone-job-search", ["1"]),
        ("milestone-business", ["3"]),
        ("milestone-administrative", ["1", "1"]),
    ],
)
def test_what_has_happened_did_not_happen_tomorrow(form_id: str, before: list[str]) -> None:
    form = builtin(form_id)
    filling = walk(form, FRENCH, *before)
    assert asked(form, filling, FRENCH) == "started_on"
    assert isinstance(answer_text(form, filling, FRENCH, "24/11/2026"), Refusal)
    assert not isinstance(answer_text(form, filling, FRENCH, "23/11/2026"), Refusal)


def test_an_end_before_the_start_is_refused() -> None:
    form = builtin("milestone-business")
    filling = walk(form, ENGLISH, "It has closed", "12/01/2026")
    assert isinstance(answer_text(form, filling, ENGLISH, "11/01/2026"), Refusal)


def test_administrative_steps_are_a_closed_list_without_words_or_photos() -> None:
    form = builtin("milestone-administrative")
    first = question(form, begin(form, FRENCH), FRENCH)
    assert first
    assert [option.name for option in first.options] == [
        "diploma_recognition",
        "bank_account",
        "social_security",
        "driving_licence",
    ]
    assert {field.type.value for field in form.fields} == {"select_one", "date"}


def test_a_step_is_recorded_in_arabic_too() -> None:
    form = builtin("milestone-training")
    filling = walk(form, ARABIC, "بدأتُ", "١٢/٠١/٢٠٢٦", "خياطة", "سلا")
    assert submission(form, filling, ARABIC).coded == {"stage": "started", "started_on": "2026-01-12"}
