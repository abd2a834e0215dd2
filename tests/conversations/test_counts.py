"""How many messages a person sends: joining six at most, a job six, a check-in without a change two."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.events import Text
from conversations.session import Place
from conversations.vocabulary import Channel, ConsentState, ContactState, Language
from tests.conversations.talking import CHOICE, CODE, Talk, participant

ALL = pytest.mark.parametrize("language", Language)
EVERYWHERE = pytest.mark.parametrize("channel", Channel)
NO = {Language.FRENCH: "non", Language.ARABIC: "لا", Language.ENGLISH: "no"}


class Counted:
    """Someone whose messages are counted."""

    def __init__(self, talk: Talk, channel: Channel) -> None:
        self.talk, self.sent = talk, 0
        talk.snapshot = replace(talk.snapshot, channel=channel)

    def says(self, *texts: str) -> str:
        for text in texts:
            self.sent += 1
            self.talk.says(text)
        return self.talk.heard


@ALL
@EVERYWHERE
def test_joining_takes_six_at_most_before_the_profile(language: Language, channel: Channel) -> None:
    person = Counted(Talk(), channel)
    person.says(CODE, CHOICE[language], "1", "1", "1")
    assert person.talk.where() is Place.FORM
    assert person.talk.snapshot.session.front.filling.form_id == "profile"
    assert person.sent <= 6


@ALL
@EVERYWHERE
def test_a_job_takes_six_at_most_from_the_menu_to_the_logbook(language: Language, channel: Channel) -> None:
    person = Counted(participant(language), channel)
    person.talk.says("menu")
    person.says("1", "1", "1", "03/2025", "Noor", "1")
    assert len(person.talk.did(did.MilestoneRecorded)) == 1
    assert person.sent <= 6


@ALL
@EVERYWHERE
def test_a_check_in_without_a_change_takes_two_at_most(language: Language, channel: Channel) -> None:
    talk = participant(language).later(days=7)
    person = Counted(talk, channel)
    assert talk.snapshot.participant is not None
    noticed = replace(talk.snapshot.participant, sms=ConsentState.GIVEN)
    talk.snapshot = replace(talk.snapshot, participant=noticed)
    talk.is_due()
    if channel is Channel.SMS:
        person.says("ok")  # only a notice came: a word opens it
    person.says(NO[language])
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes, talk.heard
    assert person.sent <= 2


def test_a_check_in_that_waited_for_the_window_takes_two_as_well() -> None:
    talk = participant().later(days=7)
    talk.snapshot = replace(talk.snapshot, channel=Channel.WHATSAPP)
    talk.is_due()
    talk.happens(Text("bonjour"), replace(talk.snapshot, question_unseen=True))
    talk.says("non")
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes
