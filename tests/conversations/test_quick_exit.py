"""The quick exit: a harmless last message, nothing asked, and a neutral line until the menu is asked for."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Text
from conversations.session import Place
from conversations.vocabulary import Channel, Language
from tests.conversations.talking import Talk, newcomer, participant

TELLING = ("carnet", "logbook", "équipe", "team", "travail", "دفتر", "فريق", "مسار", "association", "stop")
WORD = {Language.FRENCH: "sortie", Language.ARABIC: "خروج", Language.ENGLISH: "exit"}
HELLO = {Language.FRENCH: "Bonjour.", Language.ARABIC: "مرحبا.", Language.ENGLISH: "Hello."}


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("language", list(Language))
def test_the_last_message_gives_nothing_away(language: Language, channel: Channel) -> None:
    talk = participant(language)
    talk.snapshot = replace(talk.snapshot, channel=channel)
    for word in (WORD[language], "xx", "XX"):
        heard = talk.says("menu", word)
        assert not any(telling in heard.lower() for telling in TELLING)
        assert len(talk.prompts) == 1
        assert talk.prompts[0].choices == ()
    assert talk.did(did.ChatCleared)


def test_where_messages_stay_it_says_so_in_the_same_tone() -> None:
    talk = participant()
    assert "restent sur ce téléphone" in talk.says("xx")
    talk.snapshot = replace(talk.snapshot, channel=Channel.TELEGRAM)
    assert "restent" not in talk.says("menu", "xx")
    assert "restent" in talk.later(days=3).says("menu", "xx")  # Telegram deletes two days at most


@pytest.mark.parametrize("language", list(Language))
def test_afterwards_a_neutral_line_until_the_menu(language: Language) -> None:
    talk = participant(language)
    talk.says("xx")
    for text in ("?", "1", "carnet", "logbook", "دفتر", "BIENVENUE", "qui est là", "start"):
        heard = talk.says(text)
        assert heard.startswith(HELLO[language])
        assert not any(telling in heard.lower() for telling in TELLING)
    talk.says("menu")
    assert talk.where() is Place.HOME


def test_a_tap_on_an_old_button_shows_nothing() -> None:
    talk = participant()
    talk.says("menu")
    asked = talk.prompts[-1]
    talk.says("xx")
    assert talk.taps_old(asked.token, "logbook").startswith("Bonjour.")


def test_what_was_under_way_waits_behind_the_menu() -> None:
    talk = newcomer()
    talk.says("1", "1", "Awa")
    form = talk.snapshot.session.form
    talk.says("xx", "bonjour")
    assert "Continuer" in talk.says("menu")
    assert talk.snapshot.session.form == form


def test_what_is_written_meanwhile_is_not_lost() -> None:
    talk = participant()
    talk.says("xx", "bonjour")
    assert not talk.did(did.TeamAwaited)
    talk.happens(Attachment(AttachmentKind.PHOTO, "file1"))
    talk.happens(Text("je suis là"))
    assert len(talk.did(did.TeamAwaited)) == 2


def test_words_of_distress_are_answered_all_the_same() -> None:
    talk = participant()
    talk.says("xx")
    assert "important" in talk.says("je suis en danger")
    assert talk.where() is Place.HIDDEN


def test_check_ins_wait_for_a_week() -> None:
    talk = participant()
    talk.says("xx")
    talk.is_due()
    assert talk.prompts == ()
    talk.later(days=8).is_due()
    assert talk.where() is Place.FORM


@pytest.mark.parametrize("answers", [(), ("BIENVENUE",), ("BIENVENUE", "1", "1")])
def test_of_someone_who_has_not_consented_nothing_stays(answers: tuple[str, ...]) -> None:
    talk = Talk()
    talk.says(*answers, "xx")
    assert talk.snapshot.newcomer is None
    assert talk.did(did.ChatCleared)
