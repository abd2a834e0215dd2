"""Numbers are read in the digits of any script; what only looks like one is not."""

from decimal import Decimal

import pytest

from conversations.answers import Ambiguous, read_decimal, read_integer
from conversations.vocabulary import Language

FR, AR, EN = Language.FRENCH, Language.ARABIC, Language.ENGLISH


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("+12", 12),
        ("-4", -4),
        ("−4", -4),
        ("007", 7),
        ("٢٠٠٠", 2000),
        ("۲۰۰۰", 2000),
        ("१२", 12),
        ("1 000", 1000),
        ("1\u202f000\u202f000", 1_000_000),
        ("1.000", 1000),
        ("1,234", 1234),
        ("١٬٢٣٤", 1234),
        ("25 ans", 25),
        ("25 سنة", 25),
        ("3000 dh", 3000),
        ("j'ai 3 enfants", 3),
        ("3andi 3", 3),
        ("il y a 3 enfants", 3),
        ("عندي ٣ أطفال", 3),
        ("en 1995.", 1995),
    ],
)
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert read_integer(text, EN) == number


@pytest.mark.parametrize(
    "text",
    [
        "lOO",
        "l0O",
        "12,5",
        "12.5",
        "1,23,4",
        "12 34",
        "3 ou 4",
        "moins de 3",
        "entre 3 et 5",
        "3-4",
        "12/3",
        "½",
        "²",
        "beaucoup",
        "",
        "-",
        "3afak",
        "9" * 19,
        "un 2 trois 4",
        "pas 3",
        "أقل من 3",
        "1e5",
        "0x10",
    ],
)
def test_what_is_not_clearly_a_whole_number_is_not_read(text: str) -> None:
    assert read_integer(text, EN) is None


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("2,5", FR, "2.5"),
        ("2.5", FR, "2.5"),
        ("2,5", AR, "2.5"),
        ("٢٫٥", AR, "2.5"),
        ("-3,5", FR, "-3.5"),
        ("0,125", FR, "0.125"),
        ("1 234,50", FR, "1234.50"),
        ("1.234,50", FR, "1234.50"),
        ("1,234.50", EN, "1234.50"),
        ("1,234", EN, "1234"),
        ("1.234", EN, "1.234"),
        ("١٬٢٣٤٫٥", AR, "1234.5"),
        ("12", EN, "12"),
    ],
)
def test_a_decimal_is_read_as_its_language_writes_it(text: str, language: Language, number: str) -> None:
    assert read_decimal(text, language) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        ("1.234", FR, ("1.234", "1234")),
        ("1,234", FR, ("1.234", "1234")),
        ("1,234", AR, ("1.234", "1234")),
        ("1.234", AR, ("1.234", "1234")),
    ],
)
def test_a_mark_before_three_figures_is_asked_about(
    text: str, language: Language, readings: tuple[str, ...]
) -> None:
    assert read_decimal(text, language) == Ambiguous(tuple(map(Decimal, readings)))


def test_a_thousand_with_a_comma_is_confirmed_where_the_comma_is_a_decimal_s() -> None:
    assert read_integer("1,234", FR) == Ambiguous((1234,))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1,2,3", FR),
        ("1,5,0", EN),
        ("lOO", FR),
        ("2,", FR),
        ("NaN", EN),
    ],
)
def test_what_is_not_clearly_a_decimal_is_not_read(text: str, language: Language) -> None:
    assert read_decimal(text, language) is None
