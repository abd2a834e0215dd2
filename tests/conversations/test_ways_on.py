"""Where a question is not answered: it is said kindly, and there is always a way on."""

import pytest

from conversations import changes as did
from conversations.answers import clean
from conversations.events import Unsupported
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.steering.commands import command_in
from conversations.steering.side_questions import BACK as BACK_BUTTON
from conversations.steering.side_questions import BESIDE, LATER, SKIP, TALK
from conversations.vocabulary import Language
from tests.conversations.talking import NAME, Talk, newcomer, participant

SKIPS = {Language.FRENCH: "passer", Language.ARABIC: "تخطي", Language.ENGLISH: "skip"}
UNKNOWN = {Language.FRENCH: "je ne sais pas", Language.ARABIC: "لا أعرف", Language.ENGLISH: "I don't know"}
NATION = {Language.FRENCH: "Mali", Language.ARABIC: "مالي", Language.ENGLISH: "Mali"}
YES = {Language.FRENCH: "oui", Language.ARABIC: "نعم", Language.ENGLISH: "yes"}
ALL = pytest.mark.parametrize("language", Language)


def beside(talk: Talk) -> list[str]:
    return [choice.value for choice in talk.prompts[-1].beside]


def introducing(language: Language, *answers: str) -> Talk:
    """Someone in their profile, who gave these answers."""
    talk = newcomer(language)
    talk.says("1", "1", *answers)
    return talk


@ALL
def test_who_skips_what_is_needed_hears_that_it_is_and_finds_other_ways(language: Language) -> None:
    talk = introducing(language, NAME[language])
    heard = talk.says(SKIPS[language])
    assert say(Say("form.ways_on"), language) in heard
    assert beside(talk) == ["@back", "@later", "@talk"]


@ALL
def test_each_way_leads_where_it_says_and_what_was_answered_stays(language: Language) -> None:
    talk = introducing(language, NAME[language], SKIPS[language])
    talk.taps("@talk")
    assert talk.where() is Place.TALK
    talk.says("menu", "continue")
    talk.taps("@later")
    assert talk.where() is Place.HOME
    talk.taps("resume")
    talk.taps("@back")
    assert talk.where() is Place.FORM
    assert talk.snapshot.session.front.filling.asked.endswith("/first_name")


@ALL
def test_an_answer_takes_the_ways_away_again(language: Language) -> None:
    talk = introducing(language, NAME[language], SKIPS[language], "1")
    assert beside(talk) == ["@skip"], "the year of birth may be left out"


def test_the_first_question_offers_no_way_back() -> None:
    talk = introducing(Language.FRENCH, "passer")
    assert beside(talk) == ["@later", "@talk"]


@ALL
def test_what_may_be_left_out_has_a_button_that_takes_no_number(language: Language) -> None:
    talk = participant(language)
    talk.taps("record")
    talk.taps("job")
    talk.says("1", "2024", "Couture")
    talk.taps("details")
    assert beside(talk) == ["@skip"]
    assert talk.prompts[-1].choices == ()
    talk.says("1")
    assert "1" in talk.snapshot.session.front.filling.answers.values()
    assert beside(talk) == ["@skip"]
    talk.taps("@skip")
    assert talk.where() is Place.PROOF


@ALL
def test_the_words_on_the_buttons_do_the_same_when_they_are_written(language: Language) -> None:
    for button in (SKIP, BACK_BUTTON, LATER, TALK):
        assert command_in(say(button.label, language)) is BESIDE[button.value]


@ALL
def test_who_does_not_know_may_leave_it_out_or_finds_a_way(language: Language) -> None:
    talk = introducing(language, NAME[language], UNKNOWN[language])
    assert say(Say("form.ways_on"), language) in talk.heard
    talk.says("1")
    assert say(Say("form.unknown"), language) in talk.says(UNKNOWN[language])
    [*_, passed] = talk.snapshot.session.front.filling.trail
    assert passed.endswith("/birth_year")
    talk.says(NATION[language])
    assert talk.snapshot.session.front.filling.answers[passed] == ""


@ALL
@pytest.mark.parametrize("event", ["", "🌸", "hmm ?!"])
def test_what_is_no_answer_to_a_summary_hears_the_two_ways_out(language: Language, event: str) -> None:
    talk = participant(language)
    talk.taps("record")
    talk.taps("job")
    talk.says("1", "2024", "Couture")
    assert say(Say("confirm.unclear"), language) in talk.says(event)
    talk.happens(Unsupported("sticker"))
    assert say(Say("confirm.unclear"), language) in talk.heard
    assert not talk.did(did.TeamAwaited)
    talk.says(YES[language])
    assert len(talk.did(did.MilestoneRecorded)) == 1


@ALL
def test_who_is_not_understood_twice_finds_other_ways_beside_the_hint(language: Language) -> None:
    talk = participant(language)
    talk.taps("record")
    talk.taps("job")
    hint = talk.says("1", "xyz")
    assert beside(talk) == []
    heard = talk.says("xyz")
    assert heard.splitlines()[0] == hint.splitlines()[0], "the hint stays"
    assert beside(talk) == ["@back", "@later", "@talk"]
    talk.says("2024")
    assert beside(talk) == []


NO_NAMES = ["oui", "نعم", "no", "12", "٣٤", "…", "bonjour", "travail", "je ne sais pas", "لا أعرف"]
SENTENCES = ["on me dit souvent que je parle vite", "من فضلك ماذا يجب أن أكتب هنا"]


@pytest.mark.parametrize("words", [*NO_NAMES, *SENTENCES])
def test_what_is_plainly_no_first_name_is_asked_again_once_then_taken(words: str) -> None:
    talk = introducing(Language.FRENCH, words)
    assert "prénom" in talk.heard
    assert not talk.did(did.NameGiven)
    asked_again = talk.says(words)
    given = talk.did(did.NameGiven)
    if any(map(str.isalnum, clean(words))):
        assert given, asked_again
    assert "Awa" not in asked_again


@ALL
def test_a_no_after_skipping_is_not_taken_for_a_name(language: Language) -> None:
    talk = introducing(language, SKIPS[language], YES[language])
    assert not talk.did(did.NameGiven)
    talk.says(NAME[language])
    assert talk.did(did.NameGiven) == [did.NameGiven(NAME[language])]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Awa", "Awa"),
        ("je m'appelle Marie Claire Ama Adjoa", "Marie Claire Ama Adjoa"),
        ("je m’appelle Awa et je viens du Mali", "Awa"),
        ("سميتي أمينة", "أمينة"),
        ("اسمي أمينة من مراكش", "أمينة"),
        ("Ben", "Ben"),
        ("Maria da Conceição Lopes", "Maria da Conceição Lopes"),
    ],
)
def test_names_are_taken_at_once(words: str, name: str) -> None:
    assert introducing(Language.FRENCH, words).did(did.NameGiven) == [did.NameGiven(name)]


def test_add_details_is_not_offered_where_only_a_proof_is_left() -> None:
    talk = participant()
    talk.taps("record")
    talk.taps("job")
    talk.says("1", "2024", "Couture")
    talk.taps("details")
    talk.says("Agdal", "1")
    talk.taps("none")
    assert talk.where() is Place.CONFIRM
    assert [choice.value for choice in talk.prompts[-1].choices] == ["confirm", "change", "drop"]
