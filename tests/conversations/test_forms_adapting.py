"""What a chat cannot show is left out, and «Other» is said in the person's language."""

import pytest

from conversations.forms import (
    Form,
    Surroundings,
    begin,
    compile_form,
    for_chat,
    question,
    submission,
    summary,
)
from tests.conversations.sheets import ARABIC, ENGLISH, FRENCH, asked, walk

HEAD = "| | type | name | label | required | appearance | body::intent | calculation | relevant |"


def form_of(rows: str) -> Form:
    """The form as a chat runs it."""
    lines = "\n".join(f"| {row.strip()}" for row in rows.strip().splitlines())
    return for_chat(compile_form(f"| survey |\n{HEAD}\n{lines}\n".encode(), "md", "v1"))


@pytest.mark.parametrize(
    ("row", "left_out"),
    [
        pytest.param("| image | it | A | | signature | | | |", True, id="a signature"),
        pytest.param("| image | it | A | | Draw | | | |", True, id="a drawing"),
        pytest.param("| image | it | A | no | new annotate | | | |", True, id="a picture to draw on"),
        pytest.param("| text | it | A | | ex:org.app(x='1') | | | |", True, id="an app of the phone"),
        pytest.param("| text | it | A | | | org.app | | |", True, id="an intent"),
        pytest.param("| image | it | A | yes | signature | | | |", False, id="a signature that is required"),
        pytest.param("| text | it | A | ${first} = 'x' | ex:org.app | | | |", False, id="required at times"),
        pytest.param("| image | it | A | | new | | | |", False, id="a photo"),
        pytest.param("| image | it | A | | | org.camera | | |", False, id="a photo with a certain app"),
        pytest.param("| text | it | A | | draw | | | |", False, id="words, where nothing is drawn"),
        pytest.param("| geopoint | it | A | | quickmap | | | |", False, id="a place on a map"),
        pytest.param("| text | it | A | | multiline | | | |", False, id="a long text"),
    ],
)
def test_an_optional_question_that_a_chat_cannot_show_is_left_out(row: str, left_out: bool) -> None:
    form = form_of(f"| text | first | F | | | | | |\n{row}\n| text | last | L | | | | | |")
    filling = walk(form, ENGLISH, "a")
    assert asked(form, filling, ENGLISH) == ("last" if left_out else "it")


def test_what_is_left_out_keeps_its_place_and_reads_as_empty() -> None:
    form = form_of("""
        | image | sign | S | | signature | | | |
        | calculate | signed | | | | | if(${sign} = '', 'no', 'yes') | |
        | text | why | Why not? | | | | | ${sign} = '' |
        """)
    filling = walk(form, ENGLISH, "paper")
    done = submission(form, filling, ENGLISH)
    assert asked(form, filling, ENGLISH) is None
    assert "<sign/><signed>no</signed><why>paper</why>" in done.instance_xml
    assert [name for _, name, _ in summary(form, filling, ENGLISH)] == ["Why not?"]


def test_an_app_that_fills_in_a_group_takes_its_optional_questions_along() -> None:
    form = form_of("""
        | begin_group | g | G | | field-list | org.app | | |
        | text | a | A | | | | | |
        | text | b | B | yes | | | | |
        | end_group | | | | | | | |
        | text | c | C | | | | | |
        """)
    filling = begin(form, ENGLISH)
    assert asked(form, filling, ENGLISH) == "b"
    assert asked(form, walk(form, ENGLISH, "x"), ENGLISH) == "c"


def test_no_further_turn_is_offered_of_a_repeat_with_nothing_left_to_ask() -> None:
    form = form_of("""
        | begin_repeat | r | R | | | | | |
        | image | sign | S | | signature | | | |
        | end_repeat | | | | | | | |
        | text | last | L | | | | | |
        """)
    assert asked(form, begin(form, ENGLISH), ENGLISH) == "last"


FRENCH_AND_ENGLISH = """
| survey |
| | type | name | label::Français (fr) | label::English (en) |
| | select_one town or_other | town | Ville ? | Town? |
| choices |
| | list_name | name | label::Français (fr) | label::English (en) |
| | town | rabat | Rabat | Rabat |
"""
OF_ONE_LANGUAGE = """
| survey |
| | type | name | label |
| | select_multiple town or_other | town | Ville ? |
| | select_one town | birth | Né où ? |
| choices |
| | list_name | name | label |
| | town | rabat | Rabat |
"""


def offered(form: Form, surroundings: Surroundings) -> list[str]:
    """What can be chosen in the first question, and the label of the one after «other»."""
    first = question(form, begin(form, surroundings), surroundings)
    which = question(form, walk(form, surroundings, "2"), surroundings)
    assert first is not None
    assert which is not None
    return [*(option.label for option in first.options), which.label]


@pytest.mark.parametrize("source", [FRENCH_AND_ENGLISH, OF_ONE_LANGUAGE], ids=["translated", "one language"])
@pytest.mark.parametrize(
    ("surroundings", "expected"),
    [
        (FRENCH, ["Rabat", "Autre", "Précisez, s’il vous plaît."]),
        (ARABIC, ["Rabat", "شيء آخر", "ما هو؟ يُرجى كتابته."]),
        (ENGLISH, ["Rabat", "Other", "Please say which."]),
    ],
    ids=["French", "Arabic", "English"],
)
def test_or_other_is_asked_in_the_language_of_the_person(
    source: str, surroundings: Surroundings, expected: list[str]
) -> None:
    form = for_chat(compile_form(source.encode(), "md", "v1"))
    assert offered(form, surroundings) == expected


def test_other_is_the_same_word_wherever_its_list_is_asked() -> None:
    form = for_chat(compile_form(OF_ONE_LANGUAGE.encode(), "md", "v1"))
    birth = question(form, walk(form, FRENCH, "1"), FRENCH)
    assert birth is not None
    assert [option.label for option in birth.options] == ["Rabat", "Autre"]


def test_the_sheet_s_own_words_for_other_stay() -> None:
    own = FRENCH_AND_ENGLISH + "| | town | other | Ailleurs | Other |\n"
    form = for_chat(compile_form(own.encode(), "md", "v1"))
    assert offered(form, FRENCH)[1] == "Ailleurs"
    assert offered(form, ENGLISH)[1] == "Other"


def test_a_choice_called_other_without_or_other_stays() -> None:
    plain = FRENCH_AND_ENGLISH.replace(" or_other", "") + "| | town | other | Other | Other |\n"
    form = for_chat(compile_form(plain.encode(), "md", "v1"))
    first = question(form, begin(form, FRENCH), FRENCH)
    assert first is not None
    assert [option.label for option in first.options] == ["Rabat", "Other"]
