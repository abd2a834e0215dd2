"""Whatever a person writes is read, asked about or left; what we show as a value is read as that value."""

from datetime import date, datetime, time
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers import (
    Ambiguous,
    Chosen,
    Refusal,
    Tense,
    choose_several,
    read_date,
    read_day_and_time,
    read_decimal,
    read_integer,
    read_known,
    read_time,
    yes_no,
)
from conversations.answers.choose import choose_one
from conversations.forms import Option
from conversations.messages import Day
from conversations.render.catalogue import written_date
from conversations.vocabulary import Language
from tests.conversations.answers import TODAY, cases

WORDS = sorted({case.text for language in ("fr", "ar", "en", "darija") for case in cases(language)})
PIECES = sorted({piece for text in WORDS for piece in text.split()})
TEXTS = (
    st.text(max_size=40)
    | st.sampled_from(WORDS)
    | st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join)
    | st.text(alphabet="0123456789٠١٢٣۴ ,.٫٬/-+:hو½\u200f️⃣eExm", max_size=14)
)
TENSES = st.sampled_from(Tense)
SPOKEN = st.sampled_from(Language)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
OPTIONS = st.lists(
    st.sampled_from(["Oui", "Non", "2 enfants", "Rabat", "سلا", "1", "Pas de travail"]), unique=True
)


def one_of(read: object) -> tuple[object, ...]:
    return read.readings if isinstance(read, Ambiguous) else () if read is None else (read,)


@given(TEXTS, SPOKEN, TENSES)
@settings(deadline=None, max_examples=300)  # the machine may be busy
def test_any_text_gives_values_of_the_type_or_nothing(text: str, language: Language, tense: Tense) -> None:
    assert all(type(each) is int for each in one_of(read_integer(text, language)))
    assert all(
        isinstance(each, Decimal) and each.is_finite() for each in one_of(read_decimal(text, language))
    )
    assert all(type(each) is date for each in one_of(read_date(text, TODAY, tense)))
    assert all(isinstance(each, Day) for each in one_of(read_known(text, TODAY, tense)))
    assert all(isinstance(each, time) for each in one_of(read_time(text)))
    assert all(isinstance(each, datetime) for each in one_of(read_day_and_time(text, TODAY, tense)))
    assert yes_no(text, language) in (True, False, None)


@given(TEXTS, SPOKEN, OPTIONS)
@settings(deadline=None, max_examples=300)
def test_any_text_chooses_what_is_offered_or_nothing(
    text: str, language: Language, labels: list[str]
) -> None:
    options = tuple(Option(f"n{place}", label) for place, label in enumerate(labels))
    for read in (choose_one(text, options, language), choose_several(text, options, language)):
        assert isinstance(read, Chosen | Ambiguous | Refusal)
        for each in one_of(read):
            if isinstance(each, Chosen):
                assert 0 < len(each.names) == len(set(each.names))
                assert set(each.names) <= {option.name for option in options}


@given(st.integers(-(10**17), 10**17), SPOKEN)
@settings(deadline=None)
def test_a_whole_number_as_we_show_it_is_read_as_itself(number: int, language: Language) -> None:
    assert read_integer(str(number), language) in (number, None)
    assert read_integer(str(number % 100_000), language) == number % 100_000


@given(st.decimals(-9999, 9999, places=2), SPOKEN)
@settings(deadline=None)
def test_a_decimal_as_we_show_it_is_read_as_itself(number: Decimal, language: Language) -> None:
    assert read_decimal(format(number, "f"), language) == number


@given(DAYS, TENSES, SPOKEN)
@settings(deadline=None)
def test_a_date_as_we_show_it_is_read_as_itself(day: date, tense: Tense, language: Language) -> None:
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", written_date(day.isoformat(), language)):
        assert read_date(text, TODAY, tense) == day
    for iso in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert (
            read_known(iso, TODAY, tense) == read_known(written_date(iso, language), TODAY, tense) == Day(iso)
        )


@given(st.times())
@settings(deadline=None)
def test_an_hour_as_we_show_it_is_read_as_itself(at: time) -> None:
    shown = f"{at:%H:%M}"
    assert read_time(shown) == at.replace(second=0, microsecond=0)
