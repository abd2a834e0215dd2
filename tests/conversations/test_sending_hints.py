"""A question that wants a photo, a sound, a film, a file or a place says how, where the sheet does not."""

import pytest

from conversations.events import Attachment, AttachmentKind
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language
from tests.conversations.sheets import sheet
from tests.conversations.test_forms_chat import talking

TYPES = {
    "image": "answer.send_image",
    "audio": "answer.send_audio",
    "video": "answer.send_video",
    "file": "answer.send_file",
    "geopoint": "form.send_place",
}


def how(text_id: str) -> str:
    return say(Say(text_id), Language.FRENCH)


@pytest.mark.parametrize("kind", TYPES)
def test_what_is_to_be_sent_is_said_and_that_it_may_be_skipped(kind: str) -> None:
    talk = talking(sheet(f"| text | news | Quoi ? | yes | | | | |\n| {kind} | it | Cela ? | | | | | |"))
    assert talk.says("rien").endswith(
        f"Cela ?\n{say(Say('form.or_skip', {'what': Say(TYPES[kind])}), Language.FRENCH)}"
    )
    talk.says("passer")
    assert "Cela ?" not in talk.heard


@pytest.mark.parametrize("kind", TYPES)
def test_where_it_is_required_skipping_is_not_offered(kind: str) -> None:
    talk = talking(sheet(f"| text | news | Quoi ? | yes | | | | |\n| {kind} | it | Cela ? | yes | | | | |"))
    assert talk.says("rien").endswith(f"Cela ?\n{how(TYPES[kind])}")


def test_after_a_file_of_another_sort_it_is_said_once() -> None:
    talk = talking(sheet("| image | shot | Photo ? | yes | | | | |"))
    talk.happens(Attachment(AttachmentKind.VOICE, "voice-1", "audio/ogg"))
    assert talk.heard.count(how("answer.send_image")) == 1
    assert "Photo ?" in talk.heard
