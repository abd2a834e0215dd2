"""The built-in forms that we send: follow-ups, living conditions with their score, feedback."""

import pytest

from conversations.forms import QuestionType, Refusal, answer_text, submission
from conversations.vocabulary import Language
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, asked, builtin, walk

ITEMS = 11  # scored questions of the living-conditions instrument
SAFETY = 3  # questions asked only together with a trainer


def living(*said: str | None, form_id: str = "living-conditions") -> dict[str, str]:
    form = builtin(form_id)
    filling = walk(form, FRENCH, *said)
    assert asked(form, filling, FRENCH) is None
    return dict(submission(form, filling, FRENCH).values)


def test_someone_who_kept_their_work_answers_three_questions_and_may_skip_the_rest() -> None:
    form = builtin("follow-up-job")
    filling = walk(form, FRENCH, "Oui, le même", "Plutôt oui", None, "non")
    assert asked(form, filling, FRENCH) is None
    assert submission(form, filling, FRENCH).values == {
        "still": "same",
        "going_well": "rather_yes",
        "need": "no",
    }


def test_someone_who_lost_their_work_is_asked_when_and_what_would_help() -> None:
    form = builtin("follow-up-job")
    filling = walk(form, ARABIC, "لا، بدون عمل الآن", "30/06/2026", None, "نعم", "سيرة ذاتية")
    assert asked(form, filling, ARABIC) is None
    assert submission(form, filling, ARABIC).values == {
        "still": "none",
        "ended_on": "2026-06-30",
        "need": "yes",
        "need_what": "سيرة ذاتية",
    }


def test_someone_with_another_job_is_asked_about_both() -> None:
    form = builtin("follow-up-job")
    filling = walk(form, ENGLISH, "No, I have another", None, "I found better", "1", "Yes, fully", None)
    assert asked(form, filling, ENGLISH) is None
    assert submission(form, filling, ENGLISH).values == {
        "still": "other",
        "reason": "better",
        "going_well": "yes",
        "paid_as_agreed": "yes",
    }


def test_a_business_that_goes_on_tells_how_far_it_is() -> None:
    form = builtin("follow-up-business")
    filling = walk(form, FRENCH, "oui", "J'ai fait une vente", "Oui, un peu", "2", None)
    assert asked(form, filling, FRENCH) is None
    assert submission(form, filling, FRENCH).values == {
        "still": "yes",
        "business_stage": "first_sale",
        "earned": "some",
        "people": "2",
    }
    assert isinstance(answer_text(form, walk(form, FRENCH, "oui", "2", None), FRENCH, "0"), Refusal)


def test_a_business_that_stopped_is_asked_when() -> None:
    form = builtin("follow-up-business")
    filling = walk(form, FRENCH, "non", "30/06/2026", "oui", None)
    assert asked(form, filling, FRENCH) is None
    assert submission(form, filling, FRENCH).values == {
        "still": "no",
        "ended_on": "2026-06-30",
        "need": "yes",
    }


def test_feedback_is_one_answer_and_three_that_may_be_skipped() -> None:
    form = builtin("workshop-feedback")
    filling = walk(form, FRENCH, "Oui, tout à fait", None, None, None)
    assert asked(form, filling, FRENCH) is None
    assert submission(form, filling, FRENCH).values == {"useful": "yes"}


def test_the_instrument_is_short_and_every_question_may_be_skipped() -> None:
    form = builtin("living-conditions")
    assert len(form.fields) == ITEMS + 1 <= 12
    assert not [field.path for field in form.fields if field.required]


@pytest.mark.parametrize(
    ("label", "said", "score"),
    [
        ("all yes", ["1"] * ITEMS, "100"),
        ("all no", ["4"] * ITEMS, "0"),
        ("all rather yes", ["2"] * ITEMS, "67"),
        ("half and half", ["1"] * 5 + ["4"] * 6, "45"),
        ("eight answers are enough", ["1"] * 4 + ["3"] * 4 + [None] * 3, "67"),
        ("seven are not", ["1"] * 7 + [None] * 4, None),
    ],
)
def test_the_score_is_the_mean_of_what_was_answered(
    label: str, said: list[str | None], score: str | None
) -> None:
    values = living("7", *said)
    assert values.get("score") == score, label
    assert values["answered"] == str(len(said) - said.count(None))
    assert values["instrument"] == "living-conditions-1"


def test_the_ladder_stands_beside_the_score() -> None:
    assert living("0", *["1"] * ITEMS)["score"] == living("10", *["1"] * ITEMS)["score"] == "100"
    form = builtin("living-conditions")
    assert isinstance(answer_text(form, walk(form, FRENCH), FRENCH, "11"), Refusal)
    assert walk(form, ARABIC, "١٠").answers["/data/ladder"] == "10"


def test_only_the_version_with_a_trainer_asks_about_safety_and_it_scores_alike() -> None:
    alone = {field.name for field in builtin("living-conditions").fields}
    together = builtin("living-conditions-with-trainer")
    extra = [field.name for field in together.fields if field.name not in alone]
    assert len(extra) == SAFETY
    assert all(name.startswith("safe_") for name in extra)
    assert alone < {field.name for field in together.fields}
    answers = ["5", *["2"] * ITEMS]
    by_oneself, with_trainer = (
        living(*answers),
        living(*answers, *["4"] * SAFETY, form_id="living-conditions-with-trainer"),
    )
    assert {name: with_trainer[name] for name in by_oneself} == by_oneself
    assert with_trainer["safe_home"] == "no"


def test_no_question_asks_about_health() -> None:
    care = next(field for field in builtin("living-conditions").fields if field.name == "care")
    assert care.type is QuestionType.SELECT_ONE
    assert "médecin" in "".join(map(str, care.label.texts[Language.FRENCH.value]))  # access, not illness
