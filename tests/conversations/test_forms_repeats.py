"""Questions asked again and again: by «another?», or as often as an answer says."""

from conversations.forms import (
    Chosen,
    Filling,
    Form,
    QuestionType,
    Refusal,
    answer,
    answer_text,
    back,
    begin,
    compile_form,
    question,
    reopened,
    revisit,
    submission,
    summary,
)
from conversations.messages import Say
from tests.conversations.sheets import ENGLISH, asked, sheet, walk

CHILDREN = """
| begin_repeat | child | Child | | | | | |
| text | name | Name? | yes | | | | |
| integer | age | Age? | | | . < 30 | | |
| text | school | School of ${name}? | | ${age} > 5 | | | |
| end_repeat | | | | | | | |
| calculate | number | | | | | count(${child}) | |
| calculate | total | | | | | sum(${age}) | |
| text | end | Anything else? | | | | | |
"""


def counting() -> Form:
    return compile_form(
        b"""
        | survey |
        | | type | name | label | repeat_count | calculation | default |
        | | integer | many | How many? | | | |
        | | begin_repeat | child | Child | ${many} | | |
        | | calculate | place | | | position(..) | |
        | | text | name | Name? | | | concat('child ', position(..)) |
        | | end_repeat | | | | | |
        | | text | end | Anything else? | | | |
        | settings |
        | | form_id |
        | | counting |
        """,
        "md",
        "v1",
    )


def test_another_turn_is_asked_for_after_each() -> None:
    form = sheet(CHILDREN)
    filling = walk(form, ENGLISH, "Awa", "3")
    prompt = question(form, filling, ENGLISH)
    assert prompt
    assert (prompt.type, prompt.path, prompt.label) == (QuestionType.REPEAT, "/data/child[2]", "Child")
    assert [option.name for option in prompt.options] == ["yes", "no"]
    assert asked(form, walk(form, ENGLISH, "yes", filling=filling), ENGLISH) == "name"
    assert asked(form, walk(form, ENGLISH, "non", filling=filling), ENGLISH) == "end"


def test_each_turn_keeps_its_own_answers_and_rules() -> None:
    form = sheet(CHILDREN)
    filling = walk(form, ENGLISH, "Awa", "3", "yes", "Ali", "7")
    now = question(form, filling, ENGLISH)
    assert now
    assert (now.path, now.label) == ("/data/child[2]/school", "School of Ali?")
    done = walk(form, ENGLISH, "Ibn Batouta", "no", None, filling=filling)
    result = submission(form, done, ENGLISH)
    assert result.values == {
        "child[1]/name": "Awa",
        "child[1]/age": "3",
        "child[2]/name": "Ali",
        "child[2]/age": "7",
        "child[2]/school": "Ibn Batouta",
        "number": "2",
        "total": "10",
    }
    assert result.instance_xml.count("<child>") == 2
    assert [label for _, label, _ in summary(form, done, ENGLISH)][:3] == [
        "Name? (1)",
        "Age? (1)",
        "Name? (2)",
    ]


def test_a_constraint_holds_in_its_turn_only() -> None:
    form = sheet(CHILDREN)
    filling = walk(form, ENGLISH, "Awa", "3", "yes", "Ali")
    assert answer_text(form, filling, ENGLISH, "40") == Refusal(Say("answer.not_accepted"))


def test_going_back_to_another_turn_and_declining_it_takes_the_turn_away() -> None:
    form = sheet(CHILDREN)
    filling = walk(form, ENGLISH, "Awa", "3", "yes")
    again = back(form, filling)
    assert asked(form, again, ENGLISH) == "child"
    declined = walk(form, ENGLISH, "no", filling=again)
    assert asked(form, declined, ENGLISH) == "end"
    assert submission(form, walk(form, ENGLISH, None, filling=declined), ENGLISH).values["number"] == "1"


