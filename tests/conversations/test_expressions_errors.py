"""A wrong expression is told apart; no text whatever raises anything but ExpressionError."""

from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conversations.expressions import (
    ArgumentCount,
    ExpressionError,
    ExpressionSyntaxError,
    Node,
    Outside,
    UnknownFunction,
    ValueMismatch,
    compile_expression,
    context_at,
    context_in,
)
from conversations.expressions.build import FUNCTIONS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "1 +",
        "(1",
        "a b",
        "'open",
        "/data//",
        "1 2",
        "${name}",
        "a ==b",
        "“smart”",
        "..[1]",
        "a::b",
        "@",
        "namespace::*",
    ],
)
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(ExpressionSyntaxError):
        compile_expression(text)


def test_an_error_of_syntax_says_where() -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        compile_expression("1 + + 2")
    assert caught.value.column == 5


def test_an_unknown_function_is_named() -> None:
    with pytest.raises(UnknownFunction) as caught:
        compile_expression("if(true(), selcted(/data/a, 'x'), 1)")
    assert caught.value.name == "selcted"


@pytest.mark.parametrize("text", ["selected(.)", "if(1, 2)", "true(1)", "today('x')", "round(1, 2, 3)"])
def test_a_wrong_number_of_arguments_is_refused(text: str) -> None:
    with pytest.raises(ArgumentCount):
        compile_expression(text)


@pytest.mark.parametrize(
    "text", ["count('x')", "sum(3)", "regex('a', '(')", "position('x')", "position(/)", "'a'/b"]
)
def test_a_value_that_does_not_fit_is_told_when_evaluated(text: str) -> None:
    expression = compile_expression(text)
    document = Node("")
    with pytest.raises(ValueMismatch):
        expression.evaluate(context_at(document.add(Node("data")), document, NOW, "UTC"))


def test_nesting_and_length_are_bounded() -> None:
    with pytest.raises(ExpressionSyntaxError):
        compile_expression("(" * 500 + "1" + ")" * 500)
    with pytest.raises(ExpressionSyntaxError):
        compile_expression("-" * 5_000 + "1")
    with pytest.raises(ExpressionSyntaxError):
        compile_expression(" or ".join(["1"] * 10_000))


def test_a_long_chain_is_no_nesting() -> None:
    document = Node("")
    context = context_at(document.add(Node("data")), document, NOW, "UTC")
    assert compile_expression(" + ".join(["1"] * 2_000)).number(context) == 2_000


NOW = datetime(2026, 11, 23, tzinfo=UTC)
CALLS = st.sampled_from(sorted(FUNCTIONS)).map(lambda name: f"{name}(")
SIGNS = st.sampled_from(tuple(")),,[]/.*|+-=<>")) | st.sampled_from(
    ("//", "..", "!=", " and ", " or ", " div ")
)
VALUES = st.sampled_from(
    ("'x'", "''", "1", "-3.5", "9" * 20, "'2025-03-12'", "'0001-01-01'", "'%Y%q'", "'('")
)
STEPS = st.sampled_from(("/data/a", "../b", "node()", "self::a", "ancestor::node()", "current()"))
PIECES = CALLS | SIGNS | VALUES | STEPS


LEAVES = VALUES | STEPS | st.sampled_from(("/", "//*", "@*", "/data/*", "1 div 0", "0 div 0", "''", "'a b'"))
OPERATORS = st.sampled_from(
    (" + ", " - ", " * ", " div ", " mod ", " = ", " != ", " < ", " and ", " or ", " | ")
)


def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Sound expressions one level deeper: calls, operators, predicates and steps."""
    names = st.sampled_from(sorted(FUNCTIONS))
    calls = names.flatmap(
        lambda name: st.lists(
            inner,
            min_size=FUNCTIONS[name].least,
            max_size=min(FUNCTIONS[name].most, FUNCTIONS[name].least + 2),
        ).map(lambda arguments: f"{name}({', '.join(arguments)})")
    )
    return (
        calls
        | st.tuples(inner, OPERATORS, inner).map("".join)
        | inner.map(lambda text: f"({text})[1]")
        | inner.map(lambda text: f"//*[{text}]")
        | inner.map(lambda text: f"-({text})")
    )


SOUND = st.recursive(LEAVES, grow, max_leaves=8)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join), SOUND))
@example("round(99999999999999999999, -3)")
@example("format-date('0001-01-01', '%Y')")
@example("format-date(-719163, '%Y')")
@example("date(1 div 0)")
@example("substr('abc', 1 div 0, -1 div 0)")
@example("selected-at('a b', 0 div 0)")
@example("round(1, 1 div 0)")
@example("int(1 div 0) mod 0")
@settings(deadline=None, max_examples=300)  # the machine may be busy
def test_no_text_raises_anything_but_expression_errors(text: str) -> None:
    document = Node("")
    data = document.add(Node("data"))
    data.add(Node("a", "2025-03-12"))
    with suppress(ExpressionError):
        expression = compile_expression(text)
        outside = Outside(NOW, "Asia/Tokyo", {"x": document}, chance=partial(Random, 1))
        context = context_in(data, document, outside)
        for read in (expression.text, expression.number, expression.truth):
            read(context)
