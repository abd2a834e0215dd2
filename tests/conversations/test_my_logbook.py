"""«My logbook»: what can be done with it, and the way to a PDF."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversations import changes as did
from conversations.messages import Document, DocumentKind
from conversations.session import Place
from conversations.snapshot import Workshop
from conversations.vocabulary import Attendance, Channel, Language
from tests.conversations.talking import START, Talk, participant


def documents(talk: Talk) -> list[Document]:
    return [each for prompt in talk.prompts for each in prompt.media if isinstance(each, Document)]


def with_a_step(language: Language = Language.FRENCH) -> Talk:
    talk = participant(language)
    talk.taps("record")
    talk.taps("job")
    talk.says("1", "12/03/2025", "Noor")
    talk.taps("confirm")
    return talk


def offered(talk: Talk) -> list[str]:
    return [choice.value for choice in talk.prompts[-1].choices]


def test_the_logbook_is_shown_and_then_what_can_be_done_with_it() -> None:
    talk = with_a_step()
    assert "Noor" in talk.says("carnet")
    assert talk.where() is Place.LOGBOOK
    assert offered(talk) == ["update", "pdf", "pages", "menu"]


@pytest.mark.parametrize("language", list(Language))
def test_an_empty_logbook_offers_a_first_step_and_nothing_to_show(language: Language) -> None:
    talk = participant(language)
    talk.says({"fr": "carnet", "ar": "دفتري", "en": "logbook"}[language])
    assert offered(talk) == ["record", "menu"]
    talk.taps("record")
    assert talk.where() is Place.KIND


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("wanted", list(Language))
def test_the_pdf_comes_in_the_language_that_was_chosen(language: Language, wanted: Language) -> None:
    talk = with_a_step(language)
    talk.says({"fr": "carnet", "ar": "دفتري", "en": "logbook"}[language])
    talk.taps("pdf")
    talk.taps(wanted)
    assert documents(talk) == [Document(DocumentKind.LOGBOOK, wanted, START.date())]
    assert talk.where() is Place.LOGBOOK
    assert talk.prompts[-1].choices, "there is something to answer"


@pytest.mark.parametrize("words", ["pdf", "PDF", "CV", " cv "])
def test_the_word_is_enough(words: str) -> None:
    talk = participant()
    talk.says(words)
    assert talk.where() is Place.PDF


def test_the_day_on_it_is_the_day_where_people_live() -> None:
    talk = participant()
    talk.now = talk.now.replace(day=24, hour=23, minute=30)
    talk.says("pdf", "1")
    assert [each.made_on for each in documents(talk)] == [date(2026, 11, 24)]


def test_an_sms_carries_no_file_and_says_what_does() -> None:
    talk = participant()
    talk.snapshot = replace(talk.snapshot, channel=Channel.SMS)
    heard = talk.says("pdf")
    assert "WhatsApp" in heard
    assert not documents(talk)
    assert talk.where() is Place.LOGBOOK


def test_what_is_no_choice_of_the_logbook_is_not_lost() -> None:
    talk = participant()
    talk.says("carnet", "7")
    assert not talk.did(did.TeamAwaited)
    assert talk.where() is Place.LOGBOOK
    talk.says("je voudrais corriger mon métier")
    assert len(talk.did(did.TeamAwaited)) == 1
    talk.says("menu")
    assert talk.where() is Place.HOME


def test_a_greeting_leads_home_and_calls_nobody() -> None:
    talk = participant()
    talk.says("carnet", "salam")
    assert talk.where() is Place.HOME
    assert not talk.did(did.TeamAwaited)


def test_another_language_may_be_chosen_between_the_questions() -> None:
    talk = participant()
    talk.says("pdf", "langue", "English")
    assert talk.where() is Place.PDF
    assert "language" in talk.heard


def test_it_tells_how_many_workshops_were_attended_once_their_sheets_are_closed() -> None:
    talk = participant()
    ended = START - timedelta(days=2)
    one = Workshop("w1", "Faire son CV", ended, ended, "UTC", "Salé", Attendance.PRESENT)
    talk.snapshot = replace(talk.snapshot, workshops=(one, replace(one, id="w2", closed=True)))
    assert "Vous avez suivi 1 atelier." in talk.says("carnet")
    talk.snapshot = replace(talk.snapshot, workshops=(one,))
    assert "atelier." not in talk.says("carnet")
