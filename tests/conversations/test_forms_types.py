"""Each sort of question takes its sort of answer, as ODK stores it, and says what it takes where it must."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from conversations.answers import Spot
from conversations.events import Attachment, AttachmentKind
from conversations.forms import (
    Answer,
    Chosen,
    Filling,
    Form,
    QuestionType,
    Refusal,
    answer,
    answer_attachment,
    answer_location,
    answer_text,
    begin,
    compile_form,
    question,
    skip,
    submission,
    summary,
)
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language
from tests.conversations.sheets import ENGLISH, FRENCH, asked, sheet, walk

CHOICES = "| yn | yes | Yes | |\n| yn | no | No | |\n| yn | maybe | Maybe | |"
PHOTO = Attachment(AttachmentKind.PHOTO, "file-1", "image/jpeg")
VOICE = Attachment(AttachmentKind.VOICE, "file-2", "audio/ogg")


def one(row: str) -> Form:
    return sheet(f"| {row} |", CHOICES)


@pytest.mark.parametrize(
    ("row", "said", "stored", "read"),
    [
        ("time | a | A? | | | | |", "14h30", "14:30:00.000Z", "14:30"),
        ("dateTime | a | A? | | | | |", "hier à 8h", "2026-11-22T08:00:00.000Z", "22 novembre 2026, 08:00"),
        ("rank yn | a | A? | | | | |", "3, 1, 2", "maybe yes no", "Maybe, Yes, No"),
        ("acknowledge | a | A? | | | | |", "oui", "OK", "J’ai lu"),
        ("geopoint | a | A? | | | | |", "34.02, -6.83", "34.02 -6.83 0.0 0.0", "34.02, -6.83"),
        ("barcode | a | A? | | | | |", "6111 0001", "6111 0001", "6111 0001"),
        ("select_one yn or_other | a | A? | | | | |", "Other", "other", "Other"),
    ],
)
def test_what_is_typed_is_stored_as_odk_stores_it(row: str, said: str, stored: str, read: str) -> None:
    form = one(row)
    filling = walk(form, FRENCH, said)
    assert submission(form, filling, FRENCH).values["a"] == stored
    assert summary(form, filling, FRENCH)[0][2] == read


@pytest.mark.parametrize(
    ("row", "said", "line"),
    [
        ("time | a | A? | | | | |", "tomorrow", Say("answer.not_a_time")),
        ("dateTime | a | A? | | | | |", "14:30", Say("answer.not_a_moment", {"example": "23/11/2026 14:30"})),
        ("rank yn | a | A? | | | | |", "1, 2", Say("answer.not_a_ranking", {"n": 3})),
        ("acknowledge | a | A? | | | | |", "no", Say("answer.please_acknowledge")),
        ("geopoint | a | A? | | | | |", "Rabat", Say("answer.not_a_place")),
        ("image | a | A? | | | | |", "here", Say("answer.send_image")),
        ("audio | a | A? | | | | |", "here", Say("answer.send_audio")),
        ("video | a | A? | | | | |", "here", Say("answer.send_video")),
        ("file | a | A? | | | | |", "here", Say("answer.send_file")),
    ],
)
def test_what_does_not_answer_gets_a_hint_in_every_language(row: str, said: str, line: Say) -> None:
    form = one(row)
    assert answer_text(form, begin(form, FRENCH), FRENCH, said) == Refusal(line)
    assert all(0 < len(say(line, language)) <= 300 for language in Language)


def test_a_range_takes_numbers_on_its_steps() -> None:
    form = compile_form(
        b"| survey |\n| | type | name | label | parameters |\n| | range | a | A? | start=1 end=5 step=2 |\n",
        "md",
        "v1",
    )
    start = begin(form, FRENCH)
    assert isinstance(answer(form, start, FRENCH, 3), Filling)
    hint = Refusal(Say("answer.not_in_range", {"least": "1", "most": "5", "step": "2"}))
    assert [answer(form, start, FRENCH, Decimal(number)) for number in (0, 2, 7)] == [hint] * 3


@pytest.mark.parametrize(
    ("appearance", "said", "stored", "read", "hint"),
    [
        ("year", "2019", "2019-01-01", "2019", "answer.not_a_year"),
        ("month-year", "mars 2019", "2019-03-01", "mars 2019", "answer.not_a_month"),
        ("month-year", "3/3/2019", "2019-03-03", "mars 2019", "answer.not_a_month"),
    ],
)
def test_a_date_can_be_asked_without_its_day(
    appearance: str, said: str, stored: str, read: str, hint: str
) -> None:
    row = f"| survey |\n| | type | name | label | appearance |\n| | date | a | A? | {appearance} |\n"
    form = compile_form(row.encode(), "md", "v1")
    filling = walk(form, FRENCH, said)
    assert submission(form, filling, FRENCH).values == {"a": stored}
    assert summary(form, filling, FRENCH)[0][2] == read
    refused = answer_text(form, begin(form, FRENCH), FRENCH, "12")
    assert isinstance(refused, Refusal)
    assert isinstance(refused.line, Say)
    assert refused.line.id == hint
    assert all(0 < len(say(refused.line, language)) <= 300 for language in Language)


def test_a_file_answers_the_question_that_asks_for_its_sort() -> None:
    form = one("image | a | A? | | | | |")
    start = begin(form, FRENCH)
    assert answer_attachment(form, start, FRENCH, VOICE) == Refusal(Say("answer.send_image"))
    kept = answer_attachment(form, start, FRENCH, PHOTO)
    assert isinstance(kept, Filling)
    assert submission(form, kept, FRENCH).values == {"a": "file-1"}
    assert "file-1" not in summary(form, kept, FRENCH)[0][2]
    scanned = Attachment(AttachmentKind.DOCUMENT, "file-3", "image/png")
    assert isinstance(answer_attachment(form, start, FRENCH, scanned), Filling)
    assert isinstance(answer_attachment(one("file | a | A? | | | | |"), start, FRENCH, VOICE), Filling)


def test_a_place_that_is_not_on_earth_is_refused() -> None:
    form = one("geopoint | a | A? | | | | |")
    assert answer_location(form, begin(form, FRENCH), FRENCH, Spot(91, 0)) == Refusal(
        Say("answer.not_a_place")
    )


def test_the_program_fills_in_what_it_knows() -> None:
    form = sheet("""
        | start | began | | | | | | |
        | end | ended | | | | | | |
        | today | day | | | | | | |
        | username | who | | | | | | |
        | hidden | kept | | | | | | x |
        | text | a | A on ${day}? | | | | | |
    """)
    now = question(form, begin(form, ENGLISH), ENGLISH)
    assert now
    assert now.label == "A on 2026-11-23?"
    values = submission(form, walk(form, ENGLISH, "b"), ENGLISH).values
    assert values["began"] == values["ended"] == "2026-11-23T12:00:00.000+00:00"
    assert (values["day"], values["kept"], values["a"]) == ("2026-11-23", "x", "b")
    assert "who" not in values


def test_an_answer_sets_what_it_triggers_and_only_when_it_changes() -> None:
    form = compile_form(
        b"""
        | survey |
        | | type | name | label | trigger | calculation |
        | | text | town | Town? | | |
        | | text | region | Region? | ${town} | concat('Region of ', ${town}) |
        """,
        "md",
        "v1",
    )
    filling = walk(form, ENGLISH, "Rabat")
    now = question(form, filling, ENGLISH)
    assert now
    assert now.value == "Region of Rabat"
    assert submission(form, walk(form, ENGLISH, "Mine", filling=filling), ENGLISH).values["region"] == "Mine"


def test_a_required_note_bars_the_way_until_the_answer_before_it_is_changed() -> None:
    form = sheet("""
        | integer | age | Age? | | | | | |
        | note | stop | This is too young. | yes | ${age} < 18 | | | |
        | text | end | End? | | | | | |
    """)
    barred = walk(form, ENGLISH, "12")
    now = question(form, barred, ENGLISH)
    assert now
    assert (now.type, now.label) == (QuestionType.NOTE, "This is too young.")
    assert answer_text(form, barred, ENGLISH, "ok") == Refusal(Say("answer.go_back"))
    assert isinstance(skip(form, barred, ENGLISH), Refusal)
    assert asked(form, walk(form, ENGLISH, "20"), ENGLISH) == "end"


def test_media_of_labels_and_choices_come_with_the_question() -> None:
    form = compile_form(
        b"""
        | survey |
        | | type | name | label::fr | label::en | audio::fr |
        | | select_one yn | a | Bien ? | Well? | bien.ogg |
        | choices |
        | | list_name | name | label::fr | label::en | image::fr |
        | | yn | yes | Oui | Yes | oui.png |
        | settings |
        | | default_language |
        | | fr |
        """,
        "md",
        "v1",
    )
    for around in (FRENCH, ENGLISH):  # English has none of its own: those of the sheet's language
        now = question(form, begin(form, around), around)
        assert now
        assert [(media.kind, media.name) for media in now.media] == [("audio", "bien.ogg")]
        assert [media.name for media in now.options[0].media] == ["oui.png"]


def test_a_screen_of_questions_is_summed_up_once_at_its_end() -> None:
    form = compile_form(
        b"""
        | survey |
        | | type | name | label | appearance |
        | | begin_group | home | Home | field-list |
        | | text | street | Street? | |
        | | text | town | Town? | |
        | | end_group | | | |
        | | text | work | Work? | |
        | | text | end | End? | |
        """,
        "md",
        "v1",
    )
    recaps = []
    filling = begin(form, ENGLISH)
    for said in ("Medina 3", "Rabat", "Sewing"):
        filling = walk(form, ENGLISH, said, filling=filling)
        now = question(form, filling, ENGLISH)
        assert now
        recaps.append(now.recap)
    assert recaps == [(), (("Street?", "Medina 3"), ("Town?", "Rabat")), ()]


def test_a_random_order_of_choices_stays_while_the_form_is_open() -> None:
    form = compile_form(
        b"""
        | survey |
        | | type | name | label | parameters |
        | | select_one n | a | A? | randomize=true |
        | choices |
        | | list_name | name | label |
        """
        + b"".join(b"        | | n | n%d | N%d |\n" % (n, n) for n in range(30)),
        "md",
        "v1",
    )
    start = begin(form, ENGLISH)
    first, second = question(form, start, ENGLISH), question(form, start, ENGLISH)
    assert first
    assert first == second
    order = [option.name for option in first.options]
    assert sorted(order) != order
    taken = answer_text(form, start, ENGLISH, "1")
    assert isinstance(taken, Filling)
    assert submission(form, taken, ENGLISH).values["a"] == order[0]


def test_a_choice_whose_name_has_spaces_is_one_choice() -> None:
    form = sheet("| select_one yn | a | A? | | | | | |", "| yn | AZT - 2 | Two | |\n| yn | AZT | One | |")
    filling = answer(form, begin(form, ENGLISH), ENGLISH, Chosen(("AZT - 2",)))
    assert isinstance(filling, Filling)
    assert summary(form, filling, ENGLISH)[0][2] == "Two"


@pytest.mark.parametrize("kind", ["select_one yn", "select_multiple yn", "rank yn", "dateTime", "decimal"])
def test_a_very_long_message_is_told_what_is_asked(kind: str) -> None:
    form = one(f"{kind} | a | A? | | | | | |")
    assert isinstance(answer_text(form, begin(form, ENGLISH), ENGLISH, "1, " * 500), Refusal)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("integer", 10**30),
        ("decimal", 10**400),
        ("decimal", Decimal("NaN")),
        ("dateTime", datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=5)))),
    ],
)
def test_what_no_column_and_no_calendar_holds_is_refused(kind: str, typed: Answer) -> None:
    form = one(f"{kind} | a | A? | | | | | |")
    assert isinstance(answer(form, begin(form, ENGLISH), ENGLISH, typed), Refusal)
