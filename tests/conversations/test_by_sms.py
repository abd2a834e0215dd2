"""Notices by SMS need a yes of their own: asked for once, in one message, taken back by stop."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations import changes as did
from conversations.events import Blocked, Unblocked
from conversations.messages import PromptKind
from conversations.render.capabilities import CAPABILITIES
from conversations.render.parts import render
from conversations.session import Place
from conversations.snapshot import Held
from conversations.vocabulary import Channel, ConsentPurpose, ConsentState, ContactState, Language
from tests.conversations.talking import CODE, Talk, participant

ASKED = "pouvons-nous vous envoyer un SMS"
GIVEN, REFUSED, WITHDRAWN = ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN


def by_sms(said: ConsentState | None = None, language: Language = Language.FRENCH) -> Talk:
    """Someone who has a logbook and writes by SMS, as far as they said something about notices."""
    talk = participant(language)
    assert talk.snapshot.participant is not None
    person = replace(talk.snapshot.participant, sms=said)
    talk.snapshot = replace(talk.snapshot, channel=Channel.SMS, participant=person)
    return talk


def said_of_sms(talk: Talk) -> list[ConsentState]:
    return [each.state for each in talk.did(did.ConsentRecorded) if each.purpose is ConsentPurpose.SMS]


def test_who_joins_by_sms_is_asked_once_the_profile_is_done() -> None:
    talk = Talk()
    talk.snapshot = replace(talk.snapshot, channel=Channel.SMS)
    talk.says(CODE, "1", "1", "1", "1")
    assert ASKED not in talk.says("Awa", "1", "passer", "passer", "1", "passer", "6")
    assert ASKED in talk.says("passer")
    assert talk.where() is Place.NOTICES
    assert "C’est" not in talk.says("oui")
    assert talk.where() is Place.HOME
    assert said_of_sms(talk) == [GIVEN]


@pytest.mark.parametrize(
    ("answer", "state"), [("oui", GIVEN), ("1", GIVEN), ("non", REFUSED), ("2", REFUSED)]
)
def test_who_writes_by_sms_is_asked_instead_of_the_menu(answer: str, state: ConsentState) -> None:
    talk = by_sms()
    assert ASKED in talk.says("bonjour")
    talk.says(answer)
    assert talk.where() is Place.HOME
    assert said_of_sms(talk) == [state]
    assert ASKED not in talk.says("bonjour")


@pytest.mark.parametrize("language", list(Language))
def test_it_is_one_message_that_fits_an_sms(language: Language) -> None:
    talk = by_sms(language=language)
    talk.says({"fr": "bonjour", "ar": "سلام", "en": "hello"}[language])
    assert talk.where() is Place.NOTICES
    assert len(render(talk.prompts[-1], language, CAPABILITIES[Channel.SMS])) == 1


def test_nobody_has_to_answer_it_and_nobody_is_asked_twice() -> None:
    talk = by_sms()
    talk.says("bonjour", "je voudrais parler de mon contrat")
    assert talk.did(did.TeamAwaited)
    assert ASKED not in talk.says("bonjour")
    assert said_of_sms(talk) == []


def test_what_means_nothing_is_asked_again_and_the_menu_leads_home() -> None:
    talk = by_sms()
    talk.says("bonjour", "7")
    assert talk.where() is Place.NOTICES
    talk.says("menu")
    assert talk.where() is Place.HOME


@pytest.mark.parametrize("words", ["menu", "carnet", "mes données", "stop"])
def test_who_asked_for_something_gets_it(words: str) -> None:
    assert ASKED not in by_sms().says(words)


@pytest.mark.parametrize("channel", sorted(set(Channel) - {Channel.SMS}))
def test_elsewhere_nobody_is_asked(channel: Channel) -> None:
    talk = by_sms()
    talk.snapshot = replace(talk.snapshot, channel=channel)
    assert ASKED not in talk.says("bonjour")


def test_who_wants_no_messages_is_not_asked_about_notices() -> None:
    talk = by_sms()
    talk.says("stop")
    assert ASKED not in talk.says("bonjour")


def test_a_check_in_waits_for_the_yes_which_is_asked_for_once() -> None:
    talk = by_sms().later(days=7)
    assert ASKED in talk.is_due()
    [prompt] = talk.prompts
    assert prompt.kind is PromptKind.REPLY  # by SMS anything else would be a notice
    [moved] = talk.did(did.ContactMoved)
    assert (moved.state, moved.due_at) == (ContactState.PLANNED, talk.now + timedelta(days=1))
    talk.later(days=1).is_due()
    assert not talk.prompts
    assert talk.did(did.ContactMoved)[-1].state is ContactState.PLANNED


@pytest.mark.parametrize("said", [REFUSED, WITHDRAWN])
def test_after_a_no_nothing_goes_out_and_nothing_is_lost(said: ConsentState) -> None:
    talk = by_sms(said).later(days=7)
    talk.is_due()
    assert not talk.prompts
    assert [each.state for each in talk.did(did.ContactMoved)] == [ContactState.PLANNED]


def test_after_a_yes_the_check_in_is_announced() -> None:
    talk = by_sms(GIVEN).later(days=7)
    talk.is_due()
    [prompt] = talk.prompts
    [part] = render(prompt, Language.FRENCH, CAPABILITIES[Channel.SMS])
    assert part.text == "Vous avez un message. Répondez ici pour le lire."


def test_stop_by_sms_takes_it_back_and_start_gives_it_again() -> None:
    talk = by_sms(GIVEN)
    talk.says("stop")
    assert said_of_sms(talk) == [WITHDRAWN]
    talk.says("start")
    assert said_of_sms(talk) == [WITHDRAWN, GIVEN]


def test_the_operators_stop_takes_it_back_too() -> None:
    talk = by_sms(GIVEN)
    talk.happens(Blocked())
    assert said_of_sms(talk) == [WITHDRAWN]
    talk.happens(Unblocked())
    assert said_of_sms(talk) == [WITHDRAWN, GIVEN]


def test_a_stop_elsewhere_says_nothing_about_sms() -> None:
    talk = by_sms(GIVEN)
    talk.snapshot = replace(talk.snapshot, channel=Channel.TELEGRAM)
    talk.says("stop")
    assert said_of_sms(talk) == []


def test_start_is_no_yes_to_what_was_refused() -> None:
    talk = by_sms(REFUSED)
    talk.says("stop", "start")
    assert said_of_sms(talk) == []


@pytest.mark.parametrize(
    ("before", "choice", "state"), [(GIVEN, "sms_no", WITHDRAWN), (REFUSED, "sms_yes", GIVEN)]
)
def test_my_data_shows_it_and_changes_it(before: ConsentState, choice: str, state: ConsentState) -> None:
    talk = by_sms(before)
    assert talk.snapshot.participant is not None
    held = Held(channels=(Channel.SMS,), consents={ConsentPurpose.SMS: (before, talk.now)})
    person = replace(talk.snapshot.participant, held=held)
    talk.snapshot = replace(talk.snapshot, participant=person, channel=Channel.TELEGRAM)
    assert "vous prévenir par SMS" in talk.says("mes données")
    talk.taps("permissions")
    talk.taps(choice)
    assert said_of_sms(talk) == [state]


def test_who_never_wrote_by_sms_is_offered_nothing_about_it() -> None:
    talk = participant()
    talk.says("mes données")
    talk.taps("permissions")
    assert not {"sms_yes", "sms_no"} & {choice.value for choice in talk.prompts[-1].choices}
