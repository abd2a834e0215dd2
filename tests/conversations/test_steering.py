"""Steering: a word that steers and may be an answer is asked; «stop» stops first; help fits the place."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.forms import Form
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.vocabulary import Channel, ConsentState, Language
from tests.conversations.sheets import sheet
from tests.conversations.talking import Talk, newcomer, participant
from tests.conversations.test_forms_chat import submitted, talking

CHOICES = """| plan | return | Retour | |
             | plan | stop | Arrêter | |
             | plan | stay | Rester | |"""
PLANS = "| select_one plan | plan | Et après ? | yes | | | | |\n| text | why | Pourquoi ? | | | | | |"


def plans() -> Form:
    return sheet(PLANS, CHOICES)


def prompting(talk: Talk) -> ConsentState:
    assert talk.snapshot.participant is not None
    return talk.snapshot.participant.prompting


def test_a_word_that_may_be_the_answer_is_asked_back() -> None:
    talk = talking(plans())
    assert "est-ce votre réponse" in talk.says("retour")
    assert talk.where() is Place.DOUBT
    talk.taps("answer")
    assert "Pourquoi" in talk.heard
    talk.says("passer")
    assert "<plan>return</plan>" in submitted(talk)


def test_what_is_said_before_a_long_question_is_a_message_of_its_own() -> None:
    label = "Que faites-vous maintenant ? " * 10
    talk = talking(sheet(f"| select_one plan | plan | {label} | yes | | | | |", CHOICES))
    talk.says("bleu")
    assert len(talk.prompts) == 2
    hint, asked = ("\n".join(say(line, talk.language) for line in one.lines) for one in talk.prompts)
    assert label.strip() not in hint
    assert label.strip() in asked
    assert max(len(hint), len(asked)) <= 300
    assert talk.prompts[-1].choices
    assert not talk.prompts[0].choices


def test_or_it_was_meant_to_steer() -> None:
    talk = talking(plans())
    talk.says("retour")
    assert "première question" in talk.taps("command")
    assert talk.where() is Place.FORM


@pytest.mark.parametrize("reply", ["Rester", "3"])
def test_an_answer_in_other_words_settles_it_too(reply: str) -> None:
    talk = talking(plans())
    talk.says("retour", reply, "passer")
    assert "<plan>stay</plan>" in submitted(talk)


def test_stop_stops_at_once_even_where_it_may_be_the_answer() -> None:
    talk = talking(plans())
    heard = talk.says("arrêter")
    assert prompting(talk) is ConsentState.WITHDRAWN
    assert did.PlannedContactsCancelled() in talk.changes
    assert "je ne vous écrirai plus" in heard
    talk.taps("command")
    assert prompting(talk) is ConsentState.WITHDRAWN
    assert talk.where() is Place.HOME


def test_and_nobody_loses_their_check_ins_by_an_answer() -> None:
    talk = talking(plans())
    talk.says("arrêter")
    talk.taps("answer")
    assert prompting(talk) is ConsentState.GIVEN
    assert isinstance(talk.did(did.ContactPlanned)[-1], did.ContactPlanned)
    talk.says("passer")
    assert "<plan>stop</plan>" in submitted(talk)


@pytest.mark.parametrize("word", ["menu", "parler", "sortie"])
def test_the_menu_a_human_and_the_exit_are_never_doubted(word: str) -> None:
    choices = "| plan | a | Menu | |\n| plan | b | Parler | |\n| plan | c | Sortie | |"
    talk = talking(sheet("| select_one plan | plan | Et après ? | yes | | | | |", choices))
    talk.says(word)
    assert talk.where() in (Place.HOME, Place.TALK, Place.HIDDEN)


def test_in_words_cv_is_what_one_needs_or_the_file() -> None:
    talk = talking(sheet("| text | need | De quoi avez-vous besoin ? | yes | | | | |"))
    assert "CV" in talk.says("CV")
    talk.taps("answer")
    assert "<need>CV</need>" in submitted(talk)


@pytest.mark.parametrize(
    ("word", "place"), [("passer", Place.HOME), ("menu", Place.HOME), ("langue", Place.LANGUAGE)]
)
def test_words_we_teach_steer_in_a_question_of_words(word: str, place: Place) -> None:
    talk = talking(sheet("| text | need | De quoi avez-vous besoin ? | | | | | |"))
    talk.says(word)
    assert talk.where() is place


@pytest.mark.parametrize(("limit", "place"), [(". >= 0", "taken"), (". >= 1", "menu")])
def test_zero_is_the_menu_only_where_the_question_does_not_take_it(limit: str, place: str) -> None:
    talk = talking(sheet(f"| integer | kids | Combien d’enfants ? | yes | | {limit} | | |"))
    before = len(talk.did(did.FormSubmitted))
    talk.says("0")
    assert (len(talk.did(did.FormSubmitted)) > before) is (place == "taken")
    assert talk.where() is Place.HOME


HELPS = {
    Language.FRENCH: ("aide", "« retour », « passer »", "« carnet »", "à l’équipe"),
    Language.ARABIC: ("مساعدة", "«تخطي»", "«دفتر»", "الفريق"),
    Language.ENGLISH: ("help", "“back”, “skip”", "“logbook”", "to the team"),
}


@pytest.mark.parametrize("language", Language)
def test_help_names_what_can_be_done_here(language: Language) -> None:
    word, in_a_form, at_home, with_the_team = HELPS[language]
    talk = participant(language)
    assert at_home in talk.says(word)
    talk.taps("record")
    talk.taps("job")
    assert in_a_form in talk.says(word)
    talk.says("menu")
    talk.taps("talk")
    assert with_the_team in talk.says(word)
    assert talk.where() is Place.TALK


def test_back_leaves_the_choice_of_language_as_it_was() -> None:
    talk = participant()
    talk.taps("record")
    talk.taps("job")
    question = talk.heard.splitlines()[-1]
    talk.says("langue")
    assert question in talk.says("retour")


def test_back_leads_one_step_up_in_my_data() -> None:
    talk = participant()
    talk.taps("data")
    talk.taps("pause")
    talk.says("retour")
    assert talk.where() is Place.DATA


def on_sms(talk: Talk) -> Talk:
    """The same by SMS, with a yes to notices there."""
    assert talk.snapshot.participant is not None
    person = replace(talk.snapshot.participant, sms=ConsentState.GIVEN)
    talk.snapshot = replace(talk.snapshot, channel=Channel.SMS, participant=person)
    return talk


def test_on_sms_the_question_comes_when_they_answer_the_notice() -> None:
    talk = on_sms(participant()).later(days=7)
    talk.is_due()
    talk.says("oui ?")
    assert "Est-ce que quelque chose a changé" in talk.heard
    assert talk.where() is Place.FORM
    assert talk.did(did.TeamAwaited) == []
    talk.says("non")
    assert talk.where() is Place.HOME


def test_stop_stops_on_sms_before_the_question_was_read() -> None:
    talk = on_sms(participant()).later(days=7)
    talk.is_due()
    talk.says("stop")
    assert prompting(talk) is ConsentState.WITHDRAWN


def test_a_button_of_the_open_question_counts_after_a_trainer_wrote_at_the_menu() -> None:
    talk = participant()
    talk.snapshot = replace(talk.snapshot, session=talk.snapshot.session.interrupting(Place.TALK))
    talk.taps("record")
    assert talk.where() is Place.KIND


def test_a_hesitation_at_consent_is_not_lost() -> None:
    talk = newcomer()
    talk.says("plus tard")
    assert talk.where() is Place.CONSENT
