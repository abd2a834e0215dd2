"""Check-ins: short, discreet, at a good moment, never lost."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.events import ContactDue, Text, Unblocked
from conversations.messages import PromptKind
from conversations.session import Place
from conversations.snapshot import Participant
from conversations.vocabulary import ConsentState, ContactState, Language, MilestoneKind, Stage
from tests.conversations.talking import Talk, newcomer, participant


@pytest.mark.parametrize("language", Language)
def test_a_check_in_without_news_is_one_answer(language: Language) -> None:
    talk = participant(language).later(days=7)
    talk.is_due()
    assert talk.prompts[0].kind is PromptKind.NUDGE
    talk.taps("no")
    assert talk.where() is Place.HOME
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes


def test_the_next_one_is_planned_a_month_later_in_the_morning() -> None:
    talk = participant().later(days=7)
    talk.is_due()
    talk.taps("no")
    plan = talk.did(did.ContactPlanned)[-1]
    assert plan.local_time.isoformat() == "2026-12-30T10:00:00"


def test_news_are_kept_as_codes_and_words() -> None:
    talk = participant().later(days=7)
    talk.is_due()
    talk.says("oui", "1", "J’ai trouvé un travail à Salé", "passer")
    submitted = talk.did(did.FormSubmitted)[-1]
    assert submitted.coded == {"changed": "yes", "situation": "employed"}
    assert "Salé" in submitted.instance_xml


@pytest.mark.parametrize("language", Language)
def test_a_new_situation_is_offered_as_a_step(language: Language) -> None:
    talk = participant(language).later(days=7)
    talk.is_due()
    talk.taps("yes")
    talk.taps("employed")
    talk.says("skip", "skip")
    assert talk.where() is Place.PROPOSE
    talk.taps("yes")
    talk.says("2026", "Couturière")
    talk.taps("confirm")
    [step] = talk.did(did.MilestoneRecorded)
    assert (step.kind, step.stage, step.started_on) == (MilestoneKind.JOB, Stage.STARTED, "2026")


@pytest.mark.parametrize("situation", ["seeking_work", "inactive"])
def test_what_is_no_step_is_not_offered(situation: str) -> None:
    talk = participant().later(days=7)
    talk.is_due()
    talk.taps("yes")
    talk.taps(situation)
    talk.says("passer", "passer")
    assert talk.where() is Place.HOME


def test_a_job_that_is_recorded_is_not_offered_again() -> None:
    talk = participant()
    talk.says("travail", "1", "2026", "Couturière", "oui")
    talk.later(days=30)
    talk.is_due()
    talk.taps("yes")
    talk.taps("employed")
    talk.says("passer", "passer")
    assert talk.where() is Place.HOME
    assert len(talk.did(did.MilestoneRecorded)) == 1


FORBIDDEN_ON_A_LOCKED_SCREEN = ("migra", "association", "employeur", "هجرة", "مهاجر", "جمعية", "employer")


@pytest.mark.parametrize("language", Language)
def test_its_first_message_gives_nothing_away_on_a_locked_screen(language: Language) -> None:
    heard = participant(language).later(days=7).is_due().lower()
    assert heard
    assert not [word for word in FORBIDDEN_ON_A_LOCKED_SCREEN if word in heard]


def test_nobody_is_interrupted_in_a_form() -> None:
    talk = participant()
    talk.says("travail")
    talk.later(hours=3)
    assert talk.is_due() == ""
    moved = talk.changes[-1]
    assert isinstance(moved, did.ContactMoved)
    assert moved.state is ContactState.PLANNED
    assert moved.due_at is not None
    assert moved.due_at > talk.now


def test_a_form_idle_for_two_days_is_parked_and_can_be_resumed() -> None:
    talk = participant()
    talk.says("travail")
    talk.says("1")
    talk.later(days=3)
    assert talk.is_due()
    talk.taps("no")
    talk.taps("resume")
    assert talk.where() is Place.FORM
    talk.says("12/03/2025", "Couturière")
    assert talk.where() is Place.CONFIRM


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(22, "2026-12-01T09:00:00+00:00"), (3, "2026-11-30T09:00:00+00:00")],
    ids=["late evening", "night"],
)
def test_quiet_hours_are_kept(hour: int, expected: str) -> None:
    talk = participant()
    talk.now = talk.now.replace(day=30, hour=hour)
    assert talk.is_due() == ""
    moved = talk.changes[-1]
    assert isinstance(moved, did.ContactMoved)
    assert moved.due_at is not None
    assert moved.due_at.isoformat() == expected


def test_an_open_question_to_the_team_comes_first() -> None:
    talk = participant().later(days=7)
    talk.says("j’ai besoin d’aide")
    assert talk.is_due() == ""
    moved = talk.changes[-1]
    assert isinstance(moved, did.ContactMoved)
    assert moved.state is ContactState.PLANNED


def test_a_new_check_in_closes_the_one_that_was_never_answered() -> None:
    talk = participant().later(days=7)
    talk.is_due("contact1")
    talk.later(days=31)
    talk.is_due("contact2")
    assert did.ContactMoved("contact1", ContactState.MISSED) in talk.changes
    talk.taps("no")
    assert did.ContactMoved("contact2", ContactState.ANSWERED) in talk.changes


def test_one_that_is_being_answered_is_not_begun_anew() -> None:
    talk = participant().later(days=7)
    talk.is_due("contact1")
    talk.taps("yes")
    talk.later(hours=1)
    assert talk.is_due("contact2") == ""
    moved = talk.changes[-1]
    assert isinstance(moved, did.ContactMoved)
    assert (moved.contact_id, moved.state) == ("contact2", ContactState.PLANNED)


def test_a_form_of_the_team_is_asked_in_the_same_way_and_thanked_for() -> None:
    talk = participant().later(days=7)
    talk.happens(ContactDue("contact1", "profile", asked_by_staff=True))
    assert talk.where() is Place.FORM
    talk.says("Awa", "1", "1990", "1", "1", "1", "1", "passer")
    assert talk.where() is Place.HOME
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes


@pytest.mark.parametrize("way", ["annuler", "stop"])
def test_a_check_in_that_is_cancelled_is_followed_by_the_next_unless_messages_were_stopped(way: str) -> None:
    talk = participant().later(days=7)
    talk.is_due()
    before = len(talk.did(did.ContactPlanned))
    talk.says(way)
    assert len(talk.did(did.ContactPlanned)) == before + (way == "annuler")


def test_a_wish_for_help_in_a_check_in_reaches_the_team() -> None:
    talk = participant().later(days=7)
    talk.is_due()
    heard = talk.says("oui", "1", "passer", "Je cherche une formation")
    assert talk.did(did.TeamAwaited)
    assert "équipe" in heard


def test_who_opens_the_chat_again_is_asked_again() -> None:
    talk = participant()
    talk.says("menu")
    talk.snapshot = replace(talk.snapshot, participant=without_plans(talk))
    talk.happens(Unblocked())
    assert isinstance(talk.changes[-1], did.ContactPlanned)


def without_plans(talk: Talk) -> Participant | None:
    person = talk.snapshot.participant
    return replace(person, contact_planned=False) if person else None


def test_who_has_not_agreed_is_not_asked() -> None:
    talk = newcomer()
    talk.says("oui", "non")
    assert talk.is_due() == ""
    assert talk.changes[-1] == did.ContactMoved("contact1", ContactState.CANCELLED)


def test_what_is_written_while_the_question_still_waits_for_the_window_is_not_taken_for_its_answer() -> None:
    talk = participant().later(days=7)
    talk.is_due()
    talk.happens(Text("non"), replace(talk.snapshot, question_unseen=True))
    assert talk.where() is Place.FORM, "they have not seen the question, so they have not answered it"
    assert talk.prompts[-1].choices
    assert talk.did(did.TeamAwaited), "somebody reads what it was instead"


def test_stop_stops_while_the_question_still_waits_for_the_window() -> None:
    talk = participant().later(days=7)
    talk.is_due()
    talk.happens(Text("stop"), replace(talk.snapshot, question_unseen=True))
    person = talk.snapshot.participant
    assert person is not None
    assert person.prompting is ConsentState.WITHDRAWN


@pytest.mark.parametrize(
    "words", ["non", "لا", "no thanks", "rien", "walo", "je ne sais pas", "ça va merci", "لا حاجة"]
)
def test_who_needs_no_help_calls_nobody_by_saying_so(words: str) -> None:
    talk = participant().later(days=7)
    talk.is_due()
    talk.says("oui", "1", "passer", words)
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes
    assert not talk.did(did.TeamAwaited)


@pytest.mark.parametrize("words", ["un logement", "oui", "non, mais un avocat", "مساعدة في السكن"])
def test_who_needs_help_is_heard_by_the_team(words: str) -> None:
    talk = participant().later(days=7)
    talk.is_due()
    talk.says("oui", "1", "passer", words)
    assert talk.did(did.TeamAwaited)
