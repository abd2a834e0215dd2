"""Several things begun and left: no answer in them is lost, and each can be gone on with."""

import pytest

from conversations import changes as did
from conversations.session import MOST_PARKED, Place
from conversations.vocabulary import ContactState, Language, MilestoneKind
from tests.conversations.talking import Talk, participant

ALL = pytest.mark.parametrize("language", Language)


def begun(talk: Talk, kind: str, *answers: str) -> Talk:
    talk.says("menu")
    talk.taps("record")
    talk.taps(kind)
    talk.says(*answers)
    return talk


def kinds(talk: Talk) -> list[MilestoneKind]:
    return [step.kind for step in talk.did(did.MilestoneRecorded) if isinstance(step, did.MilestoneRecorded)]


@ALL
def test_a_job_and_a_training_half_noted_are_both_finished(language: Language) -> None:
    talk = begun(participant(language), "job", "1", "2024")
    begun(talk, "training", "1")
    talk.says("menu")
    talk.taps("resume")
    assert talk.where() is Place.RESUME
    talk.taps("1")
    talk.says("Couture")
    talk.taps("confirm")
    assert kinds(talk) == [MilestoneKind.JOB]
    talk.taps("resume")
    assert talk.where() is Place.FORM, "only one is left"
    talk.says("2025", "Cuisine")
    if talk.where() is Place.FORM:
        talk.says("1")
    talk.taps("confirm")
    assert kinds(talk) == [MilestoneKind.JOB, MilestoneKind.TRAINING]
    assert "resume" not in [choice.value for choice in talk.prompts[-1].choices]


@ALL
def test_two_jobs_are_told_apart_by_what_was_said_of_them(language: Language) -> None:
    talk = begun(participant(language), "job", "1", "2024", "Couture")
    begun(talk, "job", "1")
    heard = talk.says("menu", "continue")
    assert "Couture" in heard
    assert "2026" in heard, "the other one by the day it was begun"
    talk.taps("1")
    assert talk.where() is Place.CONFIRM or "Couture" in talk.heard


def test_a_step_of_which_nothing_was_answered_takes_no_room() -> None:
    talk = begun(participant(), "job")
    begun(talk, "training")
    begun(talk, "job")
    talk.says("menu")
    talk.taps("resume")
    assert talk.where() is Place.FORM


def test_a_half_answered_check_in_is_not_lost_to_the_next_one() -> None:
    talk = participant().later(days=7)
    talk.is_due("contact1")
    talk.says("oui", "1")
    talk.later(days=30).is_due("contact2")
    talk.says("non")
    talk.taps("resume")
    talk.says("tout va bien", "passer")
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes


def test_the_list_has_a_way_out_and_understands_names() -> None:
    talk = begun(participant(), "job", "1")
    begun(talk, "training", "1")
    talk.says("menu", "continuer", "🌸")
    assert talk.where() is Place.RESUME
    talk.says("travail")
    assert talk.snapshot.session.front.filling.form_id == "milestone-job"
    talk.says("menu", "continuer")
    talk.taps("menu")
    assert talk.where() is Place.HOME


def test_what_is_kept_of_things_begun_has_an_end() -> None:
    talk = participant()
    for _ in range(MOST_PARKED + 5):
        begun(talk, "job", "1")
    assert len(talk.snapshot.session.parked) == MOST_PARKED
    talk.says("menu", "continuer")
    assert len(talk.prompts[-1].choices) <= 10
