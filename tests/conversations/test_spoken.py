"""Answers by voice: kept and acknowledged, and the conversation goes on; nothing that follows breaks."""

from dataclasses import replace

import pytest

from conversations.changes import (
    AnswerSpoken,
    AnswerUnspoken,
    FileNamed,
    FormSubmitted,
    MilestoneRecorded,
    TeamAwaited,
)
from conversations.events import Attachment, AttachmentKind
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.vocabulary import ConsentState, Language
from tests.conversations.talking import Talk, newcomer, participant

VOICE = Attachment(AttachmentKind.VOICE, "file-1", "audio/ogg", 12_000, seconds=12)


def may_keep(talk: Talk) -> Talk:
    """The same person, who has said that voice may be kept."""
    person = talk.snapshot.participant
    assert person is not None
    talk.snapshot = replace(talk.snapshot, participant=replace(person, media=ConsentState.GIVEN))
    return talk


def speaks(talk: Talk) -> str:
    talk.happens(VOICE)
    return talk.heard


def joined(language: Language = Language.FRENCH) -> Talk:
    """Someone who is asked for their first name."""
    talk = newcomer(language)
    talk.says("1", "1")
    return talk


@pytest.mark.parametrize("language", list(Language))
def test_a_required_question_of_words_can_be_answered_by_voice(language: Language) -> None:
    talk = may_keep(joined(language))
    heard = speaks(talk)
    assert say(Say("spoken.kept"), language) in heard
    [named] = talk.did(FileNamed)
    assert talk.did(AnswerSpoken) == [AnswerSpoken(named.file_id, "profile-v1", "/data/first_name")]
    talk.says("1", "1990", "1", "1", "1", "1")
    done = speaks(talk)
    assert say(Say("profile.done_by_voice"), language) in done
    assert say(Say("menu.profile"), language) not in done
    [submitted] = talk.did(FormSubmitted)
    assert submitted.spoken == tuple(answer.file_id for answer in talk.did(AnswerSpoken))
    assert (len(submitted.spoken), talk.did(AnswerUnspoken)) == (2, [])
    assert "first_name" not in submitted.coded


def test_whether_voice_may_be_kept_is_asked_once_and_then_the_answer_counts() -> None:
    talk = joined()
    assert say(Say("media.ask"), Language.FRENCH) in speaks(talk)
    assert talk.did(AnswerSpoken) == []
    assert say(Say("spoken.kept"), Language.FRENCH) in talk.taps("yes")
    assert (talk.where(), len(talk.did(AnswerSpoken))) == (Place.FORM, 1)
    talk.says("1", "1990", "1", "1", "1", "1")
    assert say(Say("spoken.kept"), Language.FRENCH) in speaks(talk)


def test_who_does_not_want_voice_kept_is_asked_again_in_words() -> None:
    talk = joined()
    speaks(talk)
    assert say(Say("spoken.not_kept"), Language.FRENCH) in talk.taps("no")
    assert (talk.where(), talk.did(AnswerSpoken)) == (Place.FORM, [])
    talk.says("Awa")
    assert talk.snapshot.participant is not None
    assert talk.snapshot.participant.first_name == "Awa"


def test_a_number_or_a_choice_is_asked_again_with_how_to_answer_and_the_team_gets_the_voice() -> None:
    talk = may_keep(joined())
    talk.says("Awa")
    heard = speaks(talk)
    assert say(Say("spoken.for_team"), Language.FRENCH) in heard
    assert say(Say("answer.not_a_choice", {"n": 4}), Language.FRENCH) in heard
    assert talk.did(TeamAwaited) == [TeamAwaited()]
    talk.says("1")
    assert say(Say("answer.not_a_whole_number"), Language.FRENCH) in speaks(talk)
    assert talk.did(AnswerSpoken) == []


def test_the_summary_says_that_a_voice_waits_and_the_step_is_recorded_without_the_words() -> None:
    talk = may_keep(participant())
    talk.says("menu")
    talk.taps("record")
    talk.taps("job")
    talk.taps("started")
    talk.says("03/2025")
    assert say(Say("form.spoken"), Language.FRENCH) in speaks(talk)
    assert talk.where() is Place.CONFIRM
    talk.taps("confirm")
    [step] = talk.did(MilestoneRecorded)
    assert "occupation" not in step.details
    assert talk.where() is Place.HOME


def test_another_answer_takes_the_place_of_the_voice() -> None:
    talk = may_keep(participant())
    talk.says("menu")
    talk.taps("record")
    talk.taps("job")
    talk.taps("started")
    talk.says("03/2025")
    speaks(talk)
    talk.taps("change")
    talk.taps("/data/occupation")
    [first] = talk.did(AnswerSpoken)
    talk.says("couture")
    assert talk.did(AnswerUnspoken) == [AnswerUnspoken(first.file_id)]
    assert say(Say("form.spoken"), Language.FRENCH) not in talk.heard


def test_a_second_voice_takes_the_place_of_the_first() -> None:
    talk = may_keep(joined())
    speaks(talk)
    talk.says("retour")
    speaks(talk)
    first, second = talk.did(AnswerSpoken)
    assert first != second
    assert talk.did(AnswerUnspoken) == [AnswerUnspoken(first.file_id)]


def test_a_form_that_is_dropped_takes_its_voices_with_it() -> None:
    talk = may_keep(participant())
    talk.says("menu")
    talk.taps("record")
    talk.taps("job")
    talk.taps("started")
    talk.says("03/2025")
    speaks(talk)
    talk.says("annuler")
    assert len(talk.did(AnswerUnspoken)) == 1


def test_menu_leads_home_and_the_voice_stays_with_the_parked_form() -> None:
    talk = may_keep(joined())
    speaks(talk)
    talk.says("menu")
    assert (talk.where(), talk.did(AnswerUnspoken)) == (Place.HOME, [])
    talk.taps("resume")
    assert talk.where() is Place.FORM


def test_spoken_help_in_a_check_in_reaches_the_team() -> None:
    talk = may_keep(participant())
    talk.is_due()
    talk.says("1", "1")
    while talk.where() is Place.FORM:
        speaks(talk)
    assert TeamAwaited() in talk.changes
    assert say(Say("checkin.help"), Language.FRENCH) in talk.heard
