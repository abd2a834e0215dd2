"""What became of a step: finished, stopped, corrected, taken back; nothing is overwritten."""

import pytest

from conversations import changes as did
from conversations.session import Place
from conversations.vocabulary import Language, MilestoneKind, Stage, Verification
from tests.conversations.talking import Talk, participant

TRAINING = ("formation", "J’ai commencé", "mars 2026", "Cuisine", "1")
JOB = ("travail", "J’ai commencé", "12/05/2026", "Couturière", "1")
INTERNSHIP = ("stage", "J’ai commencé", "2026", "Restaurant", "1")


def recorded(talk: Talk) -> did.MilestoneRecorded:
    return talk.did(did.MilestoneRecorded)[-1]


def with_steps(*steps: tuple[str, ...], language: Language = Language.FRENCH) -> Talk:
    talk = participant(language)
    for said in steps:
        talk.says(*said)
    assert len(talk.snapshot.milestones) == len(steps), talk.heard
    return talk


def offered(talk: Talk) -> list[str]:
    return [choice.value for choice in talk.prompts[-1].choices]


def test_a_training_is_finished_from_the_logbook_with_its_end_alone() -> None:
    talk = with_steps(TRAINING)
    talk.taps("logbook")
    assert talk.where() is Place.LOGBOOK
    talk.taps("update")
    assert offered(talk) == ["completed", "stopped", "correct", "withdraw", "menu"], "there is one step only"
    asked = talk.taps("completed")
    assert "date de fin" in asked
    talk.says("juin 2026")
    assert talk.where() is Place.CONFIRM
    talk.taps("confirm")
    step = recorded(talk)
    assert (step.version, step.stage, step.started_on, step.ended_on) == (
        2,
        Stage.COMPLETED,
        "2026-03",
        "2026-06",
    )
    assert step.details == {"occupation": "Cuisine"}
    assert "début mars 2026, fin juin 2026 (terminé)" in talk.says("carnet")


def test_with_several_steps_it_is_asked_which() -> None:
    talk = with_steps(TRAINING, JOB)
    talk.taps("logbook")
    heard = talk.taps("update")
    assert talk.where() is Place.STEP
    assert "Travail : Couturière" in heard
    assert "Formation : Cuisine" in heard
    talk.says("formation cuisine")
    assert talk.where() is Place.UPDATE, "its name does as well as its number"


def test_many_steps_are_offered_a_page_at_a_time() -> None:
    talk = with_steps(
        *[("travail", "1", f"0{month}/2026", f"Travail {month}", "1") for month in range(1, 10)]
    )
    talk.taps("logbook")
    talk.taps("update")
    assert len(offered(talk)) == 9
    first = set(offered(talk))
    talk.taps("older")
    assert len(offered(talk)) == 2
    assert not first.intersection(set(offered(talk)) - {"older"})


def test_a_planned_training_begins_at_its_own_date() -> None:
    talk = with_steps(("formation", "C’est prévu", "2027", "Cuisine", "1")).later(days=60)
    talk.taps("logbook")
    talk.taps("update")
    assert offered(talk)[0] == "started"
    talk.taps("started")
    talk.says("janvier 2027", "1")
    assert (recorded(talk).stage, recorded(talk).started_on) == (Stage.STARTED, "2027-01")


def test_a_business_is_closed_and_a_search_ends_with_an_offer() -> None:
    talk = with_steps(("activité", "Elle est déclarée", "2025", "Couscous", "1"))
    talk.says("carnet", "1")
    assert offered(talk)[:1] == ["stopped"]
    talk.taps("stopped")
    talk.says("mai 2026", "1")
    assert (recorded(talk).stage, recorded(talk).details["business_stage"]) == (Stage.STOPPED, "closed")
    search = with_steps(("recherche travail", "J’ai postulé", "2025", "1"))
    search.says("carnet", "1")
    search.taps("completed")
    search.says("03/2026", "1")
    assert (recorded(search).stage, recorded(search).ended_on) == (Stage.COMPLETED, "2026-03")


def test_an_answer_is_corrected_and_the_others_stay() -> None:
    talk = with_steps(JOB)
    talk.says("carnet", "1")
    talk.taps("correct")
    assert talk.where() is Place.CONFIRM
    assert "Couturière" in talk.heard
    talk.taps("change")
    talk.taps(next(value for value in offered(talk) if value.endswith("started_on")))
    talk.says("avril 2026", "1")
    step = recorded(talk)
    assert (step.version, step.started_on, step.details) == (2, "2026-04", {"occupation": "Couturière"})


def test_a_correction_that_changes_nothing_makes_no_version() -> None:
    talk = with_steps(JOB)
    talk.says("carnet", "1")
    talk.taps("correct")
    assert "Rien n’a changé" in talk.taps("confirm")
    assert len(talk.did(did.MilestoneRecorded)) == 1
    talk.says("carnet", "1")
    talk.taps("correct")
    assert "Rien n’a changé" in talk.taps("drop")


@pytest.mark.parametrize(
    "said",
    [
        ("activité", "Elle est déclarée", "2025", "Couscous", "1"),
        ("recherche travail", "J’ai reçu une offre", "2025", "1"),
        ("démarche", "1", "1", "2025", "1"),
        ("cours de langue", "1", "J’ai commencé", "2025", "1"),
    ],
)
def test_every_kind_is_corrected_with_what_its_form_calculates(said: tuple[str, ...]) -> None:
    talk = with_steps(said)
    before = recorded(talk)
    talk.says("carnet", "1", "corriger une réponse", "changer une réponse")
    talk.taps(next(value for value in offered(talk) if value.endswith("started_on")))
    talk.says("2024", "1")
    after = recorded(talk)
    assert (after.version, after.started_on, after.stage) == (2, "2024", before.stage)
    assert after.details == before.details


def test_a_step_is_taken_back_only_after_a_second_yes() -> None:
    talk = with_steps(JOB)
    talk.says("carnet", "1")
    talk.taps("withdraw")
    assert "Rien n’a changé" in talk.taps("no")
    talk.says("carnet", "1")
    talk.taps("withdraw")
    talk.taps("yes")
    step = recorded(talk)
    assert (step.version, step.verification, step.stage) == (2, Verification.WITHDRAWN, Stage.STARTED)
    assert "encore vide" in talk.says("carnet")


@pytest.mark.parametrize(
    ("said", "stage", "ended"),
    [
        ("la formation commencée en mars est terminée", Stage.COMPLETED, ""),
        ("J'ai fini ma formation", Stage.COMPLETED, ""),
        ("j’ai arrêté la formation en mai", Stage.STOPPED, "2026-05"),
        ("I finished my training in June 2026", Stage.COMPLETED, "2026-06"),
        ("ساليت التكوين", Stage.COMPLETED, ""),
        ("انتهى التكوين البارح", Stage.COMPLETED, "2026-11-22"),
        ("salit takwin", Stage.COMPLETED, ""),
    ],
)
def test_free_words_propose_exactly_the_step_they_tell_of(said: str, stage: Stage, ended: str) -> None:
    talk = with_steps(TRAINING, JOB)
    heard = talk.says(said)
    assert talk.where() is Place.PROPOSE, heard
    assert "Formation : Cuisine" in heard
    assert len(talk.did(did.MilestoneRecorded)) == 2, "nothing is written before the yes"
    talk.says("oui")
    if not ended:
        assert talk.where() is Place.FORM
        talk.says("juin 2026", "1")
    step = recorded(talk)
    assert (step.version, step.kind, step.stage) == (2, MilestoneKind.TRAINING, stage)
    assert step.ended_on == (ended or "2026-06")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("j’ai trouvé un travail", MilestoneKind.JOB),
        ("لقيت خدمة", MilestoneKind.JOB),
        ("I found a job", MilestoneKind.JOB),
        ("j’ai commencé un stage lundi", MilestoneKind.INTERNSHIP),
        ("l9it khedma", MilestoneKind.JOB),
        ("بدأت تكوين", MilestoneKind.TRAINING),
    ],
)
def test_news_of_a_step_that_is_not_there_are_offered_to_be_recorded(said: str, kind: MilestoneKind) -> None:
    talk = participant()
    talk.says(said)
    assert talk.where() is Place.PROPOSE, talk.heard
    talk.says("oui")
    assert talk.where() is Place.FORM
    assert "date de début" in talk.heard, "that it has begun is known"
    talk.says("hier", "Cuisine", "1")
    assert (recorded(talk).kind, recorded(talk).stage) == (kind, Stage.STARTED)


def test_where_several_steps_fit_it_is_asked_which() -> None:
    talk = with_steps(JOB, ("travail", "J’ai commencé", "2025", "Livraison", "1"), TRAINING)
    talk.says("j’ai perdu mon travail")
    assert talk.where() is Place.STEP
    assert len(offered(talk)) == 2
    talk.says("livraison")
    assert talk.where() is Place.PROPOSE, talk.heard
    talk.says("oui", "octobre 2026", "1")
    assert (recorded(talk).details["occupation"], recorded(talk).stage) == ("Livraison", Stage.STOPPED)


@pytest.mark.parametrize(
    "said",
    [
        "je n’ai pas fini ma formation",
        "mon fils a fini sa formation",
        "comment finir ma formation",
        "est-ce que la formation est terminée ?",
        "je veux arrêter le travail",
        "j’ai perdu mon téléphone",
        "je ne peux pas venir à la formation demain",
        "ما لقيتش خدمة",
        "the training room is closed today, where do we go",
        "mon patron n’a pas payé mon travail du mois de mai",
    ],
)
def test_words_that_tell_of_no_step_go_to_the_team(said: str) -> None:
    talk = with_steps(TRAINING, JOB)
    assert "transmis" in talk.says(said), talk.heard
    assert did.TeamAwaited() in talk.changes


def test_a_no_to_what_we_understood_sends_the_words_to_the_team() -> None:
    talk = with_steps(JOB)
    talk.says("j’ai perdu mon travail")
    assert "transmis" in talk.says("non")
    assert did.TeamAwaited() in talk.changes
    assert len(talk.did(did.MilestoneRecorded)) == 1
