"""Recording a step: any kind, in few messages, as exactly as the person knows it."""

import pytest

from conversations import changes as did
from conversations.session import Place
from conversations.steps.kinds import KINDS, form_of, kind_of
from conversations.vocabulary import Language, MilestoneKind, Stage
from tests.conversations.milestone_walks import WALKS
from tests.conversations.talking import Talk, participant

MOST_MESSAGES = 6  # counted from the menu
JOB = {
    Language.FRENCH: ("1", "1", "1", "12/03/2025", "Couturière", "1"),
    Language.ARABIC: ("١", "عمل", "١", "١٢/٠٣/٢٠٢٥", "خياطة", "نعم"),
    Language.ENGLISH: ("record a step", "job", "I have started", "12 March 2025", "Tailor", "yes"),
}


def recorded(talk: Talk) -> did.MilestoneRecorded:
    return talk.did(did.MilestoneRecorded)[-1]


@pytest.mark.parametrize("language", Language)
def test_a_job_is_recorded_in_at_most_six_messages(language: Language) -> None:
    talk = participant(language)
    talk.says(*JOB[language])
    assert len(JOB[language]) <= MOST_MESSAGES
    step = recorded(talk)
    assert (step.kind, step.stage, step.started_on) == (MilestoneKind.JOB, Stage.STARTED, "2025-03-12")
    assert step.details == {"occupation": JOB[language][4]}
    heard = talk.taps("logbook")
    assert JOB[language][4] in heard
    assert "2025" in heard


def test_a_job_is_recorded_with_buttons_alone_where_there_are_buttons() -> None:
    talk = participant()
    for value in ("record", "job", "started"):
        talk.taps(value)
    talk.says("mars 2025", "Couturière")
    talk.taps("confirm")
    assert recorded(talk).started_on == "2025-03"


@pytest.mark.parametrize(
    ("language", "read_back"),
    [
        (Language.FRENCH, "Activité : Couturière"),
        (Language.ARABIC, "النشاط: خياطة"),
        (Language.ENGLISH, "Activity: Tailor"),
    ],
)
def test_answers_are_read_back_as_the_language_sets_its_colon(language: Language, read_back: str) -> None:
    talk = participant(language)
    assert f"• {read_back}" in talk.says(*JOB[language][:-1])
    talk.taps("change")
    assert any(read_back == getattr(choice.label, "text", "") for choice in talk.prompts[-1].choices)


def test_details_are_asked_when_they_are_wanted_and_the_contract_stays_sealed() -> None:
    talk = participant()
    talk.says("travail", "1", "12/03/2025", "Couturière")
    talk.taps("details")
    talk.says("Atelier Noor")
    talk.taps("temporary")
    assert talk.where() is Place.PROOF, talk.heard
    talk.taps("none")
    assert "Atelier Noor" in talk.heard
    talk.taps("confirm")
    assert recorded(talk).details == {
        "occupation": "Couturière",
        "employer": "Atelier Noor",
        "contract": "temporary",
    }
    submitted = talk.did(did.FormSubmitted)[-1]
    assert "contract" not in submitted.coded, "the contract is kept encrypted only"


def test_each_kind_is_offered_and_has_its_form() -> None:
    talk = participant()
    talk.taps("record")
    assert [choice.value for choice in talk.prompts[-1].choices] == list(KINDS)
    assert set(KINDS) == set(MilestoneKind)
    assert {form_of(kind) for kind in MilestoneKind} == set(WALKS)


@pytest.mark.parametrize(
    ("form_id", "said", "values"),
    [(form_id, *case) for form_id, cases in WALKS.items() for _, *case in cases],
    ids=[f"{form_id} {label}" for form_id, cases in WALKS.items() for label, *_ in cases],
)
def test_every_kind_and_stage_becomes_a_step(
    form_id: str, said: list[str | None], values: dict[str, str]
) -> None:
    talk = participant()
    talk.taps("record")
    talk.taps(kind_of(form_id))
    for text in said:
        if talk.where() is Place.CONFIRM and "details" in [c.value for c in talk.prompts[-1].choices]:
            talk.taps("details")
        talk.says("passer" if text is None else text)
    if talk.where() is Place.PROOF:
        talk.says("passer")
    assert talk.where() is Place.CONFIRM, talk.heard
    talk.taps("confirm")
    step = recorded(talk)
    held = {"stage": step.stage.value, "started_on": step.started_on, "ended_on": step.ended_on}
    assert {name: value for name, value in {**held, **step.details}.items() if value} == values
    assert step.kind is kind_of(form_id)
    heard = talk.taps("logbook")
    assert "Votre carnet contient 1 étape" in heard


@pytest.mark.parametrize(
    ("word", "form_id"),
    [
        ("travail", "milestone-job"),
        ("Formation", "milestone-training"),
        ("un stage", "milestone-internship"),
        ("عمل", "milestone-job"),
        ("العمل", "milestone-job"),
        ("خدمة", "milestone-job"),
        ("تكوين", "milestone-training"),
        ("job", "milestone-job"),
        ("internship", "milestone-internship"),
        ("coopérative", "milestone-cooperative"),
        ("khedma", "milestone-job"),
    ],
)
def test_the_name_of_a_kind_at_the_menu_leads_straight_to_its_form(word: str, form_id: str) -> None:
    talk = participant()
    talk.says(word)
    assert talk.where() is Place.FORM, talk.heard
    assert talk.snapshot.session.front.filling.form_id == form_id


@pytest.mark.parametrize(
    ("said", "kept", "shown"),
    [
        ("mars 2025", "2025-03", "depuis mars 2025"),
        ("03/2025", "2025-03", "depuis mars 2025"),
        ("2024", "2024", "depuis 2024"),
        ("en 2026", "2026", "depuis 2026"),
        ("novembre 2026", "2026-11", "depuis novembre 2026"),
        ("12/03/2025", "2025-03-12", "depuis le 12 mars 2025"),
    ],
)
def test_a_date_is_kept_as_exactly_as_it_is_known(said: str, kept: str, shown: str) -> None:
    talk = participant()
    talk.says("travail", "1", said, "Couturière", "1")
    assert recorded(talk).started_on == kept
    assert shown in talk.says("carnet")


@pytest.mark.parametrize("said", ["décembre 2026", "2027", "24/11/2026"])
def test_what_has_happened_lies_in_the_past_however_vague(said: str) -> None:
    talk = participant()
    heard = talk.says("travail", "1", said)
    assert "pas encore arrivée" in heard
    assert talk.where() is Place.FORM


@pytest.mark.parametrize("said", ["décembre 2026", "2027", "24/11/2026"])
def test_what_is_planned_may_lie_ahead(said: str) -> None:
    talk = participant()
    talk.says("travail", "4", said, "Couturière", "1")
    assert recorded(talk).stage is Stage.PLANNED


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        ("mars 2025", "2025", True),
        ("mars 2025", "mars 2025", True),
        ("12/03/2025", "mars 2025", True),
        ("2025", "01/2025", True),
        ("mars 2025", "février 2025", False),
        ("mars 2025", "2024", False),
        ("mars 2025", "28/02/2025", False),
    ],
)
def test_the_end_comes_after_the_start_as_far_as_both_are_known(start: str, end: str, fits: bool) -> None:
    talk = participant()
    heard = talk.says("travail", "2", start, end)
    assert ("après le début" not in heard) is fits
