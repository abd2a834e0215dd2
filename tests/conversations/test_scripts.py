"""Six people in three languages: by buttons, in words, by voice, of two minds, gone for days, all at once."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Text
from conversations.session import Place
from conversations.vocabulary import ContactState, Language, MilestoneKind
from tests.conversations.talking import CODE, NAME, Talk, participant

VOICE = Attachment(AttachmentKind.VOICE, "voice1", "audio/ogg", 20_000)
OWN = {Language.FRENCH: "français", Language.ARABIC: "العربية", Language.ENGLISH: "English"}
YES = {Language.FRENCH: "oui", Language.ARABIC: "نعم", Language.ENGLISH: "yes"}
NO = {Language.FRENCH: "non", Language.ARABIC: "لا", Language.ENGLISH: "no"}
BACK = {Language.FRENCH: "retour", Language.ARABIC: "رجوع", Language.ENGLISH: "back"}
SKIP = {Language.FRENCH: "passer", Language.ARABIC: "تخطي", Language.ENGLISH: "skip"}
LATER = {Language.FRENCH: "plus tard", Language.ARABIC: "لاحقا", Language.ENGLISH: "later"}
HELLO = {Language.FRENCH: "bonjour", Language.ARABIC: "السلام عليكم", Language.ENGLISH: "hello"}
JOB = {Language.FRENCH: "travail", Language.ARABIC: "عمل", Language.ENGLISH: "job"}
BEGAN = {Language.FRENCH: "j’ai commencé", Language.ARABIC: "بدأتُ", Language.ENGLISH: "I have started"}
DAY = {Language.FRENCH: "12 mars 2025", Language.ARABIC: "12 مارس 2025", Language.ENGLISH: "12 March 2025"}
WORK = {Language.FRENCH: "couturière", Language.ARABIC: "خياطة", Language.ENGLISH: "seamstress"}


def only_step(talk: Talk) -> did.MilestoneRecorded:
    [*_, step] = talk.did(did.MilestoneRecorded)
    return step


@pytest.mark.parametrize("language", Language)
def test_all_by_buttons(language: Language) -> None:
    talk = Talk()
    talk.says(CODE)
    for value in (language.value, "yes", "yes", "yes"):
        talk.taps(value)
    while talk.where() is Place.FORM:
        choices = talk.prompts[-1].choices
        if choices and not talk.prompts[-1].several:
            talk.taps(choices[0].value)
        else:
            talk.says(NAME[language] if not talk.did(did.NameGiven) else "1990", SKIP[language])
    assert talk.where() is Place.HOME
    talk.taps("record")
    talk.taps("job")
    talk.taps("started")
    assert talk.where() is Place.FORM
    talk.says("menu")
    talk.later(days=7).is_due()
    talk.taps("no")
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes


@pytest.mark.parametrize("language", Language)
def test_all_in_words(language: Language) -> None:
    talk = Talk()
    talk.says(CODE, OWN[language], YES[language], YES[language], YES[language])
    assert talk.language is language
    talk.says("menu", JOB[language], BEGAN[language], DAY[language], WORK[language])
    assert talk.where() is Place.CONFIRM
    talk.says(YES[language])
    step = only_step(talk)
    assert (step.kind, step.started_on) == (MilestoneKind.JOB, "2025-03-12")
    assert step.details["occupation"] == WORK[language]
    talk.later(days=7).is_due()
    talk.says(NO[language])
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes


@pytest.mark.parametrize("language", Language)
def test_all_by_voice(language: Language) -> None:
    """Nothing is lost, the team hears it, and every voice message is answered with what to do."""
    talk = participant(language)
    talk.happens(VOICE)
    assert talk.did(did.TeamAwaited)
    talk.taps("record")
    talk.taps("job")
    talk.taps("started")
    for _ in range(3):
        talk.happens(VOICE)
        assert talk.prompts
        assert talk.heard.strip()
    assert talk.where() in (Place.FORM, Place.CONFIRM)


@pytest.mark.parametrize("language", Language)
def test_of_two_minds_at_each_step(language: Language) -> None:
    talk = participant(language)
    talk.says(JOB[language])
    talk.says("2", BACK[language], "1", "01/01/2024", BACK[language], DAY[language])
    talk.says("xyz", BACK[language], WORK[language])
    assert talk.where() is Place.CONFIRM
    talk.taps("change")
    talk.says(BACK[language])
    assert talk.where() is Place.CONFIRM
    talk.taps("confirm")
    step = only_step(talk)
    assert (step.started_on, step.details["occupation"]) == ("2025-03-12", WORK[language])
    assert len(talk.did(did.MilestoneRecorded)) == 1


@pytest.mark.parametrize("language", Language)
def test_gone_for_ten_days(language: Language) -> None:
    talk = participant(language)
    talk.says(JOB[language], "1")
    question = talk.heard.splitlines()[-1]
    talk.later(days=7).is_due()
    talk.says(LATER[language])
    talk.later(days=1).is_due()
    heard = talk.later(days=2).says(NO[language])
    assert did.ContactMoved("contact1", ContactState.ANSWERED) in talk.changes
    assert talk.where() is Place.HOME, heard
    assert talk.taps("resume").splitlines()[-1] == question
    assert talk.later(days=10).says(HELLO[language]).splitlines()[-1] == question
    talk.says(DAY[language], WORK[language])
    talk.taps("confirm")
    assert only_step(talk).started_on == "2025-03-12"


@pytest.mark.parametrize("language", Language)
def test_five_messages_at_once(language: Language) -> None:
    """The first answers the question that was read; the pieces behind it are joined to it, not lost."""
    talk = participant(language).later(days=7)
    talk.is_due()
    talk.says(YES[language], "6")
    pieces = ["un", "deux", "trois", "quatre", "cinq"]
    talk.says(pieces[0])
    for piece in pieces[1:]:
        talk.happens(Text(piece), replace(talk.snapshot, question_unsent=True))
        assert talk.prompts
    assert " ".join(pieces) in talk.heard
    form = talk.snapshot.session.front
    assert " ".join(pieces) in form.filling.answers.values()
    talk.says(SKIP[language])
    assert talk.where() is Place.HOME
