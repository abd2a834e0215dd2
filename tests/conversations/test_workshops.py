"""Workshops in the chat: an answer counts whenever it comes, a code tells who is there, nothing gets lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.answers import Spot
from conversations.changes import AttendanceSaid
from conversations.events import Text
from conversations.messages import Pin, PromptKind, Say
from conversations.render.capabilities import CAPABILITIES
from conversations.render.catalogue import say
from conversations.render.parts import Part, render
from conversations.session import Place
from conversations.snapshot import Workshop
from conversations.vocabulary import Attendance, Channel, Language
from conversations.workshops.texts import invitation
from tests.conversations.talking import START, Talk, participant

ZONE = "Africa/Casablanca"
SOON = Workshop(
    "w1",
    "Faire son CV",
    START + timedelta(days=3),
    START + timedelta(days=3, hours=2),
    ZONE,
    "Salé, salle 2",
    Attendance.INVITED,
)
LATER = replace(
    SOON, id="w2", title="Entretien", starts_at=START + timedelta(days=9), ends_at=START + timedelta(days=10)
)
COMING, NOT_COMING = "workshop:w1:coming", "workshop:w1:not_coming"
YES = {Language.FRENCH: "je viens", Language.ARABIC: "سأحضر", Language.ENGLISH: "I come"}
NO = {Language.FRENCH: "Je ne viens pas", Language.ARABIC: "لن أحضر", Language.ENGLISH: "i cannot come"}


def invited(language: Language = Language.FRENCH, *workshops: Workshop) -> Talk:
    talk = participant(language)
    talk.snapshot = replace(talk.snapshot, workshops=workshops or (SOON,))
    return talk


def enters(talk: Talk, text: str, room: Workshop | None) -> str:
    """Send the code of a room."""
    talk.happens(Text(text), replace(talk.snapshot, room=room))
    return talk.heard


def said(talk: Talk) -> list[tuple[str, Attendance]]:
    changes = [change for change in talk.changes if isinstance(change, AttendanceSaid)]
    return [(change.workshop_id, change.attendance) for change in changes]


def test_who_is_invited_to_nothing_is_offered_no_workshops() -> None:
    talk = participant()
    assert say(Say("menu.workshops"), Language.FRENCH) not in talk.says("menu")
    assert "Pas d’atelier" in talk.says("mes ateliers")
    assert talk.where() is Place.HOME


@pytest.mark.parametrize("language", Language)
def test_an_answer_in_words_names_the_workshop_it_is_for(language: Language) -> None:
    talk = invited(language, SOON, LATER)
    assert "Faire son CV" in talk.says(YES[language])
    talk.says(NO[language])
    assert said(talk) == [("w1", Attendance.COMING), ("w1", Attendance.NOT_COMING)]


def test_the_buttons_of_a_notice_work_beside_the_open_question_and_again() -> None:
    talk = invited()
    talk.says("1", "4")  # a step is being noted
    before, place = talk.heard, talk.where()
    talk.taps_old("notice", COMING)
    assert talk.where() is place
    assert before.splitlines()[-1] in talk.heard
    talk.later(days=2).taps_old("notice", NOT_COMING)
    assert said(talk) == [("w1", Attendance.COMING), ("w1", Attendance.NOT_COMING)]


@pytest.mark.parametrize(
    ("workshop", "reads"),
    [
        (replace(SOON, cancelled=True), "n’aura pas lieu"),
        (replace(SOON, closed=True), "terminé"),
        (replace(SOON, attendance=Attendance.PRESENT), "déjà notée"),
    ],
    ids=["cancelled", "sheet closed", "already there"],
)
def test_an_answer_that_cannot_count_is_explained(workshop: Workshop, reads: str) -> None:
    talk = invited(Language.FRENCH, workshop)
    talk.taps_old("notice", NOT_COMING)
    assert reads in talk.heard
    assert said(talk) == []


def test_my_workshops_shows_the_answers_and_lets_them_be_changed() -> None:
    talk = invited(Language.FRENCH, SOON, LATER)
    talk.says("menu")
    shown = talk.taps("workshops")
    assert "jeudi 26 novembre 2026 à 10:00" in shown
    assert "pas encore de réponse" in shown
    talk.taps("w2")
    assert "Entretien" in talk.taps("coming")
    assert talk.where() is Place.WORKSHOPS
    assert said(talk) == [("w2", Attendance.COMING)]
    assert "vous venez" in talk.says("mes ateliers")
    talk.taps("menu")
    assert talk.where() is Place.HOME


@pytest.mark.parametrize("language", Language)
def test_the_words_of_a_button_answer_the_workshop_that_is_asked_about(language: Language) -> None:
    talk = invited(language, SOON, LATER)
    talk.says("menu")
    talk.taps("workshops")
    talk.taps("w2")
    talk.says(YES[language])
    assert said(talk) == [("w2", Attendance.COMING)]
    assert talk.where() is not Place.DOUBT


def test_back_leads_from_one_workshop_to_all_of_them() -> None:
    talk = invited()
    talk.says("mes ateliers", "1", "retour")
    assert talk.where() is Place.WORKSHOPS
    talk.says("retour")
    assert talk.where() is Place.HOME


def test_words_that_mean_no_workshop_are_for_the_team() -> None:
    talk = participant()
    talk.says("je viens")
    assert said(talk) == []
    assert talk.snapshot.participant is not None
    assert talk.snapshot.participant.team_awaited


def test_the_code_of_the_room_counts_from_two_hours_before_to_two_hours_after() -> None:
    for hours, counts in ((-2.1, False), (-1.9, True), (1, True), (3.9, True), (4.1, False)):
        talk = invited()
        talk.now = SOON.starts_at + timedelta(hours=hours)
        enters(talk, "at 23456", SOON)
        assert said(talk) == ([("w1", Attendance.PRESENT)] if counts else []), hours


def test_a_code_is_answered_kindly_whatever_is_wrong_with_it() -> None:
    talk = invited()
    assert "AT et cinq chiffres" in enters(talk, "AT99999", None)
    assert "jour de l’atelier" in enters(talk, "AT23456", SOON)
    talk.now = SOON.starts_at
    assert "Bienvenue" in enters(talk, "/start AT23456", SOON)
    assert "déjà notée" in enters(talk, "AT23456", SOON)
    assert said(talk) == [("w1", Attendance.PRESENT)]


def test_who_was_not_invited_and_sends_the_code_is_there_all_the_same() -> None:
    talk = participant()
    talk.now = SOON.starts_at
    enters(talk, "AT23456", replace(SOON, attendance=None))
    assert said(talk) == [("w1", Attendance.PRESENT)]


@pytest.mark.parametrize("language", Language)
def test_a_notice_says_when_and_where_and_an_sms_nothing_of_it(language: Language) -> None:
    shown = {
        channel: render(invitation(SOON, "invite", channel, "t"), language, CAPABILITIES[channel])
        for channel in Channel
    }
    assert invitation(SOON, "invite", Channel.SMS, "t").kind is PromptKind.NOTICE
    for channel in (Channel.PHONE, Channel.TELEGRAM):
        assert [len(row) for row in shown[channel][-1].rows] in ([2], [1, 1])
    assert "1." not in shown[Channel.WHATSAPP][-1].text  # a number would answer the question before
    assert YES[language].casefold() in shown[Channel.WHATSAPP][-1].text.casefold()
    for channel in (Channel.PHONE, Channel.TELEGRAM, Channel.WHATSAPP):
        assert "10:00" in shown[channel][-1].text
        assert SOON.place in shown[channel][-1].text
    assert "CV" not in shown[Channel.SMS][-1].text


MAPPED = replace(SOON, spot=Spot(34.02, -6.83))


def pins(parts: tuple[Part, ...]) -> list[Pin | None]:
    return [part.pin for part in parts]


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WHATSAPP])
def test_the_place_on_the_map_comes_before_the_invitation(channel: Channel) -> None:
    prompt = invitation(MAPPED, "invite", channel, "tok")
    parts = render(prompt, Language.FRENCH, CAPABILITIES[channel])
    assert pins(parts) == [Pin(34.02, -6.83, SOON.title, SOON.place), None]
    assert "osm.org" not in parts[-1].text


def test_without_pins_a_link_follows_the_place() -> None:
    prompt = invitation(MAPPED, "remind", Channel.PHONE, "tok")
    [part] = render(prompt, Language.FRENCH, CAPABILITIES[Channel.PHONE])
    place, link, question = part.text.split("\n\n")
    assert SOON.place in place
    assert link == "Sur la carte : https://osm.org/?mlat=34.02000&mlon=-6.83000&zoom=17"
    assert question == "Est-ce que vous venez ?"


def test_an_sms_tells_the_place_only_to_who_asks() -> None:
    prompt = invitation(MAPPED, "invite", Channel.SMS, "tok")
    [part] = render(prompt, Language.FRENCH, CAPABILITIES[Channel.SMS])
    assert "osm.org" not in part.text
    talk = invited(Language.FRENCH, MAPPED)
    talk.snapshot = replace(talk.snapshot, channel=Channel.SMS)
    assert "osm.org" not in talk.says("mes ateliers")
    talk.says("1")
    [part] = render(talk.prompts[-1], Language.FRENCH, CAPABILITIES[Channel.SMS])
    assert "https://osm.org/?mlat=34.02000&mlon=-6.83000&zoom=17" in part.text


def test_the_map_is_shown_once() -> None:
    talk = invited(Language.FRENCH, MAPPED)
    talk.says("mes ateliers", "1")
    assert talk.prompts[-1].pin
    talk.says("?")
    assert talk.prompts[-1].pin is None


def test_a_workshop_without_a_spot_has_no_map() -> None:
    prompt = invitation(SOON, "invite", Channel.TELEGRAM, "tok")
    assert pins(render(prompt, Language.FRENCH, CAPABILITIES[Channel.TELEGRAM])) == [None]
