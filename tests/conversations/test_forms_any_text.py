"""Nothing a person can send breaks a question, in any language, and no sheet breaks the reading of sheets."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conversations.answers import Chosen, Spot
from conversations.events import Attachment, AttachmentKind
from conversations.forms import (
    Answer,
    Filling,
    Form,
    FormError,
    Refusal,
    Run,
    Surroundings,
    answer,
    answer_text,
    begin,
    compile_form,
    question,
    read_xform,
    submission,
    summary,
)
from conversations.messages import Verbatim
from conversations.render.catalogue import say
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, sheet

YES_NO = """
| yn | yes | Oui | |
| yn | no | Non | |
"""
TYPES = (
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "dateTime",
    "select_one yn",
    "select_multiple yn",
    "rank yn",
    "acknowledge",
    "geopoint",
    "image",
    "file",
    "barcode",
)
TEXTS = st.text(max_size=80) | st.text(alphabet="0123456789٠١٢٣۴ ,.٫٬/-+:hTم\u200f\u202e\x00eEx", max_size=16)
PEOPLE = st.sampled_from((FRENCH, ARABIC, ENGLISH))
ANSWERS: st.SearchStrategy[Answer] = (
    st.text(max_size=20)
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False).map(Decimal)
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.lists(st.sampled_from(("yes", "no", "OK", "x", "")), max_size=3).map(
        lambda names: Chosen(tuple(names))
    )
    | st.builds(Spot, st.floats(), st.floats())
    | st.builds(Attachment, st.sampled_from(AttachmentKind), st.text(max_size=9), st.text(max_size=9))
)


def everything() -> Form:
    """A question of each type, twice over, in a repeat, with rules between them."""
    rows = "\n".join(f"| {kind} | a{number} | A? | | | . != 'x' | | |" for number, kind in enumerate(TYPES))
    return sheet(
        f"""
        | begin_repeat | turn | Turn | | | | | |
        {rows}
        | calculate | sum | | | | | sum(${{a1}}) + count-selected(${{a7}}) + string-length(${{a0}}) | |
        | text | last | Last of ${{a0}}? | | ${{a1}} > 1 or ${{a3}} < today() | | | |
        | end_repeat | | | | | | | |
        """,
        YES_NO,
    )


def said_in_full(refusal: Refusal, surroundings: Surroundings) -> bool:
    """Whether there is something to say, and not too much."""
    line = refusal.line
    return isinstance(line, Verbatim) or 0 < len(say(line, surroundings.language)) <= 300


@pytest.mark.parametrize("question_type", TYPES)
@given(text=TEXTS, surroundings=PEOPLE)
@settings(deadline=None, max_examples=60)  # the first example also compiles the form
def test_a_text_is_taken_or_asked_about_or_refused_with_something_to_say(
    question_type: str, text: str, surroundings: Surroundings
) -> None:
    form = sheet(f"| {question_type} | a | A? | | | . != 'x' | | |", YES_NO)
    result = answer_text(form, begin(form, surroundings), surroundings, text)
    if isinstance(result, Refusal):
        assert said_in_full(result, surroundings)
    else:
        assert isinstance(result, Filling)
        asked = question(form, result, surroundings)
        if asked is not None:  # it can mean several things: which, is the question now
            assert asked.readings
            assert all(reading.label for reading in asked.readings)
        else:
            assert submission(form, result, surroundings).values["a"]
            assert summary(form, result, surroundings)[0][2]


@pytest.mark.parametrize("question_type", TYPES)
@given(typed=ANSWERS)
@settings(deadline=None, max_examples=60)
def test_an_answer_of_any_sort_is_taken_or_refused(question_type: str, typed: Answer) -> None:
    form = sheet(f"| {question_type} | a | A? | | | . != 'x' | | |", YES_NO)
    result = answer(form, begin(form, ENGLISH), ENGLISH, typed)
    if isinstance(result, Refusal):
        assert said_in_full(result, ENGLISH)
    else:
        assert submission(form, result, ENGLISH).instance_xml


@given(said=st.lists(TEXTS | st.sampled_from(("yes", "no", "1", "2", "2025-03-12", "14:30")), max_size=30))
@settings(deadline=None, max_examples=40)
def test_a_whole_form_goes_on_whatever_is_said_and_can_be_taken_up_anywhere(said: list[str]) -> None:
    form = everything()
    run = Run.begin(form, FRENCH)
    for text in said:
        if run.ahead.stop is None:
            break
        if run.answer_text(text) is not None:
            assert run.skip() is None
        again = Run(form, run.filling, FRENCH)
        assert again.ahead == run.ahead
        assert held(again) == held(run)
    assert submission(form, run.filling, FRENCH).instance_xml.startswith("<data")


def held(run: Run) -> dict[str, tuple[str, bool]]:
    """What every node holds, and whether it is relevant."""
    return {place: (node.text, node.relevant) for place, node in run.instance.nodes.items()}


@given(
    cells=st.lists(st.text(alphabet="abc${}()'\"<>=+*/[]., 10\u0600é", max_size=12), min_size=4, max_size=4),
    kind=st.sampled_from((*TYPES, "calculate", "note", "begin_group", "begin_repeat", "nonsense")),
)
@settings(deadline=None, max_examples=60)
def test_any_sheet_becomes_a_form_or_is_refused(cells: list[str], kind: str) -> None:
    relevant, constraint, calculation, label = cells
    text = (
        "| survey |\n| | type | name | label | relevant | constraint | calculation |\n"
        f"| | {kind} | a | {label} | {relevant} | {constraint} | {calculation} |\n| | text | b | B? | | | |\n"
        "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n"
    )
    with suppress(FormError):
        run = Run.begin(compile_form(text.encode(), "md", "v1"), ENGLISH)
        while run.ahead.stop is not None and run.skip() is None:
            pass
        assert run.submission().instance_xml


@given(content=st.binary(max_size=200), file_type=st.sampled_from(("md", "csv", "xlsx", "xls")))
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls")  # how an old Excel file begins, and no more
@settings(deadline=None, max_examples=60)
def test_any_bytes_are_no_sheet_but_an_error_of_ours(content: bytes, file_type: str) -> None:
    with pytest.raises(FormError):
        compile_form(content, file_type, "v1")


@given(text=st.text(max_size=60), at=st.integers(0, 400))
@settings(deadline=None, max_examples=60)
def test_a_damaged_xform_is_read_or_refused(text: str, at: int) -> None:
    xml = sheet("| select_one yn | a | A? | | . != '' | . != 'x' | | |", YES_NO).xml
    with suppress(FormError):
        assert read_xform(xml[:at] + text + xml[at:], "v1").instance
