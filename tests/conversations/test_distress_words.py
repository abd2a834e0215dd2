"""Words of distress: which sentences stop everything else, and which must not."""

from pathlib import Path

import pytest

from conversations.safety.causes import Cause
from conversations.safety.facts import Safety
from conversations.safety.lists import read_phrases, with_own

SENTENCES = Path(__file__).parent / "distress"  # a file per language: `+` must be heard, `-` must not
HEARD = Safety().cause_of_distress


def sentences(sign: str) -> list[object]:
    return [
        pytest.param(line[2:], id=f"{file.stem}-{number}")
        for file in sorted(SENTENCES.glob("*.txt"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if line.startswith(sign)
    ]


@pytest.mark.parametrize("sentence", sentences("+"))
def test_a_person_in_distress_is_heard(sentence: str) -> None:
    assert HEARD(sentence)


@pytest.mark.parametrize("sentence", sentences("-"))
def test_everyday_words_are_not_taken_for_distress(sentence: str) -> None:
    assert not HEARD(sentence)


@pytest.mark.parametrize("name", ["arabic", "darija", "english", "french"])
def test_each_language_is_tried_with_sixty_sentences_of_each_kind(name: str) -> None:
    lines = (SENTENCES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert all(sum(line.startswith(sign) for line in lines) >= 60 for sign in "+-")


@pytest.mark.parametrize(
    ("list_", "sentence", "heard"),
    [
        ("je coule", "Je COULE !!", True),
        ("je coule", "je découle", False),  # words, not parts of words
        ("il/elle me suit", "elle me suit", True),
        ("il m'a .. pris", "il m’a hier tout pris", True),
        ("il m'a .. pris", "il m'a dit que demain matin le bus sera pris", False),  # too far apart
        ("notpert*", "notpertise", True),
        ("je suis très? mal", "je suis mal", True),
        ("je coule\n- je coule de source", "je coule de source", False),
        ("je coule\n- je coule de source", "je coule de source et je coule", True),
        ("# je coule", "je coule", False),
        ("..\n- \n!!!\n", "tout va bien", False),  # lines that say nothing
        ("loyer & expulsé", "expulsé à cause du loyer", True),  # whichever comes first
        ("loyer & expulsé", "le loyer", False),
        ("@kin = mari/frère\n@kin me crie", "mon frère me crie", True),
        ("je @unknown", "je vais bien", False),  # a name that nothing was given
        ("la_nuit/le_soir dehors", "le soir dehors", True),
        ("أغرق", "وأنا أغرق", True),
        ("*ضربني", "سيضربني", True),
        ("أغرق", "وأَغرق", True),
    ],
)
def test_a_list_is_read_as_people_write_it(list_: str, sentence: str, heard: bool) -> None:
    assert (read_phrases(list_).cause_in(sentence) is not None) is heard


@pytest.mark.parametrize(
    ("list_", "cause"),
    [("je coule", Cause.UNTOLD), ("== need\nje coule", Cause.NEED), ("== anything\nje coule", Cause.UNTOLD)],
)
def test_a_heading_tells_what_its_lines_are_about(list_: str, cause: Cause) -> None:
    assert read_phrases(list_).cause_in("je coule") is cause


@pytest.mark.parametrize(
    ("sentence", "harmless"),
    [("mon patron me tape la paie", "me tape la paie"), ("drebni lmalal", "drebni lmalal")],
)
def test_what_a_project_calls_harmless_holds_for_the_lists_of_the_program(
    sentence: str, harmless: str
) -> None:
    assert HEARD(sentence)
    assert Safety(lists=with_own(f"- {harmless}")).cause_of_distress(sentence) is None


def test_an_endless_message_is_looked_through() -> None:
    assert not HEARD("bla " * 30_000)
    assert HEARD("bla " * 500 + "je veux mourir")
