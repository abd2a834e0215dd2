"""News of a step that is recorded: the recorded one is proposed first, even where the day does not agree."""

import pytest

from conversations import changes as did
from conversations.session import Place
from conversations.vocabulary import Language, MilestoneKind, Stage
from tests.conversations.talking import Talk, participant

FINISHED = {
    Language.FRENCH: "le travail que j’ai commencé hier est terminé",
    Language.ARABIC: "العمل انتهى أمس",
    Language.ENGLISH: "the job I started yesterday: finished",
}


def with_jobs(language: Language, *works: str) -> Talk:
    talk = participant(language)
    for work in works:
        talk.says("menu")
        talk.taps("record")
        talk.taps("job")
        talk.says("1", "12/05/2026", work)
        talk.taps("confirm")
    return talk


def last_step(talk: Talk) -> did.MilestoneRecorded:
    [*_, step] = talk.did(did.MilestoneRecorded)
    assert isinstance(step, did.MilestoneRecorded)
    return step


@pytest.mark.parametrize("language", Language)
def test_the_recorded_job_is_proposed_and_keeps_its_beginning(language: Language) -> None:
    talk = with_jobs(language, "Noor")
    assert "Noor" in talk.says(FINISHED[language])
    assert talk.where() is Place.PROPOSE
    talk.taps("yes")
    if talk.where() is Place.FORM:
        talk.says("20/11/2026")
    if talk.where() is Place.CONFIRM:
        talk.taps("confirm")
    step = last_step(talk)
    assert (step.version, step.stage, step.started_on) == (2, Stage.COMPLETED, "2026-05-12")


def test_a_no_leads_to_a_new_step_with_all_that_was_said() -> None:
    talk = with_jobs(Language.FRENCH, "Noor")
    talk.says(FINISHED[Language.FRENCH])
    assert "nouvelle étape" in talk.taps("no")
    assert talk.where() is Place.PROPOSE
    talk.taps("yes")
    assert "2026-11-22" in talk.snapshot.session.front.filling.answers.values()
    assert talk.snapshot.session.front.revises == ""


def test_a_second_no_is_for_the_team() -> None:
    talk = with_jobs(Language.FRENCH, "Noor")
    talk.says(FINISHED[Language.FRENCH], "non", "non")
    assert talk.did(did.TeamAwaited)
    assert talk.where() is Place.HOME


def test_of_several_recorded_ones_it_is_asked_which_or_a_new_one() -> None:
    talk = with_jobs(Language.ENGLISH, "Noor", "Atlas")
    talk.says(FINISHED[Language.ENGLISH])
    assert talk.where() is Place.STEP
    assert [choice.value for choice in talk.prompts[-1].choices][-1] == "new"
    assert "new step" in talk.taps("new")
    assert talk.where() is Place.PROPOSE


def test_where_nothing_of_that_sort_is_recorded_a_new_step_is_proposed_at_once() -> None:
    talk = participant(Language.ENGLISH)
    assert "new step" in talk.says(FINISHED[Language.ENGLISH])
    talk.taps("yes")
    assert talk.snapshot.session.front.filling.form_id == f"milestone-{MilestoneKind.JOB}"
