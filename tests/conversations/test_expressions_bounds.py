"""One evaluation does only so much work, whatever the expression and the answers are."""

from datetime import UTC, datetime

import pytest

from conversations.expressions import (
    Context,
    ExpressionError,
    Node,
    TooMuchWork,
    compile_expression,
    context_at,
)

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def crowd(people: int) -> Context:
    """`/data` with so many people, each with a name and a group."""
    document = Node("")
    data = document.add(Node("data"))
    for number in range(people):
        person = data.add(Node("person"))
        person.add(Node("name", f"person {number}"))
        person.add(Node("group", str(number % 7)))
    return context_at(data, document, NOW, "UTC")


@pytest.mark.parametrize(
    "text",
    [
        "count(//*[count(//*[count(//*) > 0]) > 0])",
        "count(//name[. = //name])",
        "count(//*[string-length(/) > 0])",
        "count(//*/following::*)",
        "count(//person[preceding::person[preceding::person]])",
        "string-length(concat(//*, //*, //*, //*, //*, //*, //*, //*))",
        "count(//*[id('x') | //*])",
    ],
)
def test_a_runaway_expression_ends(text: str) -> None:
    with pytest.raises(TooMuchWork):
        compile_expression(text).evaluate(crowd(3_000))


def test_the_filter_of_a_long_list_is_no_runaway() -> None:
    context = crowd(20_000)
    assert compile_expression("count(/data/person[group = 3 and name != ''])").number(context) == 2_857


def test_each_evaluation_has_its_own_measure() -> None:
    context = crowd(20_000)
    expression = compile_expression("count(/data/person[group = 3])")
    assert {expression.number(context) for _ in range(20)} == {2_857}


@pytest.mark.parametrize("pattern", ["^(a|aa)+$", "^(a+a+)+$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_a_pattern_that_never_ends_is_stopped(pattern: str) -> None:
    document = Node("")
    data = document.add(Node("data", "a" * 4_000 + "!"))
    with pytest.raises(TooMuchWork):
        compile_expression(f"regex(., '{pattern}')").truth(context_at(data, document, NOW, "UTC"))


@pytest.mark.parametrize(
    ("text", "pattern", "fits"),
    [
        ("AB12345", "^(?=.*\\d)[A-Z]{2}\\d+$", True),
        ("0612", "^0[67]\\d{8}$", False),
        ("٣", "\\d", False),
        ("aa", "^(.)\\1$", True),
    ],
)
def test_patterns_are_those_of_javascript(text: str, pattern: str, fits: bool) -> None:
    document = Node("")
    context = context_at(document.add(Node("data", text)), document, NOW, "UTC")
    assert compile_expression(f"regex(., '{pattern}')").truth(context) is fits


@pytest.mark.parametrize(
    "text", ["regex('a', '(')", "uuid(1 div 0)", "digest('a', 'MD6')", "regex('a', '\\x')"]
)
def test_what_a_function_cannot_do_is_told(text: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(text).evaluate(crowd(1))
