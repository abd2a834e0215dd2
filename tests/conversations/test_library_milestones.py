"""The built-in forms of steps: what each records, branch by branch, in few answers."""

import pytest

from conversations.forms import Refusal, answer_text, begin, builtin_forms, question, submission
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, asked, builtin, walk

MILESTONES = [form.form_id for form in builtin_forms() if form.form_id.startswith("milestone-")]
STAGES = {"planned", "started", "completed", "stopped"}
MOST_ANSWERS = 6

# What is said (None: skipped), in French, and what is recorded.
WALKS: dict[str, list[tuple[str, list[str | None], dict[str, str]]]] = {
    "milestone-training": [
        (
            "planned",
            ["C'est prévu", "12/01/2027", "Couture", None],
            {"stage": "planned", "started_on": "2027-01-12", "occupation": "Couture"},
        ),
        (
            "started",
            ["J'ai commencé", "12/01/2026", "Couture", "Salé"],
            {"stage": "started", "started_on": "2026-01-12", "occupation": "Couture", "employer": "Salé"},
        ),
        (
            "completed",
            ["C'est terminé", "12/01/2026", "30/06/2026", "Couture", None, "oui"],
            {
                "stage": "completed",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Couture",
                "certificate": "yes",
            },
        ),
        (
            "stopped",
            ["4", "12/01/2026", "30/06/2026", "Couture", None],
            {
                "stage": "stopped",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Couture",
            },
        ),
    ],
    "milestone-internship": [
        (
            "started",
            ["J'ai commencé", "12/01/2026", "Accueil", "Rabat"],
            {"stage": "started", "started_on": "2026-01-12", "occupation": "Accueil", "employer": "Rabat"},
        ),
        (
            "completed",
            ["C'est terminé", "12/01/2026", "30/06/2026", "Accueil", None],
            {
                "stage": "completed",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Accueil",
            },
        ),
    ],
    "milestone-job-search": [
        (
            "cv",
            ["Mon CV est prêt", "12/01/2026", "Livraison"],
            {"step": "cv_ready", "started_on": "2026-01-12", "occupation": "Livraison", "stage": "started"},
        ),
        (
            "anapec",
            ["Inscription à l'ANAPEC", "12/01/2026", None],
            {"step": "registered_anapec", "started_on": "2026-01-12", "stage": "started"},
        ),
        (
            "interview",
            ["4", "12/01/2026", None, "Kénitra"],
            {"step": "interview", "started_on": "2026-01-12", "employer": "Kénitra", "stage": "started"},
        ),
        (
            "offer",
            ["J'ai reçu une offre", "12/01/2026", "Livraison", None],
            {
                "step": "offer",
                "started_on": "2026-01-12",
                "occupation": "Livraison",
                "stage": "completed",
                "ended_on": "2026-01-12",
            },
        ),
    ],
    "milestone-job": [
        (
            "started",
            ["1", "12/01/2026", "Couture", None, None],
            {"stage": "started", "started_on": "2026-01-12", "occupation": "Couture"},
        ),
        (
            "stopped",
            ["3", "12/01/2026", "30/06/2026", "Couture", "Salé", "intérim"],
            {
                "stage": "stopped",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Couture",
                "employer": "Salé",
                "contract": "temporary",
            },
        ),
    ],
    "milestone-business": [
        (
            "idea",
            ["C'est une idée", "12/01/2026", "Couscous", None],
            {
                "business_stage": "idea",
                "started_on": "2026-01-12",
                "occupation": "Couscous",
                "stage": "planned",
            },
        ),
        (
            "plan",
            ["2", "12/01/2026", "Couscous", None, None],
            {
                "business_stage": "plan",
                "started_on": "2026-01-12",
                "occupation": "Couscous",
                "stage": "planned",
            },
        ),
        (
            "registered",
            ["Elle est déclarée", "12/01/2026", "Couscous", "Auto-entrepreneur", "Chez Nour"],
            {
                "business_stage": "registered",
                "started_on": "2026-01-12",
                "occupation": "Couscous",
                "business_form": "auto_entrepreneur",
                "employer": "Chez Nour",
                "stage": "started",
            },
        ),
        (
            "first sale",
            ["J'ai fait une vente", "12/01/2026", "Couscous", "Pas encore déclarée", None],
            {
                "business_stage": "first_sale",
                "started_on": "2026-01-12",
                "occupation": "Couscous",
                "business_form": "not_registered",
                "stage": "started",
            },
        ),
        (
            "closed",
            ["Elle est arrêtée", "12/01/2026", "30/06/2026", "Couscous", None, None],
            {
                "business_stage": "closed",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Couscous",
                "stage": "stopped",
            },
        ),
    ],
    "milestone-cooperative": [
        (
            "member",
            ["Je suis membre", "12/01/2026", "Argan", "Salé"],
            {"stage": "started", "started_on": "2026-01-12", "occupation": "Argan", "employer": "Salé"},
        ),
        (
            "project",
            ["C'est un projet", "12/01/2027", "Argan", None],
            {"stage": "planned", "started_on": "2027-01-12", "occupation": "Argan"},
        ),
        (
            "left",
            ["J'ai quitté", "12/01/2026", "30/06/2026", "Argan", None],
            {
                "stage": "stopped",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Argan",
            },
        ),
    ],
    "milestone-administrative": [
        (
            "begun",
            ["Compte bancaire", "La demande est en cours", "12/01/2026"],
            {"matter": "bank_account", "stage": "started", "started_on": "2026-01-12"},
        ),
        (
            "obtained",
            ["Permis de conduire", "C'est obtenu", "12/01/2026", "30/06/2026"],
            {
                "matter": "driving_licence",
                "stage": "completed",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
            },
        ),
    ],
    "milestone-language-course": [
        (
            "started",
            ["Darija", "J'ai commencé", "12/01/2026", None, "Débutant"],
            {
                "course_language": "darija",
                "stage": "started",
                "started_on": "2026-01-12",
                "level": "beginner",
            },
        ),
        (
            "completed",
            ["Français", "C'est terminé", "12/01/2026", "30/06/2026", "Temara", None],
            {
                "course_language": "french",
                "stage": "completed",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "employer": "Temara",
            },
        ),
    ],
    "milestone-other": [
        (
            "started",
            ["Bénévolat", "J'ai commencé", "12/01/2026", None],
            {"occupation": "Bénévolat", "stage": "started", "started_on": "2026-01-12"},
        ),
        (
            "stopped",
            ["Bénévolat", "4", "12/01/2026", "30/06/2026", "Rabat"],
            {
                "occupation": "Bénévolat",
                "stage": "stopped",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "employer": "Rabat",
            },
        ),
    ],
}
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
