"""Proofs of a step: photos, documents, voice; with a yes of their own, and never of papers."""

import pytest

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.vocabulary import ConsentPurpose, ConsentState, Language, Verification
from tests.conversations.talking import Talk, participant

PHOTO = Attachment(AttachmentKind.PHOTO, "file1")
JOB = ("travail", "1", "mars 2026", "Couturière")


def recorded(talk: Talk) -> did.MilestoneRecorded:
    return talk.did(did.MilestoneRecorded)[-1]


def consents(talk: Talk) -> list[ConsentState]:
    said = [one for one in talk.did(did.ConsentRecorded) if isinstance(one, did.ConsentRecorded)]
    return [one.state for one in said if one.purpose is ConsentPurpose.MEDIA]


def offered(talk: Talk) -> list[str]:
    return [choice.value for choice in talk.prompts[-1].choices]


@pytest.mark.parametrize("kind", [AttachmentKind.PHOTO, AttachmentKind.DOCUMENT, AttachmentKind.VOICE])
def test_a_proof_is_asked_among_the_details_and_documents_the_step(kind: AttachmentKind) -> None:
    talk = participant()
    talk.says(*JOB)
    talk.taps("details")
    asked = talk.says("passer", "passer")
    assert talk.where() is Place.PROOF
    assert "Pas de passeport, pas de carte de séjour" in asked
    talk.happens(Attachment(kind, "file1"))
    assert talk.where() is Place.MEDIA, "the first of them asks for a yes of its own"
    talk.taps("yes")
    assert talk.where() is Place.CONFIRM
    assert "details" not in offered(talk) or talk.snapshot.session.front.proof
    talk.taps("confirm")
    assert consents(talk) == [ConsentState.GIVEN]
    assert (recorded(talk).verification, recorded(talk).details["proof"]) == (
        Verification.DOCUMENTED,
        "file1",
    )


def test_the_yes_is_asked_once_and_the_proof_stays_when_the_step_changes() -> None:
    talk = participant()
    talk.says(*JOB, "1")
    talk.happens(PHOTO)
    assert talk.where() is Place.FILE
    talk.taps(talk.snapshot.milestones[0].id)
    talk.taps("yes")
    assert talk.where() is Place.HOME
    assert (recorded(talk).version, recorded(talk).verification) == (2, Verification.DOCUMENTED)
    talk.says("j’ai perdu mon travail", "oui", "octobre 2026", "1")
    assert (recorded(talk).version, recorded(talk).verification) == (3, Verification.DOCUMENTED)
    talk.happens(Attachment(AttachmentKind.DOCUMENT, "file2"))
    talk.taps(talk.snapshot.milestones[0].id)
    assert talk.where() is Place.HOME, "they have said yes already"
    assert recorded(talk).details["proof"] == "file2"


@pytest.mark.parametrize(
    ("language", "skip", "no", "yes"),
    [
        (Language.FRENCH, "passer", "non", "oui"),
        (Language.ARABIC, "تخطي", "لا", "واخا"),
        (Language.ENGLISH, "skip", "no", "yes"),
    ],
)
def test_a_proof_is_declined_in_plain_words_and_who_says_yes_is_told_to_send_it(
    language: Language, skip: str, no: str, yes: str
) -> None:
    talk = participant(language)
    for value in ("record", "job", "started"):
        talk.taps(value)
    talk.says("12/03/2025", "Tailor")
    talk.taps("details")
    talk.says(skip, skip)
    assert say(Say("proof.send"), language) in talk.says(yes)
    assert talk.where() is Place.PROOF
    talk.says(no)
    assert talk.where() is Place.CONFIRM


def test_without_the_yes_the_file_is_no_proof() -> None:
    talk = participant()
    talk.says(*JOB)
    talk.taps("details")
    talk.says("passer", "passer")
    talk.happens(PHOTO)
    assert "n’est pas gardé" in talk.taps("no")
    talk.taps("confirm")
    assert consents(talk) == [ConsentState.REFUSED]
    assert recorded(talk).verification is Verification.DECLARED
    assert "proof" not in recorded(talk).details


def test_a_photo_where_words_are_expected_is_offered_as_proof_and_the_question_comes_back() -> None:
    talk = participant()
    talk.says("travail", "1", "mars 2026")
    talk.happens(PHOTO)
    assert offered(talk) == ["this", "team"]
    talk.taps("this")
    heard = talk.taps("yes")
    assert talk.where() is Place.FORM
    assert "Quel travail" in heard
    talk.says("Couturière", "1")
    assert recorded(talk).verification is Verification.DOCUMENTED


def test_a_file_may_be_for_the_team_instead() -> None:
    talk = participant()
    talk.says(*JOB, "1")
    talk.happens(PHOTO)
    assert did.TeamAwaited() not in talk.changes
    talk.taps("team")
    assert did.TeamAwaited() in talk.changes
    assert talk.where() is Place.HOME


def test_of_two_files_in_a_row_none_is_lost() -> None:
    talk = participant()
    talk.says(*JOB, "1")
    talk.happens(PHOTO)
    talk.happens(Attachment(AttachmentKind.PHOTO, "file2"))
    assert did.TeamAwaited() in talk.changes, "the first goes to the team"
    talk.taps(talk.snapshot.milestones[0].id)
    talk.taps("yes")
    assert recorded(talk).details["proof"] == "file2"


def test_paperwork_takes_no_proof() -> None:
    talk = participant()
    talk.says("démarche", "1", "1", "mars 2026")
    assert talk.where() is Place.CONFIRM
    assert "details" not in offered(talk)
    talk.happens(PHOTO)
    assert talk.where() is Place.CONFIRM
    talk.taps("confirm")
    talk.happens(PHOTO)
    assert talk.where() is Place.HOME, "the team gets it"


@pytest.mark.parametrize("language", Language)
def test_words_where_a_proof_is_asked_do_not_end_the_step(language: Language) -> None:
    talk = participant(language)
    talk.taps("record")
    talk.taps("job")
    talk.taps("started")
    talk.says("2026", "Couture")
    talk.taps("details")
    skip = {Language.FRENCH: "passer", Language.ARABIC: "تخطي", Language.ENGLISH: "skip"}[language]
    talk.says(skip, skip)
    talk.says("xyz")
    assert talk.where() is Place.PROOF
    talk.says(skip)
    assert talk.where() is Place.CONFIRM
