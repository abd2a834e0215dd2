"""Joining: a few messages, in one's own language, and nothing kept before the yes."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Tap, Text
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.snapshot import Invitation
from conversations.vocabulary import ConsentPurpose, ConsentState, Language
from tests.conversations.talking import CHOICE, CODE, NAME, START, Talk, newcomer, participant

OWN_WORDS = {Language.FRENCH: "Bienvenue", Language.ARABIC: "أهلا", Language.ENGLISH: "Welcome"}


@pytest.mark.parametrize("language", Language)
def test_the_whole_way_takes_five_messages_before_the_profile(language: Language) -> None:
    talk = Talk()
    assert "Français" in talk.says(CODE)
    assert OWN_WORDS[language] in talk.says(CHOICE[language])
    talk.says("1")
    assert talk.where() is Place.CONSENT
    assert 2 <= len(talk.prompts) <= 6, "consent is at most six short messages"
    talk.says("1")
    assert talk.where() is Place.PROMPTING
    talk.says("1")
    assert talk.where() is Place.FORM
    [enrolled] = talk.did(did.Enrolled)
    assert (enrolled.cohort_id, enrolled.language) == ("cohort1", language)


@pytest.mark.parametrize("language", Language)
def test_the_profile_ends_at_the_menu_with_the_name(language: Language) -> None:
    talk = participant(language)
    assert NAME[language] in talk.heard
    assert talk.did(did.NameGiven) == [did.NameGiven(NAME[language])]
    [submitted] = talk.did(did.FormSubmitted)
    assert NAME[language] in submitted.instance_xml
    assert NAME[language] not in submitted.coded.values(), "a name is no code"


@pytest.mark.parametrize(
    "answers",
    [("1", "1", "1", "1"), ("français", "oui", "oui", "oui"), ("Francais", "Wakha", "OUI !", "ok oui")],
    ids=["numbers", "words", "as people write"],
)
def test_numbers_and_words_both_work(answers: tuple[str, ...]) -> None:
    talk = Talk()
    talk.says(CODE)
    for answer in answers[:3]:
        talk.says(answer)
    assert talk.where() is Place.PROMPTING


def test_buttons_work() -> None:
    talk = Talk()
    talk.says(CODE)
    for value in ("ar", "yes", "yes", "no"):
        talk.taps(value)
    assert talk.where() is Place.FORM
    assert talk.language is Language.ARABIC


def test_consents_are_recorded_one_by_one_with_their_text_and_language() -> None:
    talk = newcomer(Language.ARABIC)
    talk.says("نعم", "لا")
    said = [c for c in talk.changes if isinstance(c, did.ConsentRecorded)]
    assert [(c.purpose, c.state, c.language) for c in said] == [
        (ConsentPurpose.LOGBOOK, ConsentState.GIVEN, Language.ARABIC),
        (ConsentPurpose.PROMPTING, ConsentState.REFUSED, Language.ARABIC),
    ]
    assert all(c.text_version for c in said)


def test_a_yes_to_messages_plans_the_first_check_in_a_week_later() -> None:
    talk = newcomer()
    talk.says("oui", "oui")
    [plan] = talk.did(did.ContactPlanned)
    assert plan.local_time.isoformat() == "2026-11-30T10:00:00"
    assert plan.zone == "Africa/Casablanca"
    assert plan.due_at.isoformat() == "2026-11-30T10:00:00+00:00", "Morocco is on UTC since September 2026"


def test_a_no_to_messages_plans_nothing() -> None:
    talk = newcomer()
    talk.says("oui", "non")
    assert talk.did(did.ContactPlanned) == []


@pytest.mark.parametrize("answer", ["non", "2", "stop"])
def test_a_no_to_consent_is_respected_and_forgotten(answer: str) -> None:
    talk = newcomer()
    talk.says(answer)
    assert talk.did(did.Enrolled) == []
    assert talk.changes[-1] == did.NewcomerForgotten()
    assert "Je ne garde rien" in talk.heard
    assert "code" in talk.says("bonjour"), "and one may begin again"


def test_ok_is_no_clear_yes_to_consent() -> None:
    talk = newcomer()
    talk.says("ok")
    assert talk.where() is Place.CONSENT
    assert talk.did(did.Enrolled) == []


@pytest.mark.parametrize("word", ["aide", "menu", "help"])
def test_who_hesitates_before_consent_is_told_what_this_is(word: str) -> None:
    talk = newcomer()
    assert "association" in talk.says(word)
    assert talk.where() is Place.CONSENT


def test_under_18_nothing_is_kept_and_a_human_is_offered() -> None:
    talk = Talk()
    talk.says(CODE, "1", "non")
    assert talk.changes[-1] == did.NewcomerForgotten()
    assert "association" in talk.heard


@pytest.mark.parametrize(
    "words", ["24", "j’ai 24 ans", "jé 24 an", "oui jai 24 an", "عمري ٢٤ سنة", "im 24", "18"]
)
def test_an_age_answers_whether_one_is_18_or_over(words: str) -> None:
    talk = Talk()
    talk.says(CODE, "1", words)
    assert talk.where() is Place.CONSENT


@pytest.mark.parametrize("words", ["16 ans", "15"])
def test_an_age_under_18_is_a_no(words: str) -> None:
    talk = Talk()
    talk.says(CODE, "1", words)
    assert talk.changes[-1] == did.NewcomerForgotten()


@pytest.mark.parametrize(
    "words", ["12", "oui 16 ans", "bientôt 18 ans", "moins de 18", "j’ai pas 18 ans", "18 ou 19"]
)
def test_what_is_no_clear_age_is_asked_again(words: str) -> None:
    talk = Talk()
    talk.says(CODE, "1", words)
    assert talk.where() is Place.ADULT


def test_who_has_filled_in_the_profile_is_not_asked_for_it_again() -> None:
    assert "profile" not in [choice.value for choice in participant().prompts[-1].choices]


def test_an_unknown_code_is_explained_in_all_languages() -> None:
    heard = Talk().says("RABAT99")
    for words in ("Je ne connais pas ce code", "لا أعرف هذا الرمز", "I do not know this code"):
        assert words in heard


def test_without_a_code_it_says_how_to_get_one_and_keeps_nothing() -> None:
    talk = Talk()
    assert "code" in talk.says("bonjour, je voudrais m’inscrire")
    assert talk.changes == []


def test_an_unclear_answer_gets_a_hint_and_the_question_again() -> None:
    talk = newcomer()
    heard = talk.says("peut-être")
    assert "bouton ou un numéro" in heard
    assert "1. Oui" in heard
    assert talk.where() is Place.CONSENT


@pytest.mark.parametrize(
    "event",
    [Attachment(AttachmentKind.PHOTO, "file1"), Tap("gone:0"), Text(""), Text("😀"), Text("x" * 10_000)],
    ids=["photo", "unknown button", "nothing", "emoji", "very long"],
)
def test_before_consent_nothing_but_the_place_is_kept(event: Tap | Text | Attachment) -> None:
    talk = newcomer()
    before = len(talk.changes)
    talk.happens(event)
    kept = talk.changes[before:]
    assert [type(change) for change in kept] == [did.NewcomerKept]
    assert talk.where() is Place.CONSENT
    assert talk.prompts


def test_the_code_again_begins_the_welcome_again_at_the_language() -> None:
    talk = Talk()
    talk.says(CODE)
    assert "Français" in talk.says(CODE)


def test_the_code_of_someone_who_joined_is_answered_kindly() -> None:
    talk = participant()
    assert "pour qui" in talk.says(CODE)
    assert "déjà ouvert" in talk.taps("me")


def test_the_same_events_give_the_same_outcome() -> None:
    first, second = participant(), participant()
    assert first.changes == second.changes
    assert first.heard == second.heard
    assert first.now == second.now == START


def mistyped(talk: Talk, hint: Language | None = None) -> str:
    invited = Invitation("cohort1", meant=CODE)
    talk.happens(Text("BIENVENU"), replace(talk.snapshot, invitation=invited, language_hint=hint))
    return talk.heard


def test_a_mistyped_code_is_asked_back_and_a_yes_goes_on() -> None:
    talk = Talk()
    heard = mistyped(talk)
    for words in ("Vouliez-vous écrire BIENVENUE", "هل المقصود BIENVENUE", "Did you mean BIENVENUE"):
        assert words in heard
    assert "Français" in talk.taps("yes")
    assert talk.where() is Place.LANGUAGE_FIRST


@pytest.mark.parametrize("answer", ["oui", "BIENVENUE", "1"])
def test_it_can_be_answered_in_words_too(answer: str) -> None:
    talk = Talk()
    mistyped(talk, Language.FRENCH)
    assert "Français" in talk.says(answer)


@pytest.mark.parametrize("answer", ["non", "2", "لا"])
def test_a_no_leaves_nothing_behind(answer: str) -> None:
    talk = Talk()
    mistyped(talk)
    talk.says(answer)
    assert talk.snapshot.newcomer is None
    assert talk.changes[-1] == did.NewcomerForgotten()


def test_a_code_that_has_ended_gets_a_kind_word_and_leads_to_a_human() -> None:
    talk = Talk()
    talk.happens(Text(CODE), replace(talk.snapshot, invitation=Invitation("cohort1", closed=True)))
    assert "une personne vous aidera" in talk.heard
    assert talk.changes == []


@pytest.mark.parametrize("id", ["join.need_code", "join.unknown_code", "join.closed", "join.language"])
def test_what_is_said_in_every_language_at_once_stays_short(id: str) -> None:
    assert len("\n".join(say(Say(id), language) for language in Language)) <= 300
