"""Words of distress stop everything else, get a caring answer, and lose nothing of what was under way."""

from dataclasses import replace
from datetime import time

import pytest

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Edited, Text
from conversations.safety.facts import HelpContact, Police, Safety, TeamHours
from conversations.safety.lists import with_own
from conversations.session import Place
from conversations.snapshot import Snapshot
from conversations.vocabulary import Channel, Language
from tests.conversations.talking import Talk, newcomer, participant, project

WORDS = {
    Language.FRENCH: "je veux mourir",
    Language.ARABIC: "أريد أن أموت",
    Language.ENGLISH: "I want to die",
}
LINE = HelpContact(
    names={Language.FRENCH: "Écoute Atlas", Language.ARABIC: "إصغاء الأطلس"},
    reach="+212600000009",
    languages="Français, العربية",
    hours={Language.FRENCH: "jour et nuit"},
    police=Police.NEVER,
)
WEEK = TeamHours(frozenset(range(5)), time(9), time(17))


def knowing(talk: Talk, safety: Safety) -> Talk:
    """The same talk, in a project that has set these facts."""
    talk.snapshot = replace(talk.snapshot, project=replace(project(), safety=safety))
    return talk


@pytest.mark.parametrize("language", list(Language))
def test_it_is_answered_with_care_contacts_and_when_a_human_reads(language: Language) -> None:
    talk = knowing(participant(language), Safety((LINE,), WEEK))
    heard = talk.says(WORDS[language])
    assert LINE.reach in heard
    assert LINE.name(language) in heard
    assert "17:00" in heard
    assert talk.did(did.UrgentRaised)


def test_outside_of_the_hours_the_next_reading_is_named() -> None:
    talk = knowing(participant(), Safety(hours=WEEK)).later(hours=9)
    assert "24 novembre 2026, 09:00" in talk.says("je veux mourir")


def test_without_hours_and_contacts_nothing_is_promised() -> None:
    heard = participant().says("je veux mourir")
    assert "je ne sais pas quand" in heard
    assert ":" not in heard.split("\n\n")[0]


@pytest.mark.parametrize(
    ("words", "fitting"),
    [
        ("je veux mourir", "très lourd"),
        ("mon mari me bat", "pas votre faute"),
        ("mon mari me bat et je veux mourir", "très lourd"),  # what cannot wait comes first
        ("mon bébé ne respire plus", "tout de suite"),
    ],
)
def test_what_is_said_first_fits_what_was_told(words: str, fitting: str) -> None:
    assert fitting in participant().says(words)


def test_that_there_is_no_contact_to_name_is_said() -> None:
    assert "pas de numéro" in participant().says("je suis en danger")
    assert "pas de numéro" not in knowing(participant(), Safety((LINE,))).says("je suis en danger")


def test_the_open_question_stays_open() -> None:
    talk = newcomer()
    talk.says("1", "1")
    assert talk.where() is Place.FORM
    before = talk.snapshot.session
    talk.says("on m'a frappée hier")
    assert talk.snapshot.session == before
    talk.says("Awa")
    assert talk.snapshot.participant is not None
    assert talk.snapshot.session != before


@pytest.mark.parametrize("way", ["menu", "langue", "parler", "5", "noter"])
def test_it_stops_everything_wherever_one_is(way: str) -> None:
    talk = participant()
    talk.says(way)
    place = talk.where()
    assert "important" in talk.says("il garde mon passeport")
    assert talk.where() is place


@pytest.mark.parametrize("answers", [(), ("1",), ("1", "1")])
def test_someone_who_has_not_consented_is_answered_and_nothing_is_kept(answers: tuple[str, ...]) -> None:
    talk = Talk()
    talk.says("BIENVENUE", *answers)
    knowing(talk, Safety((LINE,), WEEK))
    changes, session = list(talk.changes), talk.snapshot.session
    heard = talk.says("je suis en danger")
    assert LINE.reach in heard
    assert "n’en garde rien" in heard
    assert (talk.changes, talk.snapshot.session) == (changes, session)


def test_a_stranger_is_answered_in_the_letters_they_write() -> None:
    talk = Talk(Snapshot(project(), Channel.WHATSAPP))
    assert "لست وحدك" in talk.says("بغيت نموت")


@pytest.mark.parametrize(
    "event",
    [
        Edited("je veux mourir"),
        Attachment(AttachmentKind.PHOTO, "file1", caption="mon mari me bat"),
    ],
)
def test_corrections_and_captions_are_read_too(event: Edited | Attachment) -> None:
    talk = participant()
    talk.happens(event)
    assert talk.did(did.UrgentRaised)


def test_words_of_the_project_are_heard_as_well() -> None:
    talk = knowing(participant(), Safety(lists=with_own("je coule")))
    talk.happens(Text("Je coule…"))
    assert talk.did(did.UrgentRaised)