def test_an_answer_of_a_turn_can_be_revisited() -> None:
    form = sheet(CHILDREN)
    filling = walk(form, ENGLISH, "Awa", "3", "yes", "Ali", "4", "no", None)
    assert asked(form, filling, ENGLISH) is None
    older = walk(form, ENGLISH, "8", filling=revisit(form, filling, "/data/child[1]/age"))
    now = question(form, older, ENGLISH)
    assert now
    assert now.path == "/data/child[1]/school"
    assert asked(form, walk(form, ENGLISH, "x", filling=older), ENGLISH) is None


def test_as_many_turns_as_an_answer_says() -> None:
    form = counting()
    filling = walk(form, ENGLISH, "2")
    first = question(form, filling, ENGLISH)
    assert first
    assert (first.path, first.value) == ("/data/child[1]/name", "child 1")
    filling = walk(form, ENGLISH, "Awa", "Ali", filling=filling)
    assert asked(form, filling, ENGLISH) == "end"
    assert asked(form, walk(form, ENGLISH, "0"), ENGLISH) == "end"


def test_fewer_turns_than_before_are_taken_away_and_more_keep_what_was_said() -> None:
    form = counting()
    filling = walk(form, ENGLISH, "2", "Awa", "Ali", None)
    fewer = walk(form, ENGLISH, "1", filling=revisit(form, filling, "/data/many"))
    assert submission(form, fewer, ENGLISH).instance_xml.count("<child>") == 1
    more = walk(form, ENGLISH, "3", filling=revisit(form, fewer, "/data/many"))
    second = question(form, more, ENGLISH)
    assert second
    assert (second.path, second.value) == ("/data/child[2]/name", "Ali")


def test_more_turns_than_a_chat_can_hold_are_refused_and_nothing_changes() -> None:
    form = counting()
    start = begin(form, ENGLISH)
    assert answer(form, start, ENGLISH, 100_000) == Refusal(Say("answer.too_many_turns", {"most": 200}))
    assert isinstance(answer(form, start, ENGLISH, 3), Filling)


def test_turns_within_turns() -> None:
    form = sheet("""
        | begin_repeat | house | House | | | | | |
        | text | street | Street? | | | | | |
        | begin_repeat | person | Person | | | | | |
        | text | name | Name in ${street}? | | | | | |
        | end_repeat | | | | | | | |
        | end_repeat | | | | | | | |
    """)
    filling = walk(form, ENGLISH, "A", "Awa", "yes", "Ali", "no", "yes", "B")
    now = question(form, filling, ENGLISH)
    assert now
    assert (now.path, now.label) == ("/data/house[2]/person[1]/name", "Name in B?")
    done = walk(form, ENGLISH, "Moussa", "no", "no", filling=filling)
    assert asked(form, done, ENGLISH) is None
    assert submission(form, done, ENGLISH).values["house[1]/person[2]/name"] == "Ali"


def test_a_choice_can_come_from_the_turns_of_a_repeat() -> None:
    form = compile_form(
        b"""
        | survey |
        | | type | name | label |
        | | begin_repeat | child | Child |
        | | text | name | Name? |
        | | end_repeat | | |
        | | select_one ${name} | eldest | Who is the eldest? |
        """,
        "md",
        "v1",
    )
    filling = walk(form, ENGLISH, "Awa", "yes", "Ali", "no")
    now = question(form, filling, ENGLISH)
    assert now
    assert [option.name for option in now.options] == ["Awa", "Ali"]
    assert isinstance(answer(form, filling, ENGLISH, Chosen(("Ali",))), Filling)


def test_a_submission_can_be_read_again_as_it_was_asked() -> None:
    form = sheet(CHILDREN)
    filling = walk(form, ENGLISH, "Awa", "3", "yes", "Ali", "7", "Ibn Batouta", "no", "Bye")
    sent = submission(form, filling, ENGLISH)
    again = reopened(form, sent.instance_xml)
    assert submission(form, again, ENGLISH) == sent
    assert summary(form, again, ENGLISH) == summary(form, filling, ENGLISH)
