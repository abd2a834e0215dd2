"""What nobody sees changes nothing: marks, accents, case and letter variants."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers import clean, fold


@pytest.mark.parametrize(
    ("label", "sent", "kept"),
    [
        ("NUL and control characters", "a\x00b\x07", "ab"),
        ("right-to-left marks around", "\u200fسلا\u200f", "سلا"),
        ("an embedding and its end", "\u202b12\u202c", "12"),
        ("isolates inside", "le \u206812/3\u2069 ok", "le 12/3 ok"),
        ("zero-width space at the edges", "\u200b oui \u200b", "oui"),
        ("zero-width non-joiner inside a Persian word", "می\u200cروم", "می\u200cروم"),
        ("an emoji of a family stays whole", "👩\u200d👧", "👩\u200d👧"),
        ("decomposed accents", "Sale\u0301", "Salé"),
        ("lines of both kinds", "a\r\nb\rc", "a\nb\nc"),
        ("a byte order mark", "\ufeffoui", "oui"),
        ("what XML cannot hold", "a\ufffeb\uffff", "ab"),
        ("only marks", "\u200f\u200e \u00a0", ""),
        ("half of a surrogate pair", "a\ud83d", "a"),
    ],
)
def test_clean_takes_out_what_nobody_sees(label: str, sent: str, kept: str) -> None:
    assert clean(sent) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kénitra", "KENITRA"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("أخرى", "اخرى"),
        ("إمرأة", "امراه"),
        ("ســــلا", "سلا"),
        ("مُتَعَلِّم", "متعلم"),
        ("مسؤول", "مسوول"),
        ("علي", "على"),
        ("cœur", "coeur"),
        ("٢٠٢٥", "2025"),
        ("۲۰۲۵", "2025"),
        ("Oui !", " oui"),
    ],
)
def test_two_writings_of_a_word_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
@settings(deadline=None)  # the machine may be busy
def test_cleaning_and_folding_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)
