"""Forms in the chat: files, places, repeats, what is summed up, what bars the way."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Location
from conversations.forms import FailedRule, Form, begin, compile_form
from conversations.messages import Media, MediaKind
from conversations.render.capabilities import CAPABILITIES
from conversations.render.parts import render
from conversations.session import FormDialogue, Place, Purpose
from conversations.vocabulary import Channel, Language
from tests.conversations.sheets import FRENCH, sheet
from tests.conversations.talking import Talk, participant

PHOTO = Attachment(AttachmentKind.PHOTO, "photo-1", "image/jpeg")
VOICE = Attachment(AttachmentKind.VOICE, "voice-1", "audio/ogg")


def talking(form: Form) -> Talk:
    """Someone with a form of the team open."""
    talk = participant()
    project = replace(talk.snapshot.project, forms={**talk.snapshot.project.forms, form.version_id: form})
    opened = talk.snapshot.session.opening(FormDialogue(Purpose.SURVEY, begin(form, FRENCH), "contact1"))
    talk.snapshot = replace(talk.snapshot, project=project, session=opened)
    return talk


def submitted(talk: Talk) -> str:
    """The instance of the only form that was handed in after the profile."""
    handed_in = [change for change in talk.changes if isinstance(change, did.FormSubmitted)]
    return handed_in[-1].instance_xml


def test_a_photo_and_a_place_answer_the_questions_that_ask_for_them() -> None:
    talk = talking(sheet("| image | shot | Photo ? | yes | | | | |\n| geopoint | spot | Où ? | | | | | |"))
    talk.happens(PHOTO)
    assert "Où ?" in talk.heard
    assert not talk.did(did.TeamAwaited)
    talk.happens(Location(34.02, -6.83))
    assert "<shot>photo-1</shot><spot>34.02 -6.83 0.0 0.0</spot>" in submitted(talk)


def test_a_file_of_the_wrong_sort_gets_a_hint_and_the_question_again() -> None:
    talk = talking(sheet("| image | shot | Photo ? | yes | | | | |"))
    talk.happens(VOICE)
    assert "Envoyez une photo" in talk.heard
    assert "Photo ?" in talk.heard


def test_a_file_that_nothing_asked_for_goes_to_the_team() -> None:
    talk = talking(sheet("| text | news | Quoi ? | yes | | | | |"))
    talk.happens(PHOTO)
    assert talk.did(did.TeamAwaited)
    assert "Quoi ?" in talk.heard


def test_a_place_can_be_typed_and_a_zero_is_a_number_on_a_range() -> None:
    talk = talking(sheet("| geopoint | spot | Où ? | | | | | |\n| integer | many | Combien ? | | | | | |"))
    talk.says("34.02, -6.83")
    talk.says("0")
    assert "<many>0</many>" in submitted(talk)


def test_another_turn_is_offered_with_a_yes_and_a_no() -> None:
    talk = talking(
        sheet("""
        | begin_repeat | child | Enfant | | | | | |
        | text | name | Prénom ? | | | | | |
        | end_repeat | | | | | | | |
        """)
    )
    assert "Enfant : en ajouter ?" in talk.says("Awa")
    assert "Prénom ?" in talk.taps("yes")
    talk.says("Ali")
    talk.says("non")
    assert submitted(talk).count("<child>") == 2
    assert talk.where() is Place.HOME


def test_several_are_ranked_by_their_numbers() -> None:
    talk = talking(sheet("| rank yn | wish | Ordre ? | | | | | |", "| yn | a | A | |\n| yn | b | B | |"))
    talk.says("2, 1")
    assert "<wish>b a</wish>" in submitted(talk)


def test_going_back_works_out_again_what_depended_on_the_answer() -> None:
    talk = talking(
        sheet("""
        | integer | age | Âge ? | | | | | |
        | calculate | next | | | | | ${age} + 1 | |
        | text | why | Bientôt ${next} ? | | | | | |
        """)
    )
    assert "Bientôt 31 ?" in talk.says("30")
    assert "Âge ?" in talk.says("retour")
    assert "Bientôt 41 ?" in talk.says("40")


def test_a_note_that_bars_the_way_says_how_to_go_on() -> None:
    talk = talking(
        sheet("""
        | integer | age | Âge ? | | | | | |
        | note | stop | Trop jeune. | yes | ${age} < 18 | | | |
        | text | end | Fin ? | | | | | |
        """)
    )
    assert "Trop jeune." in talk.says("12")
    assert "retour" in talk.says("pourquoi")
    assert "Âge ?" in talk.says("retour")
    assert "Fin ?" in talk.says("20")


def test_a_rule_that_fails_is_no_answer_but_an_error_for_whoever_runs_the_step() -> None:
    talk = talking(
        sheet("""
        | text | a | A ? | | | | | |
        | text | b | B ? | | ${a} = '' or digest(${a}, 'none') = '' | | | |
        """)
    )
    with pytest.raises(FailedRule):
        talk.says("secret")


RECORDED = compile_form(
    b"""
    | survey |
    | | type | name | label | audio | image |
    | | select_one yn | well | Bien ? | bien.ogg | bien.png |
    | choices |
    | | list_name | name | label |
    | | yn | yes | Oui |
    | settings |
    | | form_id |
    | | test |
    """,
    "md",
    "v1",
)


def test_the_recording_and_the_picture_of_a_question_come_before_its_words() -> None:
    talk = talking(RECORDED)
    talk.says("?")
    parts = render(talk.prompts[-1], Language.FRENCH, CAPABILITIES[Channel.WHATSAPP])
    *media, last = parts
    assert {part.media for part in media} == {
        Media(MediaKind.AUDIO, "v1", "bien.ogg"),
        Media(MediaKind.IMAGE, "v1", "bien.png"),
    }
    assert [part.text for part in media] == ["", ""]
    assert "Bien ?" in last.text
    assert last.media is None


def test_an_sms_carries_the_words_alone() -> None:
    talk = talking(RECORDED)
    talk.says("?")
    parts = render(talk.prompts[-1], Language.FRENCH, CAPABILITIES[Channel.SMS])
    assert [part.media for part in parts] == [None]
