"""A form runs one question at a time; what depends on an answer follows it at once."""

import pytest

from conversations.forms import (
    Chosen,
    Filling,
    NothingToAsk,
    Refusal,
    UnknownQuestion,
    answer,
    answer_option,
    answer_text,
    back,
    begin,
    question,
    revisit,
    skip,
    submission,
    summary,
)
from conversations.messages import Say
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, asked, builtin, sheet, walk

CHILDREN = """
| integer | children | How many children? | yes | | | | |
| integer | at_school | How many at school? | | ${children} > 0 | . <= ${children} | | |
| text | school | Which school? | | ${at_school} > 0 | | | |
| text | name | Your name? | yes | | | | |
"""
YES_NO = """
| yn | yes | Yes | |
| yn | no | No | |
"""


def test_a_question_that_does_not_apply_is_not_asked() -> None:
    form = sheet(CHILDREN)
    assert asked(form, walk(form, ENGLISH, "0"), ENGLISH) == "name"
    assert asked(form, walk(form, ENGLISH, "2"), ENGLISH) == "at_school"


def test_an_answer_that_became_irrelevant_reads_as_empty_and_is_kept() -> None:
    form = sheet(CHILDREN)
    filling = walk(form, ENGLISH, "2", "1", "Ibn Batouta", "Amina")
    childless = walk(form, ENGLISH, "0", filling=revisit(form, filling, "/data/children"))
    assert asked(form, childless, ENGLISH) is None
    assert [path for path, _, _ in summary(form, childless, ENGLISH)] == ["/data/children", "/data/name"]
    assert submission(form, childless, ENGLISH).values == {"children": "0", "name": "Amina"}
    assert "school" not in submission(form, childless, ENGLISH).instance_xml

    again = walk(form, ENGLISH, "3", filling=revisit(form, childless, "/data/children"))
    returned = question(form, again, ENGLISH)
    assert returned
    assert (returned.name, returned.value) == ("at_school", "1")


def test_an_answer_that_no_longer_holds_is_asked_again() -> None:
    form = sheet(CHILDREN)
    filling = walk(form, ENGLISH, "3", "3", "Ibn Batouta", "Amina")
    fewer = walk(form, ENGLISH, "2", filling=revisit(form, filling, "/data/children"))
    assert asked(form, fewer, ENGLISH) == "at_school"
    assert asked(form, walk(form, ENGLISH, "2", filling=fewer), ENGLISH) is None


def test_a_group_that_does_not_apply_takes_its_questions_along() -> None:
    form = sheet(
        """
        | select_one yn | works | Do you work? | | | | | |
        | begin_group | job | | | ${works} = 'yes' | | | |
        | text | what | What? | | | | | |
        | text | where | Where? | | ${what} != '' | | | |
        | end_group | | | | | | | |
        | text | end | Anything else? | | ${where} = '' | | | |
    """,
        YES_NO,
    )
    assert asked(form, walk(form, ENGLISH, "no"), ENGLISH) == "end"
    filling = walk(form, ENGLISH, "yes", "sewing", "Salé")
    assert asked(form, filling, ENGLISH) is None
    stopped = walk(form, ENGLISH, "no", filling=revisit(form, filling, "/data/works"))
    assert asked(form, stopped, ENGLISH) == "end"
    assert submission(form, stopped, ENGLISH).instance_xml == (
        '<data id="test"><works>no</works><end/><meta><instanceID/></meta></data>'
    )


def test_relevance_is_worked_out_in_the_order_of_what_it_reads() -> None:
    form = sheet("""
        | text | first | First? | | ${last} = 'x' | | | |
        | integer | middle | Middle? | | | | | |
        | calculate | last | | | | | if(${middle} > 1, 'x', 'y') | |
    """)
    assert asked(form, walk(form, ENGLISH, "1"), ENGLISH) is None
    assert asked(form, walk(form, ENGLISH, "2"), ENGLISH) == "first"


def test_a_required_question_cannot_be_skipped_and_another_can() -> None:
    form = sheet(CHILDREN)
    assert skip(form, begin(form, ENGLISH), ENGLISH) == Refusal(Say("answer.required"))
    assert asked(form, walk(form, ENGLISH, "2", None), ENGLISH) == "name"


def test_skipping_takes_back_what_the_question_held() -> None:
    form = sheet(CHILDREN)
    filling = walk(form, ENGLISH, "2", "1", "Ibn Batouta")
    skipped = walk(form, ENGLISH, None, filling=revisit(form, filling, "/data/at_school"))
    assert submission(form, skipped, ENGLISH).values == {"children": "2"}


def test_a_broken_constraint_is_refused_and_nothing_changes() -> None:
    form = sheet(CHILDREN)
    assert answer_text(form, walk(form, ENGLISH, "2"), ENGLISH, "3") == Refusal(Say("answer.not_accepted"))


