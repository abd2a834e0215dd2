"""After ninety silent days nothing of the logbook shows before it is clear who writes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Event, Text
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.snapshot import Proof
from conversations.vocabulary import ContactKind, Language
from tests.conversations.talking import NAME, Talk, newcomer, participant
from tests.conversations.test_code import MENU, SHOWN, guarded
from tests.conversations.test_workshops import SOON


def with_a_step(language: Language = Language.FRENCH) -> Talk:
    talk = participant(language)
    talk.taps("record")
    talk.taps("job")
    talk.says("1", "12/03/2025", "Couture")
    talk.taps("confirm")
    talk.says(MENU[language])
    talk.snapshot = replace(talk.snapshot, workshops=(SOON,))
    return talk


def silent(talk: Talk) -> Talk:
    """They write again after a hundred days, as storage would tell."""
    talk.later(days=100)
    person = talk.snapshot.participant
    assert person is not None
    unsure = replace(person, unsure_since=talk.now - timedelta(days=10))
    talk.snapshot = replace(talk.snapshot, participant=unsure)
    return talk


def check_ins(talk: Talk) -> list[did.FormSubmitted]:
    submitted = (change for change in talk.changes if isinstance(change, did.FormSubmitted))
    return [form for form in submitted if form.version_id.startswith("check-in")]


def told(id: str, language: Language = Language.FRENCH) -> str:
    return say(Say(id), language)


@pytest.mark.parametrize("language", Language)
def test_a_greeting_is_answered_by_what_shows_nothing(language: Language) -> None:
    talk = silent(with_a_step(language))
    heard = talk.says("bonjour")
    assert told("unsure.menu", language) in heard
    assert NAME[language] not in heard
    assert [choice.value for choice in talk.prompts[-1].choices] == ["me", "talk", "language", "not_mine"]


@pytest.mark.parametrize("language", Language)
def test_without_a_code_the_team_comes_first(language: Language) -> None:
    talk = silent(with_a_step(language))
    heard = talk.says(SHOWN[language])
    assert told("unsure.team", language) in heard
    assert "Couture" not in heard
    assert talk.where() is Place.HOME
    assert talk.did(did.TeamAwaited)


@pytest.mark.parametrize(
    "word",
    [
        *("carnet", "pdf", "mes données", "mes ateliers", "je viens", "continuer", "AT23456"),
        *("j’ai fini mon travail", "j’ai trouvé un travail", "travail", "formation"),
    ],
)
def test_whatever_would_show_or_record_something_waits(word: str) -> None:
    talk = with_a_step()
    talk.taps("record")
    talk.taps("training")
    talk.says("1")
    silent(talk)
    before = len(talk.changes)
    heard = talk.says(word)
    assert told("unsure.team") in heard
    assert SOON.title not in heard
    assert {type(change) for change in talk.changes[before:]} <= {did.TeamAwaited, did.ContactPlanned}


@pytest.mark.parametrize("event", [Text("oui"), Attachment(AttachmentKind.VOICE, "file1")])
def test_a_step_half_told_before_is_neither_shown_nor_answered(event: Event) -> None:
    talk = with_a_step()
    talk.taps("record")
    talk.taps("job")
    talk.says("1", "12/03/2025", "Boulangerie")
    assert talk.where() is Place.CONFIRM
    silent(talk)
    talk.happens(event)
    assert "Boulangerie" not in talk.heard
    assert told("unsure.team") in talk.heard
    assert not [step for step in talk.did(did.MilestoneRecorded) if "Boulangerie" in str(step)]


def test_an_answer_tapped_on_an_old_question_counts_for_nothing() -> None:
    talk = participant()
    talk.is_due()
    token = talk.prompts[-1].token
    talk.taps("yes")
    asked = talk.prompts[-1].token
    session = talk.snapshot.session.interrupting(Place.TALK)
    talk.snapshot = replace(talk.snapshot, session=session)
    silent(talk)
    assert told("unsure.team") in talk.taps_old(asked, "employed")
    assert token != asked
    assert not check_ins(talk)


@pytest.mark.parametrize("language", Language)
def test_a_check_in_after_the_silence_is_answered_to_its_end(language: Language) -> None:
    talk = silent(with_a_step(language))
    talk.is_due()
    heard = talk.taps("no")
    talk.says({Language.FRENCH: "passer", Language.ARABIC: "تخطي", Language.ENGLISH: "skip"}[language])
    assert told("checkin.done", language) in heard + talk.heard
    assert check_ins(talk)
    assert "Couture" not in talk.heard


def test_a_check_in_that_nobody_answered_before_is_still_open() -> None:
    talk = participant()
    talk.is_due()
    silent(talk)
    talk.taps("yes")
    assert talk.where() is Place.FORM
    talk.says("1")
    assert talk.where() is Place.FORM


def test_a_follow_up_asks_what_names_no_job() -> None:
    talk = silent(with_a_step())
    talk.is_due(form_id="follow-up-job")
    assert talk.snapshot.session.front.filling.form_id == "check-in"


@pytest.mark.parametrize(("event", "place"), [(Text("parler"), Place.TALK), (Text("langue"), Place.LANGUAGE)])
def test_what_shows_nothing_stays_open(event: Event, place: Place) -> None:
    talk = silent(with_a_step())
    talk.happens(event)
    assert talk.where() is place


def test_stop_stops_and_distress_is_answered() -> None:
    talk = silent(with_a_step())
    assert told("stop.done") in talk.says("stop")
    assert talk.did(did.PlannedContactsCancelled)
    assert told("distress.heard_self") in talk.says("je veux mourir")


def test_a_planned_erasure_is_not_told_either() -> None:
    talk = with_a_step()
    person = talk.snapshot.participant
    assert person is not None
    leaving = replace(person, erase_at=talk.now + timedelta(days=103))
    talk.snapshot = replace(talk.snapshot, participant=leaving)
    silent(talk)
    assert told("unsure.menu") in talk.says("bonjour")
    assert told("unsure.team") in talk.says("mes données")


@pytest.mark.parametrize("language", Language)
def test_the_code_makes_it_clear(language: Language) -> None:
    talk = silent(guarded(language))
    talk.says("bonjour")
    assert told("code.ask", language) in talk.taps("me")
    assert told("unsure.confirmed", language) in talk.says("2580")
    person = talk.snapshot.participant
    assert person is not None
    assert not person.unsure
    assert told("logbook.ask", language) in talk.says(SHOWN[language])


def test_an_open_logbook_is_shut_where_nobody_knows_who_writes() -> None:
    talk = guarded()
    talk.says("carnet", "2580")
    person = talk.snapshot.participant
    assert person is not None
    elsewhere = replace(person, unsure_since=talk.now)
    talk.snapshot = replace(talk.snapshot, participant=elsewhere)
    assert told("code.ask") in talk.says("carnet")


@pytest.mark.parametrize("said", ["not_mine", "ce n'est pas moi"])
def test_whoever_has_the_number_now_says_so_and_is_a_stranger(said: str) -> None:
    talk = silent(with_a_step())
    talk.says("bonjour")
    asked = talk.taps(said) if said == "not_mine" else talk.says(said)
    assert told("unsure.free_ask") in asked
    heard = talk.taps("yes")
    assert heard == told("unsure.freed")
    assert did.AddressFreed() in talk.changes
    assert ContactKind.COMING_BACK not in {
        one.kind for one in talk.changes if isinstance(one, did.ContactPlanned)
    }
    assert "carnet" not in heard


def test_it_was_a_slip() -> None:
    talk = silent(with_a_step())
    talk.says("faux numéro")
    assert told("unsure.menu") in talk.taps("no")
    assert not talk.did(did.AddressFreed)


def test_the_same_words_mean_nothing_of_the_kind_otherwise() -> None:
    talk = with_a_step()
    assert told("home.passed_on") in talk.says("ce n'est pas moi")


def test_a_proof_from_another_address_makes_it_clear() -> None:
    talk = silent(with_a_step())
    talk.says("j'ai déjà un carnet", "0600000002")
    assert talk.where() is Place.LINK_CODE
    person = talk.snapshot.participant
    assert person is not None
    proved = replace(talk.snapshot, proof=Proof.RIGHT, proved_to_be=person.id, code_asked_at=talk.now)
    talk.happens(Text("123456"), proved)
    assert told("unsure.confirmed") in talk.heard
    assert did.AddressConfirmed() in talk.changes


def test_what_an_unsure_address_proves_is_unsure_too() -> None:
    talk = Talk()
    talk.says("BIENVENUE", "1", "j'ai déjà un carnet", "0600000001")
    proved = replace(
        talk.snapshot, proof=Proof.RIGHT, proved_to_be="other", proof_unsure=True, code_asked_at=talk.now
    )
    talk.happens(Text("123456"), proved)
    assert did.AddressLinked("other", unsure=True) in talk.changes


def test_nobody_says_yes_for_them() -> None:
    talk = with_a_step()
    talk.says("stop")
    silent(talk)
    before = len(talk.changes)
    assert told("unsure.team") in talk.says("start")
    assert not [change for change in talk.changes[before:] if isinstance(change, did.ConsentRecorded)]


def test_a_profile_that_was_never_begun_waits_for_its_owner() -> None:
    talk = newcomer()
    talk.says("oui")
    assert talk.where() is Place.PROMPTING
    silent(talk)
    assert told("unsure.team") in talk.says("oui")
    assert told("unsure.team") in talk.says("carnet")
    assert talk.where() is Place.HOME
