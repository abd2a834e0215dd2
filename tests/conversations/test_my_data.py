"""My data: people see what is kept, take a break, take a yes back, and leave; nothing happens by accident."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Text
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.rights.my_data import shows_what_is_held
from conversations.session import Place
from conversations.snapshot import Held
from conversations.vocabulary import Channel, ConsentPurpose, ConsentState, ContactState, Language
from tests.conversations.talking import START, Talk, participant

WORD = {Language.FRENCH: "mes données", Language.ARABIC: "بياناتي", Language.ENGLISH: "My data"}
HELD = Held(
    steps=2,
    answers=1,
    received=11,
    sent=100,
    consents={
        ConsentPurpose.LOGBOOK: (ConsentState.GIVEN, START),
        ConsentPurpose.PROMPTING: (ConsentState.GIVEN, START),
    },
    channels=(Channel.TELEGRAM,),
)


def asking(language: Language = Language.FRENCH) -> Talk:
    """Someone whose holdings were counted."""
    talk = participant(language)
    person = talk.snapshot.participant
    assert person is not None
    talk.snapshot = replace(talk.snapshot, participant=replace(person, held=HELD))
    return talk


def leaving(language: Language = Language.FRENCH) -> Talk:
    """Someone who said twice that everything shall be erased."""
    talk = asking(language)
    talk.says(WORD[language])
    talk.taps("erase")
    talk.taps("yes")
    talk.taps("erase")
    return talk


@pytest.mark.parametrize("language", Language)
def test_my_data_says_what_is_kept_in_at_most_three_messages_then_asks(language: Language) -> None:
    talk = asking(language)
    heard = talk.says(WORD[language])
    assert talk.where() is Place.DATA
    assert len(talk.prompts) == 3
    for id, n in (("data.steps", 2), ("data.answers", 1), ("data.received", 11), ("data.sent", 100)):
        assert say(Say(id, {"n": n}), language) in heard
    assert "Telegram" in heard or "تيليجرام" in heard
    assert say(Say("data.prompting"), language) in heard


def test_what_is_kept_is_counted_only_for_who_may_see_it() -> None:
    talk = participant()
    assert shows_what_is_held(talk.snapshot, Text("Mes données"))
    assert shows_what_is_held(talk.snapshot, Text("Mes donnees"))
    assert not shows_what_is_held(talk.snapshot, Text("bonjour"))
    assert not shows_what_is_held(talk.snapshot, Text("1"))


@pytest.mark.parametrize(("span", "days"), [("week", 7), ("month", 30), ("quarter", 92)])
def test_in_a_pause_a_check_in_comes_after_it(span: str, days: int) -> None:
    talk = asking()
    talk.says("mes données")
    talk.taps("pause")
    talk.taps(span)
    assert talk.where() is Place.HOME
    assert talk.snapshot.participant is not None
    until = talk.snapshot.participant.paused_until
    assert until is not None
    assert until - talk.now == timedelta(days=days)
    talk.later(days=6)
    talk.is_due()
    assert talk.prompts == ()
    moved = talk.changes[-1]
    assert isinstance(moved, did.ContactMoved)
    assert (moved.state, moved.due_at) == (ContactState.PLANNED, until)


@pytest.mark.parametrize("word", ["commencer", "start", "ابدأ"])
def test_start_ends_a_pause_and_brings_back_what_waited(word: str) -> None:
    talk = asking()
    talk.says("mes données", "Faire une pause", "3 mois")
    person = talk.snapshot.participant
    assert person is not None
    until = person.paused_until
    talk.later(days=10)
    talk.says(word)
    [resumed] = talk.did(did.ContactsResumed)
    assert resumed.held_until == until
    assert talk.now < resumed.due_at < talk.now + timedelta(days=1)
    assert talk.did(did.ConsentRecorded)[-1] == talk.did(did.ConsentRecorded)[1]  # no new consent
    talk.is_due()
    assert talk.where() is Place.FORM


def test_each_yes_can_be_taken_back_alone() -> None:
    talk = asking()
    talk.says("mes données")
    talk.taps("permissions")
    talk.taps("prompting_no")
    said = talk.did(did.ConsentRecorded)[-1]
    assert (said.purpose, said.state) == (ConsentPurpose.PROMPTING, ConsentState.WITHDRAWN)
    assert talk.did(did.PlannedContactsCancelled)
    talk.says("mes données")
    talk.taps("permissions")
    talk.taps("media_yes")
    said = talk.did(did.ConsentRecorded)[-1]
    assert (said.purpose, said.state) == (ConsentPurpose.MEDIA, ConsentState.GIVEN)
    assert not talk.did(did.ErasurePlanned)


def test_without_the_yes_for_the_logbook_it_is_erased_after_the_same_two_questions() -> None:
    talk = asking()
    talk.says("mes données")
    talk.taps("permissions")
    heard = talk.taps("logbook_no")
    assert "tout part pour toujours" in heard
    assert talk.where() is Place.ERASE
    assert not talk.did(did.ErasurePlanned)


@pytest.mark.parametrize("language", Language)
def test_erasing_is_asked_twice_and_planned_a_week_ahead(language: Language) -> None:
    talk = leaving(language)
    [planned] = talk.did(did.ErasurePlanned)
    assert planned.erase_at == talk.now + timedelta(days=7)
    assert talk.where() is Place.HOME
    assert say(Say("erasing.keep"), language) in talk.heard


@pytest.mark.parametrize("answers", [("non",), ("oui", "non"), ("oui", "1"), ("menu",), ("oui", "menu")])
def test_anything_but_two_clear_yes_erases_nothing(answers: tuple[str, ...]) -> None:
    talk = asking()
    talk.says("mes données", "Tout effacer", *answers)
    assert not talk.did(did.ErasurePlanned)
    assert talk.where() is Place.HOME


def test_an_erasure_at_night_is_planned_for_the_morning() -> None:
    talk = asking().later(hours=13)
    talk.says("mes données", "Tout effacer", "oui", "oui, effacer")
    [planned] = talk.did(did.ErasurePlanned)
    assert planned.erase_at.hour == 9


@pytest.mark.parametrize(
    "text", ["bonjour", "menu", "aide", "je suis triste", "mes données", "carnet", "stop"]
)
def test_whatever_comes_meanwhile_is_answered_with_the_day_and_the_ways_out(text: str) -> None:
    talk = leaving()
    heard = talk.says(text)
    assert "30 novembre 2026" in heard
    assert "Annuler l’effacement" in heard
    assert "Effacer maintenant" in heard
    assert talk.where() is Place.HOME


def test_words_and_files_meanwhile_reach_the_team() -> None:
    talk = leaving()
    talk.says("je suis triste")
    talk.happens(Attachment(AttachmentKind.PHOTO, "reference"))
    assert len(talk.did(did.TeamAwaited)) == 2
    assert "30 novembre" in talk.heard


@pytest.mark.parametrize(
    "text", ["annuler l'effacement", "Annuler l’effacement", "annuler", "1", "commencer"]
)
def test_it_can_be_taken_back_in_words(text: str) -> None:
    talk = leaving()
    talk.later(days=6).says(text)
    assert talk.did(did.ErasureTakenBack)
    assert talk.snapshot.participant is not None
    assert talk.snapshot.participant.erase_at is None
    assert "Mon carnet" in talk.heard
    last = talk.did(did.ConsentRecorded)[-1]
    assert (last.purpose, last.state) == (ConsentPurpose.LOGBOOK, ConsentState.GIVEN)


def test_a_form_under_way_goes_on_after_it_was_taken_back() -> None:
    talk = asking()
    talk.says("noter une étape", "1", "mes données", "Tout effacer", "oui", "oui, effacer", "annuler")
    talk.taps("resume")
    assert talk.where() is Place.FORM


@pytest.mark.parametrize("text", ["Annuler l'effacement", "cancel erasure", "إلغاء الحذف", "annuler"])
def test_one_planned_by_the_team_can_be_taken_back_in_the_middle_of_a_form(text: str) -> None:
    talk = asking()
    talk.says("noter une étape", "1")
    person = talk.snapshot.participant
    assert person is not None
    erase_at = talk.now + timedelta(days=7)
    talk.snapshot = replace(talk.snapshot, participant=replace(person, erase_at=erase_at))
    talk.says(text)
    assert talk.did(did.ErasureTakenBack)
    talk.taps("resume")
    assert talk.where() is Place.FORM


def test_a_number_meant_for_a_form_chooses_no_way_out() -> None:
    talk = asking()
    talk.says("noter une étape", "1")
    person = talk.snapshot.participant
    assert person is not None
    erase_at = talk.now + timedelta(days=7)
    talk.snapshot = replace(talk.snapshot, participant=replace(person, erase_at=erase_at))
    talk.says("4")
    assert talk.where() is Place.HOME
    assert "30 novembre" in talk.heard


def test_no_message_of_ours_meanwhile() -> None:
    talk = leaving().later(days=6)
    talk.is_due()
    assert talk.prompts == ()
    moved = talk.changes[-1]
    assert isinstance(moved, did.ContactMoved)
    assert moved.state is ContactState.PLANNED


def test_erasing_now_is_asked_once_more_and_then_says_goodbye() -> None:
    talk = leaving()
    talk.taps("now")
    assert not talk.did(did.ErasureHastened)
    assert "30 novembre" in talk.says("non")
    talk.taps("now")
    heard = talk.says("oui")
    assert "mon dernier message" in heard
    assert talk.did(did.ErasureHastened)
    assert "en ce moment" in talk.says("annuler")
    assert not talk.did(did.ErasureTakenBack)


def test_an_old_button_neither_erases_nor_keeps() -> None:
    talk = asking()
    talk.says("mes données")
    talk.taps("erase")
    old = talk.prompts[-1].token
    talk.says("menu")
    talk.taps_old(old, "yes")
    assert talk.where() is Place.HOME
    assert not talk.did(did.ErasurePlanned)


def reached_on(*channels: Channel, sms: ConsentState | None = None) -> Talk:
    talk = asking()
    person = talk.snapshot.participant
    assert person is not None
    held = replace(HELD, channels=channels)
    talk.snapshot = replace(talk.snapshot, participant=replace(person, held=held, sms=sms))
    return talk


@pytest.mark.parametrize("word", ["où m'écrire", "where to write to me", "أين تكتبون لي"])
def test_who_has_two_channels_says_where_we_write_first(word: str) -> None:
    talk = reached_on(Channel.TELEGRAM, Channel.WHATSAPP)
    talk.says(word)
    assert talk.where() is Place.REACH
    assert "WhatsApp" in talk.says("WhatsApp")
    assert did.ChannelPreferred(Channel.WHATSAPP) in talk.changes
    talk.says(WORD[Language.FRENCH])
    talk.taps("reach")
    talk.taps("last")
    assert did.ChannelPreferred(None) in talk.changes


def test_sms_is_a_choice_only_with_its_own_yes() -> None:
    talk = reached_on(Channel.TELEGRAM, Channel.SMS)
    talk.says("où m'écrire")
    assert talk.where() is Place.HOME
    talk = reached_on(Channel.TELEGRAM, Channel.SMS, sms=ConsentState.GIVEN)
    talk.says("où m'écrire")
    talk.taps("sms")
    assert did.ChannelPreferred(Channel.SMS) in talk.changes


def test_who_has_one_channel_hears_how_to_add_another() -> None:
    talk = reached_on(Channel.TELEGRAM)
    assert say(Say("reach.only_here"), Language.FRENCH) in talk.says("où m'écrire")
    assert "reach" not in [choice.value for prompt in talk.prompts for choice in prompt.choices]