def test_back_leads_to_the_question_before_and_keeps_its_answer() -> None:
    form = sheet(CHILDREN)
    filling = back(form, walk(form, ENGLISH, "2", "1"))
    now = question(form, filling, ENGLISH)
    assert now
    assert (now.name, now.value) == ("at_school", "1")
    assert asked(form, back(form, back(form, filling)), ENGLISH) == "children"


def test_back_passes_over_a_question_that_no_longer_applies() -> None:
    form = sheet(CHILDREN)
    filling = walk(form, ENGLISH, "2", "1", "Ibn Batouta")
    childless = walk(form, ENGLISH, "0", filling=revisit(form, filling, "/data/children"))
    assert asked(form, back(form, childless), ENGLISH) == "children"


def test_back_at_the_start_stays_there() -> None:
    form = sheet(CHILDREN)
    assert back(form, begin(form, ENGLISH)) == begin(form, ENGLISH)


def test_revisiting_asks_one_question_again_and_then_goes_on() -> None:
    form = sheet(CHILDREN)
    filling = revisit(form, walk(form, ENGLISH, "2", "1", "Ibn Batouta"), "/data/at_school")
    assert asked(form, filling, ENGLISH) == "at_school"
    assert asked(form, back(form, filling), ENGLISH) == "children"
    assert asked(form, walk(form, ENGLISH, "2", filling=filling), ENGLISH) == "name"


def test_revisiting_a_question_that_is_not_there_is_an_error() -> None:
    form = sheet(CHILDREN)
    with pytest.raises(UnknownQuestion):
        revisit(form, begin(form, ENGLISH), "/data/nothing")


def test_a_complete_form_takes_no_answer() -> None:
    form = builtin("check-in")
    done = walk(form, FRENCH, "non")
    with pytest.raises(NothingToAsk):
        answer_text(form, done, FRENCH, "oui")
    with pytest.raises(NothingToAsk):
        skip(form, done, FRENCH)


def test_a_tapped_choice_is_taken_by_name_and_an_unknown_one_is_not() -> None:
    form = builtin("check-in")
    start = begin(form, FRENCH)
    taken = answer_option(form, start, FRENCH, "no")
    assert isinstance(taken, Filling)
    assert submission(form, taken, FRENCH).values == {"changed": "no"}
    assert answer_option(form, start, FRENCH, "maybe") == Refusal(Say("answer.not_a_choice", {"n": 2}))


def test_a_typed_answer_of_the_wrong_sort_is_refused() -> None:
    form = sheet(CHILDREN)
    assert answer(form, begin(form, ENGLISH), ENGLISH, "two") == Refusal(Say("answer.not_a_whole_number"))
    assert answer(form, begin(form, ENGLISH), ENGLISH, Chosen(("yes",))) == Refusal(
        Say("answer.not_a_whole_number")
    )


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("", Say("answer.empty")),
        ("\u200f \x00", Say("answer.empty")),
        ("👍👍", Say("answer.no_words")),
        ("x" * 4_001, Say("answer.too_long", {"most": 4_000})),
    ],
)
def test_a_text_that_says_nothing_or_too_much_is_refused(said: str, line: Say) -> None:
    form = sheet("| text | news | News? | | | | | |")
    assert answer_text(form, begin(form, FRENCH), FRENCH, said) == Refusal(line)


def test_a_text_is_kept_as_written_without_what_nobody_sees() -> None:
    form = sheet("| text | news | News? | | | | | |")
    filling = walk(form, ARABIC, '\u200f<b>بدأت</b> & "ok"\nغدا \x00')
    assert submission(form, filling, ARABIC).values == {"news": '<b>بدأت</b> & "ok"\nغدا'}
    assert "&lt;b&gt;بدأت&lt;/b&gt; &amp;" in submission(form, filling, ARABIC).instance_xml


def test_dates_and_numbers_are_stored_as_an_xform_writes_them() -> None:
    form = sheet(
        """
        | date | day | Day? | | | | | |
        | integer | count | Count? | | | | | |
        | decimal | price | Price? | | | | | |
        | select_multiple yn | both | Both? | | | | | |
    """,
        YES_NO,
    )
    filling = walk(form, FRENCH, "hier", "١ ٠٠٠", "2,50", "2 et 1")
    result = submission(form, filling, FRENCH)
    assert result.values == {"day": "2026-11-22", "count": "1000", "price": "2.50", "both": "yes no"}
    assert result.coded == {"day": "2026-11-22", "count": 1000, "price": 2.5, "both": "yes no"}


def test_free_text_is_never_among_the_coded_values() -> None:
    form = sheet("""
        | text | name | Name? | | | | | |
        | calculate | greeting | | | | | concat('Hello ', ${name}) | |
    """)
    filling = walk(form, ENGLISH, "Amina")
    assert submission(form, filling, ENGLISH).values["greeting"] == "Hello Amina"
    assert submission(form, filling, ENGLISH).coded == {}
