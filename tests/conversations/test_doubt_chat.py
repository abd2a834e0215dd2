"""In the chat, a message with two readings is followed by the question which of them is meant."""

from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.vocabulary import Language
from tests.conversations.talking import Talk, participant

WHICH = say(Say("answer.which_reading", {"n": 2}), Language.FRENCH)


def at_the_date() -> Talk:
    talk = participant()
    talk.taps("record")
    talk.taps("job")
    talk.taps("started")
    return talk


def test_a_month_without_its_year_is_asked_for_it() -> None:
    talk = at_the_date()
    assert WHICH in talk.says("en mars")
    assert [choice.value for choice in talk.prompts[-1].choices] == ["2026-03", "2025-03"]


def test_a_button_or_a_number_says_which() -> None:
    tapping, writing = at_the_date(), at_the_date()
    tapping.says("en mars")
    writing.says("en mars")
    for talk, heard in ((tapping, tapping.taps("2025-03")), (writing, writing.says("2"))):
        assert WHICH not in heard
        assert talk.where() is Place.FORM
        assert "2025-03" in talk.snapshot.session.front.filling.answers.values()


def test_a_hint_leaves_the_question_open_and_the_menu_leads_home() -> None:
    talk = at_the_date()
    talk.says("en mars")
    assert WHICH in talk.says("zut")
    talk.says("menu")
    assert talk.where() is Place.HOME
    assert WHICH in talk.taps("resume")


def test_a_word_that_steers_is_no_answer_because_a_choice_has_it_too() -> None:
    talk = participant()
    talk.says("carnet")
    talk.says("retour")
    assert talk.where() is Place.HOME
