"""Putting off: a check-in comes again when it suits, where it was left; other forms wait for «continue»."""

from datetime import timedelta

import pytest

from conversations import changes as did
from conversations.events import ContactDue
from conversations.messages import PromptKind, Say
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.vocabulary import ContactState, Language
from tests.conversations.talking import Talk, participant

WORDS = ["plus tard", "Plus tard !", "later", "لاحقا", "من بعد", "mn ba3d"]


def asked(language: Language = Language.FRENCH) -> Talk:
    talk = participant(language).later(days=7)
    talk.is_due()
    return talk


def last_move(talk: Talk) -> did.ContactMoved:
    [*_, move] = talk.did(did.ContactMoved)
    return move


@pytest.mark.parametrize("word", WORDS)
def test_plain_later_is_tomorrow_at_the_same_hour(word: str) -> None:
    talk = asked()
    assert "1er décembre 2026 à 10:00" in talk.says(word)
    assert last_move(talk).state is ContactState.SNOOZED
    assert str(last_move(talk).due_at) == "2026-12-01 10:00:00+00:00"


@pytest.mark.parametrize("language", Language)
def test_the_first_question_has_a_button_for_it(language: Language) -> None:
    talk = asked(language)
    talk.taps("@later")
    assert talk.where() is Place.LATER
    assert last_move(talk).state is ContactState.SNOOZED


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("evening", "2026-11-30 19:00:00+00:00"),
        ("tomorrow", "2026-12-01 10:00:00+00:00"),
        ("week", "2026-12-07 10:00:00+00:00"),
    ],
)
def test_another_moment_can_be_chosen(moment: str, expected: str) -> None:
    talk = asked()
    talk.says("plus tard")
    talk.taps(moment)
    assert str(last_move(talk).due_at) == expected
    assert talk.where() is Place.HOME


@pytest.mark.parametrize(
    ("moment", "expected"), [("tomorrow", "2026-12-01 19:00:00+00:00"), ("week", "2026-12-07 19:00:00+00:00")]
)
def test_tomorrow_said_late_in_the_evening_is_not_the_day_after(moment: str, expected: str) -> None:
    talk = asked().later(hours=12, minutes=30)
    assert "1er décembre 2026 à 19:00" in talk.says("plus tard")
    talk.taps(moment)
    assert str(last_move(talk).due_at) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [  # it is Monday 30 November, ten in the morning
        ("demain matin", "2026-12-01 09:00"),
        ("dans 2 heures", "2026-11-30 12:00"),
        ("dans une heure", "2026-11-30 11:00"),
        ("lundi", "2026-12-07 10:00"),
        ("mercredi à 14h", "2026-12-02 14:00"),
        ("mardi après-midi", "2026-12-01 15:00"),
        ("ce soir", "2026-11-30 19:00"),
        ("la semaine prochaine", "2026-12-07 10:00"),
        ("à 18h", "2026-11-30 18:00"),
        ("9h", "2026-12-01 09:00"),
        ("dans 3 jours", "2026-12-03 10:00"),
        ("غدا", "2026-12-01 10:00"),
        ("غدا صباحا", "2026-12-01 09:00"),
        ("بعد ساعتين", "2026-11-30 12:00"),
        ("بعد ٣ ساعات", "2026-11-30 13:00"),
        ("هذا المساء", "2026-11-30 19:00"),
        ("الأسبوع القادم", "2026-12-07 10:00"),
        ("ghda f sbah", "2026-12-01 09:00"),
        ("tonight", "2026-11-30 19:00"),
        ("tomorrow at 9", "2026-12-01 09:00"),
        ("in half an hour", "2026-11-30 10:30"),
        ("Friday afternoon", "2026-12-04 15:00"),
        ("next week", "2026-12-07 10:00"),
    ],
)
def test_another_moment_can_be_said_in_words_and_is_said_back(words: str, expected: str) -> None:
    talk = asked()
    talk.says("plus tard")
    heard = talk.says(words)
    assert str(last_move(talk).due_at).startswith(expected)
    assert expected[11:] in heard
    assert talk.where() is Place.HOME


