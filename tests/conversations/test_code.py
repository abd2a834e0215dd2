"""The optional code: without it the phone shows nothing of the logbook; its owner gets help."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.events import Edited, Text
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.rights.codes import masked
from conversations.session import Place
from conversations.vocabulary import Language
from tests.conversations.talking import NAME, Talk, participant
from tests.conversations.test_my_data import WORD, asking, leaving

SHOWN = {Language.FRENCH: "carnet", Language.ARABIC: "دفتري", Language.ENGLISH: "logbook"}
MENU = {Language.FRENCH: "menu", Language.ARABIC: "قائمة", Language.ENGLISH: "menu"}


def guarded(language: Language = Language.FRENCH, talk: Talk | None = None) -> Talk:
    """Someone whose code is 2580, some time after they set it."""
    talk = talk or asking(language)
    talk.says(WORD[language])
    talk.taps("code")
    talk.says("2580")
    heard = talk.says("٢٥ ٨٠")
    assert say(Say("code.set"), language) in heard
    assert talk.where() is Place.DATA
    talk.says(MENU[language])
    return talk.later(minutes=16)


@pytest.mark.parametrize("language", Language)
def test_the_code_comes_before_the_logbook_and_leads_to_it(language: Language) -> None:
    talk = guarded(language)
    asked = talk.says(SHOWN[language])
    assert talk.where() is Place.CODE
    assert say(Say("code.ask"), language) in asked
    assert NAME[language] not in asked
    shown = talk.says("2580")
    assert talk.where() is Place.LOGBOOK
    assert say(Say("logbook.ask"), language) in shown


@pytest.mark.parametrize("word", ["carnet", "pdf", "mes données"])
def test_every_word_that_shows_something_is_guarded(word: str) -> None:
    talk = guarded()
    talk.says(word)
    assert talk.where() is Place.CODE
    talk.says("2580")
    assert talk.where() in (Place.LOGBOOK, Place.PDF, Place.DATA)


def test_the_wish_to_erase_is_guarded_too() -> None:
    talk = leaving()
    talk.says("annuler")
    guarded(talk=talk)
    talk.says("mes données")
    talk.says("2580")
    talk.taps("erase")
    talk.later(minutes=16).taps("yes")
    assert talk.where() is Place.CODE
    talk.says("2580")
    assert talk.where() is Place.ERASE


def test_while_an_erasure_is_planned_the_file_is_guarded() -> None:
    talk = guarded()
    talk.says("mes données", "2580")
    for choice in ("erase", "yes", "erase"):
        talk.taps(choice)
    talk.later(days=1).says("menu")
    talk.taps("export")
    assert talk.where() is Place.CODE
    assert not any(prompt.media for prompt in talk.prompts)
    talk.says("2580")
    assert any(prompt.media for prompt in talk.prompts)


def test_it_stays_open_while_they_talk_and_shuts_after_a_quarter_of_an_hour() -> None:
    talk = guarded()
    talk.says("carnet", "2580")
    for _ in range(4):
        talk.later(minutes=10).says("carnet")
        assert talk.where() is Place.LOGBOOK
    talk.later(minutes=15).says("1")
    assert talk.where() is Place.CODE


def test_a_quick_exit_shuts_it() -> None:
    talk = guarded()
    talk.says("carnet", "2580", "xx", "menu", "carnet")
    assert talk.where() is Place.CODE


def test_five_wrong_codes_lock_it_and_the_team_is_called() -> None:
    talk = guarded()
    talk.says("carnet")
    for left in (4, 3, 2, 1):
        assert say(Say("code.wrong", {"n": left}), Language.FRENCH) in talk.says("1111")
    assert say(Say("code.locked"), Language.FRENCH) in talk.says("1111")
    assert talk.where() is Place.HOME
    assert len(talk.did(did.CodeMistyped)) == 5
    assert talk.did(did.TeamAwaited)
    talk.says("carnet")
    assert talk.where() is Place.HOME
    talk.says("2580")
    talk.says("mes données")
    assert talk.where() is Place.HOME


def test_the_right_code_forgets_the_wrong_ones() -> None:
    talk = guarded()
    for _ in range(3):
        talk.says("carnet", "1111", "1112", "2580", "menu")
        talk.later(minutes=16)
    assert talk.snapshot.participant is not None
    assert talk.snapshot.participant.code_failures == 0


def test_who_forgot_it_gets_help_and_everything_else_works_without_it() -> None:
    talk = guarded()
    talk.says("carnet")
    assert say(Say("code.ask_team"), Language.FRENCH) in talk.taps("forgotten")
    assert talk.did(did.TeamAwaited)
    talk.says("carnet", "parler")
    assert talk.where() is Place.TALK
    talk.says("menu", "carnet", "stop")
    assert talk.where() is Place.HOME
    talk.says("1")
    assert talk.where() is not Place.CODE


def test_something_else_than_four_digits_is_explained() -> None:
    talk = guarded()
    talk.says("carnet")
    assert say(Say("code.four_digits"), Language.FRENCH) in talk.says("c’est quoi ?")
    assert say(Say("code.four_digits"), Language.FRENCH) in talk.says("258")
    assert not talk.did(did.CodeMistyped)
    talk.taps("menu")
    assert talk.where() is Place.HOME


def test_two_different_new_codes_set_none() -> None:
    talk = asking()
    talk.says("mes données")
    talk.taps("code")
    assert say(Say("code.differs"), Language.FRENCH) in talk.says("2580", "2581")
    assert talk.where() is Place.CODE_NEW
    talk.says("menu")
    assert not talk.did(did.CodeSet)


def test_it_can_be_changed_and_removed() -> None:
    talk = guarded()
    talk.says("mes données", "2580")
    talk.taps("code")
    talk.taps("change")
    talk.says("1234", "1234")
    talk.later(hours=1).says("carnet", "1234")
    assert talk.where() is Place.LOGBOOK
    talk.says("mes données")
    talk.taps("code")
    assert say(Say("code.removed"), Language.FRENCH) in talk.taps("remove")
    talk.later(hours=1).says("carnet")
    assert talk.where() is Place.LOGBOOK


def test_without_a_code_nothing_is_asked() -> None:
    talk = participant()
    talk.later(days=3).says("carnet")
    assert talk.where() is Place.LOGBOOK


def test_the_digits_are_not_kept() -> None:
    talk = guarded()
    assert masked(Text("2580"), talk.snapshot) == Text("••••")  # typed without having been asked
    assert masked(Text("1990"), talk.snapshot) == Text("1990")
    asked = replace(talk.snapshot, session=replace(talk.snapshot.session, place=Place.CODE_NEW))
    assert masked(Text("mon code 1 9 9 0"), asked) == Text("mon code • • • •")
    assert masked(Edited("٢٥٨٠"), asked) == Edited("••••")
    assert "2580" not in repr(talk.snapshot) + repr(talk.changes)
