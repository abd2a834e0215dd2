"""At home: the menu, the logbook, another language, words for the team, stop and start."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Edited, Location, Unblocked, Unsupported
from conversations.session import Place
from conversations.vocabulary import ConsentState, ContactState, Language
from tests.conversations.talking import CODE, Talk, newcomer, participant


def test_before_a_job_is_kept_it_is_summed_up_and_an_answer_can_be_changed() -> None:
    talk = participant()
    talk.says("travail", "1", "12/03/2025", "Couturiere")
    assert talk.where() is Place.CONFIRM
    assert "Couturiere" in talk.heard
    talk.taps("change")
    assert talk.where() is Place.CHANGE
    chosen = next(c.value for c in talk.prompts[-1].choices if c.value.endswith("occupation"))
    talk.taps(chosen)
    talk.says("Couturière")
    assert talk.where() is Place.CONFIRM, "the other answers are still there"
    assert "Couturière" in talk.heard
    talk.taps("confirm")
    [milestone] = talk.did(did.MilestoneRecorded)
    assert milestone.details["occupation"] == "Couturière"


def test_a_summary_that_is_not_wanted_is_dropped() -> None:
    talk = participant()
    talk.says("travail", "1", "12/03/2025", "Couturière")
    talk.taps("drop")
    assert talk.where() is Place.HOME
    assert talk.did(did.MilestoneRecorded) == []


def test_an_empty_logbook_says_so_kindly() -> None:
    assert "encore vide" in participant().taps("logbook")


def test_the_language_changes_in_the_middle_of_a_question_and_the_question_comes_back() -> None:
    talk = participant()
    talk.says("travail")
    before = talk.heard
    talk.says("langue")
    heard = talk.taps("ar")
    assert talk.where() is Place.FORM
    assert heard != before
    assert did.LanguageChosen(Language.ARABIC) in talk.changes
    assert talk.language is Language.ARABIC


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Bonjour à tous", "Bonjour"),
        ("merci beaucoup 🙏", "Avec plaisir"),
        ("شكرا بزاف", "Avec plaisir"),
        ("ok", "Très bien"),
        ("👍", "Très bien"),
    ],
)
def test_kind_words_at_home_are_answered_in_kind_and_call_nobody(said: str, heard: str) -> None:
    talk = participant()
    assert heard in talk.says(said)
    assert talk.did(did.TeamAwaited) == []


@pytest.mark.parametrize("said", ["😢", "ok 😢", "merci mais je suis malade", "non je ne viens pas demain"])
def test_whatever_says_more_than_a_courtesy_reaches_the_team(said: str) -> None:
    talk = participant()
    talk.says(said)
    assert talk.did(did.TeamAwaited)


def test_free_words_at_home_reach_the_team() -> None:
    talk = participant()
    assert "transmis" in talk.says("je ne peux pas venir demain, mon fils est malade")
    assert talk.did(did.TeamAwaited)


def test_talking_to_a_person_keeps_the_bot_quiet_until_the_menu_is_asked_for() -> None:
    talk = participant()
    talk.taps("talk")
    talk.says("j’ai un problème avec mon contrat")
    assert talk.prompts[-1].choices == ()
    assert talk.where() is Place.TALK
    talk.says("menu")
    assert talk.where() is Place.HOME
    assert talk.prompts[-1].choices


@pytest.mark.parametrize("word", ["stop", "STOP", "Arrêt", "توقف", "/stop"])
def test_stop_stops_what_we_begin_and_keeps_the_logbook(word: str) -> None:
    talk = participant()
    talk.says(word)
    assert did.PlannedContactsCancelled() in talk.changes
    person = talk.snapshot.participant
    assert person is not None
    assert person.prompting is ConsentState.WITHDRAWN
    assert not talk.is_due(), "a check-in that was already due is not asked either"
    assert talk.changes[-1] == did.ContactMoved("contact1", ContactState.CANCELLED)


def test_start_allows_messages_again() -> None:
    talk = participant()
    planned = len(talk.did(did.ContactPlanned))
    talk.says("stop", "commencer")
    person = talk.snapshot.participant
    assert person is not None
    assert person.prompting is ConsentState.GIVEN
    assert len(talk.did(did.ContactPlanned)) == planned + 1
    assert "start" not in [choice.value for choice in talk.prompts[-1].choices]


def test_a_form_that_was_left_is_offered_again_where_it_was() -> None:
    talk = participant()
    talk.says("travail")
    talk.says("1", "menu")
    assert talk.where() is Place.HOME
    talk.taps("resume")
    assert talk.where() is Place.FORM
    talk.says("12/03/2025", "Couturière")
    assert talk.where() is Place.CONFIRM


def test_back_skip_and_cancel_within_a_form() -> None:
    talk = participant()
    first = talk.says("travail")
    assert "première question" in talk.says("retour")
    talk.says("1")
    assert first.splitlines()[-1] in talk.says("retour")
    talk.says("1", "12/03/2025")
    place_before = talk.heard
    talk.says("passer")
    assert talk.where() is Place.FORM
    assert place_before.splitlines()[0] in talk.heard, "the occupation is required: it is asked again"
    talk.says("annuler")
    assert talk.where() is Place.HOME


def test_help_says_what_can_be_done_and_asks_again() -> None:
    talk = participant()
    assert "menu" in talk.says("aide")
    talk.says("travail")
    heard = talk.says("aide")
    assert "retour" in heard
    assert talk.where() is Place.FORM


def test_an_old_button_is_answered_kindly_with_where_we_are() -> None:
    talk = participant()
    old = talk.prompts[-1].token
    talk.says("travail")
    heard = talk.taps_old(old, "logbook")
    assert "question d’avant" in heard
    assert talk.where() is Place.FORM


@pytest.mark.parametrize(
    "event",
    [
        Attachment(AttachmentKind.VOICE, "file1"),
        Location(34.02, -6.83),
        Unsupported("sticker"),
        Edited("autre chose"),
        Unblocked(),
    ],
    ids=lambda event: type(event).__name__,
)
@pytest.mark.parametrize("in_form", [False, True], ids=["at home", "in a form"])
def test_whatever_comes_is_answered_and_the_question_stays(event: Attachment, in_form: bool) -> None:
    talk = participant()
    if in_form:
        talk.says("travail")
    place = talk.where()
    talk.happens(event)
    assert talk.prompts
    assert talk.where() is place


def after_a_trainer_wrote(talk: Talk) -> Talk:
    session = talk.snapshot.session.interrupting(Place.TALK)
    talk.snapshot = replace(talk.snapshot, session=session)
    return talk


def test_a_reply_to_a_trainer_in_the_middle_of_a_form_is_no_answer_to_the_form() -> None:
    talk = participant()
    talk.says("travail")
    talk.says("1", "12/03/2025")
    after_a_trainer_wrote(talk)
    assert "équipe" in talk.says("Oui, je viens vendredi")
    talk.says("menu")
    talk.taps("resume")
    talk.says("Couturière")
    assert "vendredi" not in talk.heard
    assert talk.where() is Place.CONFIRM


def test_a_tap_on_the_open_question_is_still_its_answer_after_a_trainer_wrote() -> None:
    talk = participant()
    talk.says("travail")
    after_a_trainer_wrote(talk).taps("started")
    assert talk.where() is Place.FORM


@pytest.mark.parametrize("words", ["bonjour", "سلام", "Merci beaucoup !", "hello"])
def test_a_greeting_needs_nobody_to_read_it(words: str) -> None:
    talk = participant()
    talk.says(words)
    assert talk.did(did.TeamAwaited) == []
    assert talk.prompts[-1].choices


def test_the_profile_is_never_thrown_away_and_the_name_counts_at_once() -> None:
    talk = newcomer()
    talk.says("oui", "oui", "Awa", "1", "annuler")
    assert did.NameGiven("Awa") in talk.changes
    assert talk.where() is Place.HOME
    talk.taps("resume")
    assert "année" in talk.heard


def test_a_join_link_in_the_middle_of_a_form_is_no_answer() -> None:
    talk = newcomer()
    talk.says("oui", "oui", f"/start {CODE}")
    assert did.NameGiven(f"/start {CODE}") not in talk.changes
    talk.taps("me")
    assert talk.where() is Place.FORM


def test_words_to_the_team_that_contain_a_code_still_reach_the_team() -> None:
    talk = participant()
    talk.taps("talk")
    talk.says("Merci et bienvenue à mon fils")
    assert talk.did(did.TeamAwaited)


def test_a_change_of_language_leads_back_to_the_question_about_messages() -> None:
    talk = newcomer()
    talk.says("oui", "langue")
    talk.taps("en")
    assert talk.where() is Place.PROMPTING


def test_where_zero_is_an_answer_it_is_not_the_menu() -> None:
    talk = participant()
    talk.says("0")
    assert talk.where() is Place.HOME
    talk.says("travail")
    talk.says("1", "0")
    assert talk.where() is Place.HOME, "a date takes no 0: it is the menu"
