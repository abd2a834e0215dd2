"""Words to the team that nobody answers: after two days the chat comes back and says so, at a good hour."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations import changes as did
from conversations.events import ContactDue
from conversations.messages import PromptKind
from conversations.session import Place
from conversations.vocabulary import ContactKind, ContactState, Language
from tests.conversations.talking import Talk, newcomer, participant

DUE = ContactDue("back1", "", kind=ContactKind.COMING_BACK)
SORRY = {Language.FRENCH: "Pardon", Language.ARABIC: "عذرا", Language.ENGLISH: "Sorry"}


def waiting(language: Language = Language.FRENCH) -> Talk:
    talk = participant(language)
    talk.taps("talk")
    talk.says("xyz ?")
    return talk


def plans(talk: Talk) -> list[did.ContactPlanned]:
    planned = [change for change in talk.changes if isinstance(change, did.ContactPlanned)]
    return [plan for plan in planned if plan.kind is ContactKind.COMING_BACK]


@pytest.mark.parametrize("language", Language)
def test_after_two_days_it_says_that_nobody_could_answer_and_opens_the_menu(language: Language) -> None:
    talk = waiting(language)
    [plan] = plans(talk)
    assert plan.due_at == talk.now + timedelta(hours=48)
    talk.later(hours=48).happens(DUE)
    assert SORRY[language] in talk.heard
    assert talk.prompts[-1].kind is PromptKind.NUDGE
    assert talk.where() is Place.HOME
    assert did.ContactMoved("back1", ContactState.SAID) in talk.changes


def test_it_comes_back_once_however_much_was_written() -> None:
    talk = waiting()
    talk.says("encore", "et encore")
    assert len(plans(talk)) == 1


def test_who_was_answered_hears_nothing() -> None:
    talk = waiting()
    assert talk.snapshot.participant
    answered = replace(talk.snapshot.participant, team_awaited=False)
    talk.snapshot = replace(talk.snapshot, participant=answered)
    talk.later(hours=48).happens(DUE)
    assert talk.prompts == ()
    assert talk.changes[-1] == did.ContactMoved("back1", ContactState.CANCELLED)


def test_it_never_comes_at_night() -> None:
    talk = participant().later(hours=12)
    talk.says("xyz ?")
    [plan] = plans(talk)
    assert plan.local_time.hour == 9
    talk.later(hours=48).happens(DUE)
    assert talk.prompts == ()
    moved = talk.changes[-1]
    assert isinstance(moved, did.ContactMoved)
    assert (moved.state, moved.due_at) == (ContactState.PLANNED, plan.due_at)


def test_it_answers_who_asked_although_they_want_no_messages_of_ours() -> None:
    talk = newcomer()
    talk.says("oui", "non", "menu")
    talk.taps("talk")
    talk.says("xyz ?")
    talk.later(hours=48).happens(DUE)
    assert "Pardon" in talk.heard


def test_a_form_under_way_is_kept() -> None:
    talk = participant()
    talk.says("xyz ?")
    talk.taps("record")
    talk.taps("job")
    question = talk.heard.splitlines()[-1]
    talk.later(hours=48).happens(DUE)
    assert talk.where() is Place.FORM
    assert talk.heard.splitlines()[-1] == question


def test_stop_takes_it_back() -> None:
    talk = waiting()
    talk.says("stop")
    assert did.PlannedContactsCancelled() in talk.changes
