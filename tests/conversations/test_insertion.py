"""A new job, business or cooperative is followed up at 1, 3, 6, 9, 12 months, then quarterly."""

from datetime import UTC, datetime

import pytest

from conversations import changes as did
from conversations.messages import PromptKind
from conversations.session import Place
from conversations.vocabulary import ContactKind, ContactState, Stage
from tests.conversations.talking import Talk, participant

JOB = ("travail", "1", "23/11/2026", "Couturière", "1")


def follow_ups(talk: Talk) -> list[tuple[str, str]]:
    plans = [plan for plan in talk.did(did.ContactPlanned) if isinstance(plan, did.ContactPlanned)]
    return [
        (plan.form_id, plan.local_time.isoformat(timespec="minutes"))
        for plan in plans
        if plan.kind is ContactKind.FOLLOW_UP
    ]


def employed() -> Talk:
    talk = participant()
    talk.says(*JOB)
    assert follow_ups(talk) == [("follow-up-job", "2026-12-23T10:00")]
    return talk


@pytest.mark.parametrize(
    ("said", "form_id"),
    [
        (JOB, "follow-up-job"),
        (("coopérative", "Je suis membre", "23/11/2026", "Argan", "1"), "follow-up-job"),
        (("activité", "Elle est déclarée", "23/11/2026", "Couscous", "1"), "follow-up-business"),
        (("activité", "J’ai fait une vente", "23/11/2026", "Couscous", "1"), "follow-up-business"),
    ],
)
def test_an_insertion_plans_its_first_follow_up_a_month_later_in_the_morning(
    said: tuple[str, ...], form_id: str
) -> None:
    talk = participant()
    talk.says(*said)
    assert follow_ups(talk) == [(form_id, "2026-12-23T10:00")]


@pytest.mark.parametrize(
    "said",
    [
        ("activité", "C’est une idée", "2026", "Couscous", "1"),
        ("formation", "1", "2026", "Cuisine", "1"),
        ("travail", "2", "2025", "2026", "Couture", "1"),
        ("travail", "4", "2027", "Couture", "1"),
        ("coopérative", "C’est un projet", "2027", "Argan", "1"),
    ],
)
def test_what_is_no_insertion_plans_none(said: tuple[str, ...]) -> None:
    talk = participant()
    talk.says(*said)
    assert follow_ups(talk) == []


def test_a_job_that_began_long_ago_joins_the_plan_where_it_is() -> None:
    talk = participant()
    talk.says("travail", "1", "mars 2025", "Couturière", "1")
    assert follow_ups(talk) == [("follow-up-job", "2026-12-01T10:00")], "21 months after March 2025"


def test_who_does_not_want_messages_gets_no_plan_until_they_do() -> None:
    talk = participant()
    talk.says("stop", *JOB)
    assert follow_ups(talk) == []
    talk.says("commencer")
    assert follow_ups(talk) == [("follow-up-job", "2026-12-23T10:00")]


def test_each_follow_up_plans_the_next_and_is_answered_in_a_few_taps() -> None:
    talk = employed()
    talk.now = datetime(2026, 12, 23, 10, tzinfo=UTC)
    talk.is_due("contact2", "follow-up-job")
    assert talk.prompts[0].kind is PromptKind.NUDGE
    assert follow_ups(talk)[-1] == ("follow-up-job", "2027-02-23T10:00")
    talk.says("1", "1", "passer", "2")
    assert talk.where() is Place.HOME, talk.heard
    assert did.ContactMoved("contact2", ContactState.ANSWERED) in talk.changes
    assert len(talk.did(did.MilestoneRecorded)) == 1


def test_it_replaces_the_check_in_of_that_month() -> None:
    talk = employed()
    talk.now = datetime(2026, 12, 20, 10, tzinfo=UTC)
    assert talk.is_due() == ""
    moved = talk.changes[-1]
    assert isinstance(moved, did.ContactMoved)
    assert moved.due_at is not None
    assert (moved.state, moved.due_at.date().isoformat()) == (ContactState.PLANNED, "2027-01-23")
    talk.now = moved.due_at
    assert talk.is_due(), "the one after it is asked"


def test_a_lost_job_is_not_ended_silently_but_offered_to_be() -> None:
    talk = employed()
    talk.now = datetime(2027, 2, 23, 10, tzinfo=UTC)
    talk.is_due("contact2", "follow-up-job")
    talk.says("non, plus de travail", "15/02/2027", "passer", "passer")
    assert talk.where() is Place.PROPOSE, talk.heard
    assert "Couturière (le 15 février 2027)" in talk.heard
    assert len(talk.did(did.MilestoneRecorded)) == 1
    talk.says("oui")
    step = talk.did(did.MilestoneRecorded)[-1]
    assert (step.version, step.stage, step.ended_on) == (2, Stage.STOPPED, "2027-02-15")
    assert did.FollowUpsCancelled("follow-up-job") in talk.changes


def test_an_end_before_the_beginning_is_asked_for_not_believed() -> None:
    talk = employed()
    talk.now = datetime(2026, 12, 23, 10, tzinfo=UTC)
    talk.is_due("contact2", "follow-up-job")
    talk.says("non, plus de travail", "2025", "passer", "passer", "oui")
    assert talk.where() is Place.FORM, talk.heard
    assert "se termine" in talk.heard or "terminé" in talk.heard


def test_a_no_leaves_the_step_as_it_is() -> None:
    talk = employed()
    talk.now = datetime(2026, 12, 23, 10, tzinfo=UTC)
    talk.is_due("contact2", "follow-up-job")
    talk.says("non, plus de travail", "passer", "passer", "passer", "non")
    assert len(talk.did(did.MilestoneRecorded)) == 1
    assert did.TeamAwaited() not in talk.changes
    assert talk.where() is Place.HOME


def test_the_end_of_a_job_cancels_its_plan_and_check_ins_go_on() -> None:
    talk = employed()
    talk.says("j’ai perdu mon travail", "oui", "hier")
    assert "après le début" in talk.heard
    talk.says("aujourd’hui", "1")
    assert did.FollowUpsCancelled("follow-up-job") in talk.changes
    person = talk.snapshot.participant
    assert person is not None
    assert (person.contact_planned, person.follow_up_at) == (True, None)


def test_taking_the_job_back_cancels_its_plan_and_what_was_due_is_not_asked() -> None:
    talk = employed()
    talk.says("carnet", "1")
    talk.taps("withdraw")
    talk.taps("yes")
    assert did.FollowUpsCancelled("follow-up-job") in talk.changes
    talk.later(days=30)
    assert talk.is_due("contact2", "follow-up-job") == ""
    assert talk.changes[-1] == did.ContactMoved("contact2", ContactState.CANCELLED)


def test_a_corrected_beginning_moves_the_plan() -> None:
    talk = employed()
    talk.says("carnet", "1")
    talk.taps("correct")
    talk.taps("change")
    talk.taps(next(c.value for c in talk.prompts[-1].choices if c.value.endswith("started_on")))
    talk.says("01/11/2026", "1")
    assert follow_ups(talk)[-1] == ("follow-up-job", "2026-12-01T10:00")
    assert len(talk.did(did.FollowUpsCancelled)) == 1
