"""After hours or days the conversation goes on where it was, and says where that is; bursts are joined."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.events import Text
from conversations.session import Place
from conversations.vocabulary import Language
from tests.conversations.sheets import sheet
from tests.conversations.talking import Talk, participant
from tests.conversations.test_forms_chat import submitted, talking

WAS_AT = {Language.FRENCH: "Nous en étions à", Language.ARABIC: "توقفنا عند", Language.ENGLISH: "We were at"}
HELLO = {Language.FRENCH: "bonjour", Language.ARABIC: "السلام عليكم", Language.ENGLISH: "hello"}


def in_a_job(language: Language = Language.FRENCH) -> Talk:
    talk = participant(language)
    talk.taps("record")
    talk.taps("job")
    talk.says("1")
    return talk


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("days", [1, 10])
def test_an_answer_days_later_is_taken_and_it_is_said_to_what(days: int, language: Language) -> None:
    talk = in_a_job(language).later(days=days)
    heard = talk.says("12/03/2025")
    assert WAS_AT[language] in heard.splitlines()[0]
    assert talk.snapshot.session.front.filling.trail[-1].endswith("/started_on")


@pytest.mark.parametrize("language", Language)
def test_a_greeting_days_later_brings_the_question_back(language: Language) -> None:
    talk = in_a_job(language)
    question = talk.heard.splitlines()[-1]
    heard = talk.later(days=10).says(HELLO[language])
    assert WAS_AT[language] in heard
    assert heard.splitlines()[-1] == question


def test_a_greeting_is_not_a_name_after_a_night() -> None:
    talk = talking(sheet("| text | a | A ? | yes | | | | |\n| text | b | B ? | yes | | | | |"))
    talk.says("un")
    talk.later(hours=13).says("bonjour", "deux")
    assert "<b>deux</b>" in submitted(talk)


def test_who_answers_within_the_hours_is_not_told_where_they_are() -> None:
    talk = in_a_job().later(hours=11)
    assert WAS_AT[Language.FRENCH] not in talk.says("12/03/2025")


WORDS = sheet(
    "| text | what | Quoi ? | yes | | | | |\n| text | where | Où ? | yes | | | | |\n"
    "| integer | pay | Combien ? | | | | | |\n| text | more | Autre chose ? | | | | | |"
)


def bursts(talk: Talk, *texts: str) -> Talk:
    """The first is written to a question that was read, the others before the next ones have left us."""
    talk.says(texts[0])
    for text in texts[1:]:
        talk.happens(Text(text), replace(talk.snapshot, question_unsent=True))
    return talk


def test_pieces_of_one_answer_are_joined() -> None:
    talk = bursts(talking(WORDS), "Couturière", "à l’atelier", "de Salé")
    assert "Couturière à l’atelier de Salé" in talk.heard
    assert "Où ?" in talk.heard
    talk.says("Rabat", "3000", "passer")
    assert "<what>Couturière à l’atelier de Salé</what>" in submitted(talk)
    assert "<where>Rabat</where>" in submitted(talk)


def test_what_clearly_answers_the_next_question_is_taken() -> None:
    talk = talking(WORDS)
    talk.says("Couturière")
    bursts(talk, "Rabat", "3000")
    assert "Autre chose" in talk.heard
    assert "<pay>" not in talk.heard


def test_what_answers_nothing_is_kept_and_said() -> None:
    talk = talking(WORDS)
    talk.says("Couturière", "Rabat")
    bursts(talk, "3000")
    talk.happens(Text("après"), replace(talk.snapshot, question_unsent=True))
    assert talk.where() is Place.HOME, "words are what the last question takes, and there is no piece before"


@pytest.mark.parametrize("command", ["menu", "stop"])
def test_commands_in_a_burst_are_obeyed(command: str) -> None:
    talk = bursts(talking(WORDS), "Couturière", "à Salé", command)
    assert talk.where() is Place.HOME
    assert bool(talk.did(did.PlannedContactsCancelled)) is (command == "stop")


def test_a_summary_that_was_not_read_yet_is_not_confirmed_by_a_piece() -> None:
    talk = in_a_job()
    talk.says("12/03/2025")
    bursts(talk, "Couturière", "à domicile")
    assert talk.where() is Place.CONFIRM
    assert "Couturière à domicile" in talk.heard


@pytest.mark.parametrize("word", ["oui", "نعم", "yes", "non"])
def test_a_yes_before_the_summary_was_read_is_neither_joined_nor_taken(word: str) -> None:
    talk = in_a_job()
    talk.says("12/03/2025")
    bursts(talk, "Couturière", word)
    assert talk.where() is Place.CONFIRM
    assert f"Couturière {word}" not in talk.heard
    assert not talk.did(did.MilestoneRecorded)
