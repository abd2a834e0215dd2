"""The linter on what a chat cannot do: skipped, asked otherwise, or refused."""

import pytest

from tests.conversations.linting import Rows, asked, checked, words

AGE = ("integer", "age", "How old are you?")
TOWNS: Rows = [("town", "rabat", "Rabat"), ("town", "sale", "Salé")]
APP = ("begin_group", "g", "G", None, None, None, None, "ex:org.app")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [("select_one town", "a", "A", "yes", None, None, None, "quickmap")],
            ["warning map_as_list H2"],
            id="a choice on a map is asked as a list",
        ),
        pytest.param([("geopoint", "a", "A", None, None, None, None, "map")], [], id="a place is sent"),
        pytest.param(
            [("text", "a", "A", None, None, None, None, "draw")], [], id="nothing is drawn in words"
        ),
        pytest.param([APP, AGE, ("end_group",)], ["warning appearance_skipped H2"], id="an app for a group"),
        pytest.param(
            [APP, (*AGE, "yes"), ("end_group",)],
            ["error appearance_required H2"],
            id="an app for a group with a required question",
        ),
    ],
)
def test_what_a_chat_does_otherwise_is_told(rows: Rows, expected: list[str]) -> None:
    assert words(asked(*rows, choices=TOWNS)) == expected


@pytest.mark.parametrize(
    ("header", "type_", "expected"),
    [
        pytest.param("body::intent", "text", ["warning appearance_skipped D2"], id="a question of an app"),
        pytest.param("intent", "text", [], id="a column that is read for groups only"),
        pytest.param("body::intent", "image", [], id="a photo with a certain camera"),
    ],
)
def test_an_intent_is_told_where_it_takes_a_question_away(
    header: str, type_: str, expected: list[str]
) -> None:
    assert words(checked([("type", "name", "label", header), (type_, "a", "A", "org.app")])) == expected


def test_a_question_for_a_file_needs_no_file() -> None:
    assert words(asked(("file", "a", "A"))) == []