@pytest.mark.parametrize("words", ["ce soir à 23h", "dans 12 heures", "demain à 6h", "22h30"])
def test_a_moment_in_the_quiet_hours_becomes_nine_in_the_morning(words: str) -> None:
    talk = asked()
    talk.says("plus tard", words)
    assert str(last_move(talk).due_at) == "2026-12-01 09:00:00+00:00"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.FRENCH, "dans trois semaines"),
        (Language.ARABIC, "بعد شهر"),
        (Language.ENGLISH, "in 20 days"),
    ],
)
def test_what_is_further_than_two_weeks_is_asked_again(language: Language, words: str) -> None:
    talk = asked(language)
    talk.taps("@later")
    assert say(Say("later.too_far"), language) in talk.says(words)
    assert talk.where() is Place.LATER
    talk.taps("week")
    assert str(last_move(talk).due_at).startswith("2026-12-07")


@pytest.mark.parametrize("words", ["hier", "j'ai un problème", "hier soir", "il y a 2 heures"])
def test_what_names_no_moment_to_come_is_for_the_team(words: str) -> None:
    talk = asked()
    talk.says("plus tard", words)
    assert talk.did(did.TeamAwaited)
    assert str(last_move(talk).due_at).startswith("2026-12-01 10:00")


def test_in_the_evening_this_evening_is_not_offered() -> None:
    talk = asked().later(hours=9)
    talk.says("plus tard")
    assert [choice.value for choice in talk.prompts[-1].choices] == ["tomorrow", "week"]


def test_the_question_comes_again_exactly_where_it_was_left() -> None:
    talk = asked()
    talk.says("oui", "plus tard")
    talk.taps("tomorrow")
    assert "Que faites-vous maintenant" in talk.later(days=1).is_due()
    assert talk.prompts[-1].kind is PromptKind.NUDGE
    assert last_move(talk).state is ContactState.SENT
    talk.says("1", "passer", "passer")
    submitted = talk.did(did.FormSubmitted)[-1]
    assert submitted.coded == {"changed": "yes", "situation": "employed"}
    assert last_move(talk).state is ContactState.ANSWERED


def test_who_has_time_sooner_goes_on_sooner() -> None:
    talk = asked()
    talk.says("plus tard")
    assert "Est-ce que quelque chose a changé" in talk.says("continuer")
    talk.says("non")
    assert last_move(talk).state is ContactState.ANSWERED


def test_thanks_after_putting_off_bring_the_menu() -> None:
    talk = asked()
    talk.says("plus tard", "merci")
    assert talk.where() is Place.HOME
    assert talk.did(did.TeamAwaited) == []


@pytest.mark.parametrize("language", Language)
def test_another_form_is_parked_with_its_answers(language: Language) -> None:
    talk = participant(language)
    talk.taps("record")
    talk.taps("job")
    talk.says("1")
    question = talk.heard
    talk.says("plus tard")
    assert talk.where() is Place.HOME
    assert talk.did(did.ContactMoved) == []
    assert talk.says("continue") == question


def test_an_unanswered_check_in_is_brought_back_to_mind_two_days_later() -> None:
    talk = asked()
    [planned] = talk.did(did.ReminderPlanned)
    assert planned == did.ReminderPlanned("contact1", talk.now + timedelta(days=2))
    talk.later(days=2).happens(ContactDue("contact1", reminders=0))
    assert "toujours là" in talk.heard
    assert "Est-ce que quelque chose a changé" in talk.heard
    assert last_move(talk).state is ContactState.REMINDED
    assert did.ReminderPlanned("contact1", talk.now + timedelta(days=3)) in talk.changes


def test_nobody_is_reminded_of_what_they_put_off_or_stopped() -> None:
    talk = asked()
    talk.says("stop")
    talk.later(days=2).happens(ContactDue("contact1", reminders=0))
    assert talk.prompts == ()
    assert last_move(talk).state is ContactState.CANCELLED


def test_a_reminder_never_comes_at_night() -> None:
    talk = asked().later(days=2, hours=12)
    talk.happens(ContactDue("contact1", reminders=0))
    assert talk.prompts == ()
    assert did.ReminderPlanned("contact1", talk.now.replace(day=3, hour=9)) in talk.changes
