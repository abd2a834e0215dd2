"""Recordings and pictures of notes and choices: which are sent, in which order, with which words."""

from collections.abc import Iterator

import pytest

from conversations.forms import Form, compile_form
from conversations.messages import Media, Prompt
from conversations.render.capabilities import CAPABILITIES
from conversations.render.parts import Part, render
from conversations.session import Place
from conversations.vocabulary import Channel, Language
from tests.conversations.talking import Talk
from tests.conversations.test_forms_chat import talking

SHEET = """
| survey |
| | type | name | label | audio | image | relevant |
| | note | hello | Bienvenue. | hello.ogg | | |
| | note | shown | | | map.png | |
| | select_one work | does | Que faites-vous ? | does.ogg | | |
| | note | bye | Merci. | bye.ogg | | |
| choices |
| | list_name | name | label | audio | image |
| | work | sew | Couture | | sew.png |
| | work | cook | Cuisine & pain | cook.ogg | |
| | work | none | Rien | | |
| settings |
| | form_id |
| | test |
"""


def form_of(source: str = SHEET) -> Form:
    return compile_form(source.encode(), "md", "v1")


def named(part: Part) -> str:
    """The name of the form's file that the message carries; empty where it carries none."""
    return part.media.name if isinstance(part.media, Media) else ""


def sent(prompt: Prompt, channel: Channel, language: Language = Language.FRENCH) -> list[str]:
    """Each message before the words: the name of its file, then its own words; or the words alone."""
    *before, _ = render(prompt, language, CAPABILITIES[channel])
    return [" ".join(filter(None, (named(part), part.text))) for part in before]


def asked_again(talk: Talk) -> Prompt:
    """The question of the form, asked afresh in another language."""
    talk.says("langue")
    talk.says("English")
    return talk.prompts[-1]


def opened(source: str = SHEET) -> tuple[Talk, Prompt]:
    """Someone who has just been asked the first question."""
    talk = talking(form_of(source))
    return talk, asked_again(talk)


def test_files_come_as_the_sheet_says_things_notes_the_question_then_each_choice() -> None:
    _, prompt = opened()
    assert sent(prompt, Channel.TELEGRAM) == [
        "hello.ogg",
        "map.png",
        "does.ogg",
        "sew.png 1. Couture",
        "cook.ogg 2. Cuisine &amp; pain",
    ]
    assert sent(prompt, Channel.PHONE)[-1] == "cook.ogg 2. Cuisine & pain"


def test_where_a_recording_takes_no_words_its_number_is_said_just_before() -> None:
    _, prompt = opened()
    parts = render(prompt, Language.FRENCH, CAPABILITIES[Channel.WHATSAPP])
    assert sent(prompt, Channel.WHATSAPP)[-3:] == ["sew.png 1. Couture", "2. Cuisine & pain", "cook.ogg"]
    assert [part.announces for part in parts if part.announces] == [parts[-2].media]


def test_an_sms_carries_no_files_and_none_of_their_words() -> None:
    _, prompt = opened()
    assert sent(prompt, Channel.SMS) == []


def test_the_number_stands_on_the_right_in_arabic() -> None:
    _, prompt = opened()
    assert sent(prompt, Channel.PHONE, Language.ARABIC)[-1] == "cook.ogg \u200f2. Cuisine & pain"


def test_after_an_answer_that_was_none_only_the_question_is_played_again() -> None:
    talk, _ = opened()
    talk.says("???")
    assert sent(talk.prompts[-1], Channel.TELEGRAM) == ["does.ogg"]


def test_the_recording_of_a_closing_note_comes_before_the_thanks() -> None:
    talk, _ = opened()
    heard = talk.says("2")
    assert talk.where() is Place.HOME
    assert "Merci." in heard
    assert sent(talk.prompts[-1], Channel.TELEGRAM) == ["bye.ogg"]


def test_a_note_of_its_own_file_alone_is_sent_with_what_follows() -> None:
    source = SHEET.replace("| Bienvenue. | hello.ogg |", "| Bonjour. | |")
    _, prompt = opened(source)
    assert sent(prompt, Channel.TELEGRAM)[0] == "map.png"


def choices_with_files(count: int) -> Iterator[str]:
    for number in range(count):
        yield f"| | work | c{number} | C{number} | c{number}.ogg | |"


@pytest.mark.parametrize(("count", "files"), [(10, 10), (11, 0)])
def test_more_than_ten_choices_with_files_send_none(count: int, files: int) -> None:
    head, tail = SHEET.split("| | work | sew", 1)[0], SHEET[SHEET.index("| settings |") :]
    _, prompt = opened(head + "\n".join(choices_with_files(count)) + "\n" + tail)
    assert len([choice for choice in prompt.choices if choice.media]) == files


def test_a_long_label_is_cut_beside_its_file_and_whole_in_the_question() -> None:
    _, prompt = opened(SHEET.replace("Couture", "Couture " * 60))
    caption = sent(prompt, Channel.TELEGRAM)[3]
    assert caption.endswith("…")
    assert len(caption) < 220
