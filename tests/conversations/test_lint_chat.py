"""The linter on what a chat cannot do: skipped, asked otherwise, or refused."""

import pytest

from conversations.forms import compile_form
from conversations.forms.lint import Code, check_form
from tests.conversations.linting import HEAD, Rows, asked, checked, words, xlsx

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


SELECT = ("select_one_from_file towns.csv", "a", "A")
EXTERNAL = ("csv-external", "towns")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([SELECT], ["warning attachment_needed A2"], id="choices that may be skipped"),
        pytest.param([(*SELECT, "yes")], ["error attachment_required A2"], id="choices that must be made"),
        pytest.param([SELECT, ("select_one_from_file towns.csv", "b", "B", "yes")],
                     ["error attachment_required A2"], id="the second time it must"),
        pytest.param([("text", "a", "A", "yes", None, ". = pulldata('towns', 'a', 'b', 'c')")],
                     ["error attachment_required F2"], id="an answer that can never be right"),
        pytest.param([("text", "a", "A", "yes", "pulldata('towns', 'a', 'b', 'c') = ''")],
                     ["warning attachment_needed E2"], id="a question that only depends on it"),
        pytest.param([("calculate", "a", None, None, None, None, "pulldata('towns', 'a', 'b', 'c')"), AGE],
                     ["warning attachment_needed G2"], id="what is only worked out"),
        pytest.param([EXTERNAL, ("text", "a", "A", "yes", None, ". = instance('towns')/root/item/name")],
                     ["error attachment_required A2"], id="a list of its own"),
    ],
)  # fmt: skip
def test_a_missing_file_blocks_where_nobody_could_answer(rows: Rows, expected: list[str]) -> None:
    assert words(asked(*rows)) == expected


def test_a_file_under_nearly_the_name_is_not_the_file() -> None:
    sheet = xlsx(survey=[HEAD, (*SELECT, "yes")])
    findings = check_form(sheet, "xlsx", {"Towns.csv": b"name,label\nrabat,Rabat\n"}).findings
    assert [finding.code for finding in findings] == [Code.ATTACHMENT_REQUIRED]


@pytest.mark.parametrize(
    ("calculation", "reads_itself"),
    [
        (". + 1", True),
        ("concat(., 'x')", True),
        ("string-length()", True),
        ("if(. = '', 1, .)", True),
        ("instance('town')/root/item[. = 'rabat']/label", False),
        ("count(instance('town')/root/item[name = current()/../age])", False),
        ("once(now())", False),
    ],
)
def test_a_calculation_that_reads_itself_is_told(calculation: str, reads_itself: bool) -> None:
    rows = [AGE, ("select_one town", "t", "T"), ("calculate", "c", None, None, None, None, calculation)]
    assert words(asked(*rows, choices=TOWNS)) == (["warning self_reference G4"] if reads_itself else [])


@pytest.mark.parametrize(("choices", "told"), [(10, []), (11, ["warning many_choice_files D12"])])
def test_more_choices_with_sound_than_are_sent_are_told(choices: int, told: list[str]) -> None:
    survey: Rows = [("type", "name", "label"), ("select_one town", "t", "T")]
    lists = [("list_name", "name", "label", "audio")]
    lists += [("town", f"c{n}", f"C{n}", f"c{n}.ogg") for n in range(choices)]
    files = {f"c{n}.ogg": b"OggS" for n in range(choices)}
    assert words(check_form(xlsx(survey=survey, choices=lists), "xlsx", files), "choices") == told


SEMICOLONS = """\ufeffsurvey;;;;
;type;name;label;relevant
;select_one town;town;"Ville, ou village ?";
;text;"why";"Pourquoi
ici ?";${town} = 'rabat'
;texxt;b;B;
choices;;;
;list_name;name;label
;town;rabat;Rabat
"""


def test_a_csv_with_semicolons_is_read_as_french_excel_writes_it() -> None:
    result = check_form(SEMICOLONS.encode(), "csv")
    assert words(result) == ["error misspelled_type B6"]
    form = compile_form(SEMICOLONS.replace("texxt", "text").encode(), "csv", "v1")
    first, why, _ = form.fields
    assert [template for wording in (first.label, why.label) for template in wording.texts.values()] == [
        ("Ville, ou village ?",),
        ("Pourquoi\nici ?",),
    ]


def test_a_csv_with_commas_may_begin_with_a_byte_order_mark() -> None:
    source = "\ufeffsurvey\n,type,name,label\n,text,a,A;B\n".encode()
    assert check_form(source, "csv").publishable
