"""A choice that stands in a sentence is asked back: never refused, never simply taken."""

import pytest

from conversations.vocabulary import Language
from tests.conversations.talking import NAME, Talk, newcomer


def asked_for_country(language: Language) -> Talk:
    talk = newcomer(language)
    talk.says("1", "1", NAME[language], "1", "1990")
    return talk


def country(talk: Talk) -> str:
    answers = talk.snapshot.session.front.filling.answers
    return next((value for path, value in answers.items() if path.endswith("/nationality")), "")


SENTENCES = [
    (Language.ENGLISH, "nigeria of course my sister", "ng"),
    (Language.ENGLISH, "my people are in Senegal", "sn"),
    (Language.FRENCH, "ma famille habite au Cameroun", "cm"),
    (Language.FRENCH, "le Mali bien sûr", "ml"),
    (Language.ARABIC, "جيت من مالي", "ml"),
    (Language.ARABIC, "عائلتي في السنغال", "sn"),
]


@pytest.mark.parametrize(("language", "words", "code"), SENTENCES)
def test_the_named_choice_is_asked_back_and_a_yes_takes_it(language: Language, words: str, code: str) -> None:
    talk = asked_for_country(language)
    talk.says(words)
    if country(talk) == "":
        assert [choice.value for choice in talk.prompts[-1].choices] == [code]
        talk.taps(code)
    assert country(talk) == code


def test_two_named_choices_are_both_offered_and_a_part_of_a_longer_one_is_not() -> None:
    talk = asked_for_country(Language.ENGLISH)
    talk.says("born in Mali but raised in Guinea")
    assert [choice.value for choice in talk.prompts[-1].choices] == ["gn", "ml"]
    talk = asked_for_country(Language.ENGLISH)
    talk.says("my home is the DR Congo my friend")
    assert [choice.value for choice in talk.prompts[-1].choices] == ["cd"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.FRENCH, "je ne viens pas du Mali"),
        (Language.ENGLISH, "I never was in Nigeria"),
        (Language.ARABIC, "لست من مالي"),
        (Language.FRENCH, "pourquoi cette question ?"),
        (Language.FRENCH, "malien de coeur"),
    ],
)
def test_what_denies_or_names_nothing_is_no_choice(language: Language, words: str) -> None:
    talk = asked_for_country(language)
    talk.says(words)
    assert country(talk) == ""
    assert len(talk.prompts[-1].choices) == 10


def test_another_answer_can_be_written_instead_of_a_yes() -> None:
    talk = asked_for_country(Language.FRENCH)
    talk.says("le Mali bien sûr", "Sénégal")
    assert country(talk) == "sn"
