"""The linter: what pyxform accepts in silence and breaks a chat is told, with its cell."""

from pathlib import Path

import pytest

from conversations.forms import BuiltinForm, builtin_forms
from conversations.forms.lint import Code, Severity, UnreadableSheet, check_form
from tests.conversations.linting import CHOICES, HEAD, Rows, asked, checked, place, places, words, xlsx

PUBLIC_FORMS = Path(__file__).parents[3] / "shared" / "oracle" / "forms"
AGE = ("integer", "age", "How old are you?")
TOWNS: Rows = [("town", "rabat", "Rabat"), ("town", "sale", "Salé")]

# label, the rows below the head, what is found and where
QUESTIONS = [
    ("an unknown type", [("wizardry", "a", "A")], "error unknown_type A2"),
    ("a misspelled type", [("integr", "a", "A")], "error misspelled_type A2"),
    ("a select without its list", [("select_one", "a", "A")], "error unknown_type A2"),
    ("a row without type", [AGE, (None, "b", "B")], "error no_type 3"),
    ("a question without name", [("text", None, "A")], "error no_name 2"),
    ("a name with a space", [("text", "my name", "A")], "error bad_name B2"),
    ("a name twice", [AGE, AGE], "error duplicate_name B3"),
    ("a name twice but for capitals", [AGE, ("text", "Age", "B")], "warning nearly_duplicate_name B3"),
    ("a name kept for metadata", [("text", "meta", "A")], "error reserved_name B2"),
    ("a name that exports use", [("text", "instanceID", "A")], "warning metadata_name B2"),
    ("a group without end", [("begin_group", "g", "G"), AGE], "error not_closed 2"),
    ("an end without beginning", [AGE, ("end_repeat",)], "error not_opened 3"),
    ("a question without label", [("text", "a")], "error no_label 2"),
    ("a calculate without calculation", [AGE, ("calculate", "c")], "error no_calculation 3"),
    ("a missing list", [("select_one nowhere", "a", "A")], "error missing_list A2"),
    ("a reference to nothing", [("text", "a", "A", "", "${zebra} = 1")], "error unknown_reference E2"),
    ("a misspelled reference", [("integer", "wages", "A"), ("text", "b", "${wagse}")],
     "error misspelled_reference C3"),
    ("a reference left open", [AGE, ("text", "b", "B", "", "${age = 1")], "error broken_reference E3"),
    ("a reference with a space", [AGE, ("text", "b", "B", "", "${ age } = 1")], "error broken_reference E3"),
    ("a syntax error", [AGE, ("text", "b", "B", "", "${age} = = 1")], "error bad_expression E3"),
    ("a bracket left open", [("text", "b", "B", "", "", "not(. = 1")], "error bad_expression F2"),
    ("an unknown function", [("text", "b", "B", "", "", "frobnicate(.)")], "error unknown_function F2"),
    ("a misspelled function", [("text", "b", "B", "", "", "string-lenght(.) > 2")],
     "error misspelled_function F2"),
    ("too few arguments", [AGE, ("calculate", "c", "", "", "", "", "if(${age} > 1)")],
     "error argument_count G3"),
    ("too many arguments", [AGE, ("calculate", "c", "", "", "", "", "today(1)")], "error argument_count G3"),
    ("a name without braces", [AGE, ("text", "b", "B", "", "age > 18")], "error bare_name E3"),
    ("a path to nothing", [AGE, ("text", "b", "B", "", "/data/nobody = 1")], "error wrong_path E3"),
    ("a path up to nothing", [AGE, ("text", "b", "B", "", "../nobody = 1")], "error wrong_path E3"),
    ("a list that is nowhere", [AGE, ("calculate", "b", "", "", "", "", "instance('no')/root/item[1]/name")],
     "error missing_list G3"),
    ("another form's root", [AGE, ("text", "b", "B", "", "/other/age = 1")], "error wrong_path E3"),
    ("repaired curly quotes", [AGE, ("text", "b", "B", "", "${age} = ‘x’")], "warning repaired_quotes E3"),
    ("French quotes", [AGE, ("text", "b", "B", "", "${age} = «x»")], "error smart_quotes E3"),
    ("curly quotes that do not close", [("text", "b", "B", "", "", ". = ‘l’eau’")], "error smart_quotes F2"),
    ("a word for required", [("text", "a", "A", "oui")], "error odd_required D2"),
    ("a number for required", [("text", "a", "A", "1")], "warning odd_required D2"),
    ("a question shown by its own answer", [("text", "a", "A", "", "${a} = 1")], "warning self_reference E2"),
    ("a line on a map", [("geotrace", "a", "A")], "warning not_askable A2"),
    ("an area on a map that is required", [("geoshape", "a", "A", "yes")], "error not_askable_required A2"),
    ("a signature", [("image", "a", "A", "", "", "", "", "signature")], "warning appearance_skipped H2"),
    ("a required signature", [("image", "a", "A", "yes", "", "", "", "signature")],
     "error appearance_required H2"),
    ("an app of the phone", [("text", "a", "A", "", "", "", "", "ex:org.app(x='1')")],
     "warning appearance_skipped H2"),
    ("an app that is required", [("text", "a", "A", "true", "", "", "", "ex:org.app")],
     "error appearance_required H2"),
    ("a barcode", [("barcode", "a", "A")], "warning barcode_as_text A2"),
    ("a recording unseen", [AGE, ("audit", "audit")], "warning dropped A3"),
    ("sound recorded unseen", [AGE, ("background-audio", "b")], "warning dropped A3"),
    ("a list in a file", [("select_one_from_file towns.csv", "a", "A")], "warning attachment_needed A2"),
    ("data in a file", [("calculate", "c", "", "", "", "", "pulldata('prices', 'a', 'b', 'c')"), AGE],
     "warning attachment_needed G2"),
    ("a text that calls a program", [("text", "a", "@SUM(1)")], "error formula_text C2"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in QUESTIONS],
)
def test_what_breaks_a_chat_is_told_with_its_cell(rows: Rows, expected: str) -> None:
    result = asked(*[tuple(cell or None for cell in row) for row in rows])
    assert expected in words(result)
    blocking = [found.code for found in result.findings if found.blocks]
    assert len(blocking) == expected.startswith("error"), "one slip is told once"


# label, the choices below their head, what is found and where
CHOICE_CASES = [
    ("a choice twice", [*TOWNS, ("town", "sale", "Sale")], "error duplicate_choice B4"),
    ("a choice without name", [*TOWNS, ("town", None, "X")], "error choice_without_name 4"),
    ("a choice without label", [*TOWNS, ("town", "kenitra", None)], "warning choice_without_label 4"),
    ("a name with a space", [*TOWNS, ("town", "el jadida", "X")], "error choice_with_space B4"),
    ("a long label", [*TOWNS, ("town", "other", "A town that has a very long name indeed, really")],
     "warning long_label C4"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("choices", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in CHOICE_CASES],
)
def test_choices_are_checked_too(choices: Rows, expected: str) -> None:
    result = asked(("select_multiple town", "a", "A"), ("select_one town", "b", "B"), choices=choices)
    assert expected in words(result, "choices")


def test_a_clean_form_has_no_finding() -> None:
    result = asked(AGE, ("select_one town", "t", "Where?", "yes", "${age} > 17"), choices=TOWNS)
    assert result.findings == ()
    assert result.publishable


@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.form_id)
def test_the_built_in_forms_are_clean(form: BuiltinForm) -> None:
    assert [place(finding) for finding in check_form(form.source, "md").findings] == []


def test_public_forms_get_no_false_errors() -> None:
    """Each kind of error they do have was looked at: a chat cannot ask these, or a list is missing."""
    if not PUBLIC_FORMS.is_dir():
        pytest.skip("the public forms are not here")
    cannot = {Code.APPEARANCE_REQUIRED, Code.ODD_REQUIRED}
    true_errors = cannot | {Code.ATTACHMENT_REQUIRED, Code.MISSING_LIST}
    files = [path for path in PUBLIC_FORMS.iterdir() if path.suffix in (".xls", ".xlsx")]
    assert len(files) > 30
    for path in files:
        result = check_form(path.read_bytes(), path.suffix[1:])
        assert {one.code for one in result.findings if one.blocks} <= true_errors, path.name
        assert result.form is not None, path.name


def test_a_long_label_is_shown_as_it_will_be_cut() -> None:
    label = "A town that has a very long name indeed, really"
    result = asked(("select_one town", "b", "B"), choices=[*TOWNS, ("town", "other", label)])
    (finding,) = result.findings
    shown = str(finding.args["shown"])
    assert shown.startswith("3. A town that has")
    assert shown.endswith("…")
    assert len(shown) <= int(finding.args["limit"])


def test_the_nearest_name_is_suggested() -> None:
    result = asked(("integer", "wages", "A"), ("text", "b", "B", None, "${wagse} > 1"))
    (finding,) = result.findings
    assert dict(finding.args) == {"column": "relevant", "name": "wagse", "suggestion": "wages"}


def test_questions_that_wait_for_each_other_are_named_in_their_order() -> None:
    result = asked(
        ("text", "a", "A", None, "${b} = 1"),
        ("text", "b", "B", None, "${c} = 1"),
        ("calculate", "c", None, None, None, None, "${a} + 1"),
    )
    (finding,) = result.findings
    assert place(finding) == ("error", "cycle", "survey", 2, "E")
    assert set(str(finding.args["names"]).split(" → ")) == {"a", "b", "c"}


def test_two_limits_on_each_other_are_no_circle() -> None:
    least = ("integer", "least", "Least?", None, None, "${most} = '' or . <= ${most}")
    most = ("integer", "most", "Most?", None, None, ". >= ${least}")
    assert asked(least, most).findings == ()


def test_a_group_that_depends_on_its_own_question_is_a_circle() -> None:
    result = asked(
        ("begin_group", "g", "G", None, "${a} = 1"), ("text", "a", "A", None, "1 = 1"), ("end_group",)
    )
    assert ("error", "cycle", "survey", 2, "E") in places(result)


def test_a_missing_translation_is_told_once_for_each_language_and_column() -> None:
    head = ("type", "name", "label::English (en)", "label::Français (fr)", "hint::English (en)")
    rows = [("text", f"q{n}", f"Question {n}", None, "hint") for n in range(40)]
    result = checked([head, *rows, ("text", "z", "Z", "Z", None)])
    found = {(str(f.args["column"]), str(f.args["language"])): f for f in result.findings}
    assert set(found) == {("label", "Français (fr)"), ("hint", "Français (fr)")}
    label = found["label", "Français (fr)"]
    assert (label.code, label.severity, label.column) == (Code.MISSING_TRANSLATION, Severity.WARNING, "D")
    assert label.args["count"] == 40
    assert str(label.args["rows"]).startswith("2, 3, 4")


def test_a_column_without_language_is_in_the_default_one() -> None:
    head = ("type", "name", "label", "label::Français (fr)")
    settings: Rows = [("form_id", "default_language"), ("x", "English (en)")]
    assert checked([head, ("text", "a", "A", "A")], settings=settings).findings == ()


@pytest.mark.parametrize(
    ("header", "severity", "code"),
    [
        ("relevent", "error", "misspelled_column"),
        ("constraint_mesage", "error", "misspelled_column"),
        ("my own notes", "warning", "unknown_column"),
        ("Relevant ", "", ""),
        ("bind::relevant", "", ""),
        ("_hidden", "", ""),
    ],
)
def test_columns_that_nobody_reads_are_told(header: str, severity: str, code: str) -> None:
    result = checked([("type", "name", "label", header), ("text", "a", "A", "1 = 1")])
    expected = [(severity, code, "survey", 1, "D")] if code else []
    assert places(result) == expected


@pytest.mark.parametrize(
    ("name", "severity", "code"),
    [("choice", "error", "misspelled_sheet"), ("Lexicon", "warning", "unknown_sheet"), ("_Lexicon", "", "")],
)
def test_sheets_that_nobody_reads_are_told(name: str, severity: str, code: str) -> None:
    result = check_form(xlsx(survey=[HEAD, AGE], **{name: [CHOICES, *TOWNS]}), "xlsx")
    assert places(result) == ([(severity, code, name, 0, "")] if code else [])


def test_a_filter_on_a_column_that_is_not_there_is_told() -> None:
    head = ("type", "name", "label", "choice_filter")
    rows: Rows = [head, ("text", "r", "R"), ("select_one town", "t", "T", "regoin = ${r}")]
    result = checked(rows, [(*CHOICES, "region"), ("town", "rabat", "Rabat", "x")])
    assert ("error", "unknown_filter_column", "survey", 3, "D") in places(result)


def test_a_repeat_without_end_in_sight_is_told() -> None:
    head = ("type", "name", "label", "repeat_count")
    rows: Rows = [head, ("begin_repeat", "r", "R", "1000000000"), ("text", "a", "A"), ("end_repeat",)]
    assert ("error", "too_many_repeats", "survey", 2, "D") in places(checked(rows))


@pytest.mark.parametrize("label", ["=HYPERLINK(1)", "= 1 + 1", "+cmd(1)", "-SUM(A1)", "@SUM(1)"])
def test_a_text_that_a_spreadsheet_would_run_is_told(label: str) -> None:
    result = check_form(f"survey\n,type,name,label\n,text,a,{label}\n".encode(), "csv")
    assert places(result) == [("error", "formula_text", "survey", 3, "D")]


@pytest.mark.parametrize("label", ["- Other", "+212", "a = b", "-1 to 5", "e-mail (yours)"])
def test_a_text_that_only_begins_like_a_formula_is_fine(label: str) -> None:
    result = check_form(f"survey\n,type,name,label\n,text,a,{label}\n".encode(), "csv")
    assert places(result) == []


def test_a_formula_is_read_by_its_value_and_told_where_it_has_none() -> None:
    result = checked([HEAD, ("text", "a", '=CONCATENATE("How ","are you?")')])
    assert ("error", "formula_without_value", "survey", 2, "C") in places(result)


def test_attached_files_are_not_asked_for() -> None:
    sheet = xlsx(survey=[HEAD, ("select_one_from_file towns.csv", "a", "A")])
    assert check_form(sheet, "xlsx", {"towns.csv": b"name,label\nrabat,Rabat\n"}).findings == ()


def test_empty_rows_and_columns_keep_their_numbers() -> None:
    rows: Rows = [
        ("type", None, "name", "label"),
        (),
        (),
        ("text", None, "a", "A"),
        (),
        ("texxt", None, "b", "B"),
    ]
    assert places(checked(rows)) == [("error", "misspelled_type", "survey", 6, "A")]


def test_text_files_count_their_lines() -> None:
    text = "| survey |\n| | type | name | label |\n# a comment\n\n| | text | a | A |\n| | texxt | b | B |\n"
    assert places(check_form(text.encode(), "md")) == [("error", "misspelled_type", "survey", 6, "B")]
    table = "survey\n,type,name,label\n\n,text,a,A\n,text,a,B\n"
    assert places(check_form(table.encode(), "csv")) == [("error", "duplicate_name", "survey", 5, "C")]


def test_what_only_pyxform_notices_comes_in_the_same_shape() -> None:
    head = ("type", "name", "label", "parameters")
    result = checked([head, ("text", "a", "A"), ("range", "b", "B", "start=x end=3 step=1")])
    (finding,) = result.findings
    assert place(finding) == ("error", "pyxform", "survey", 3, "D")
    assert "[row" not in str(finding.args["reason"])


@pytest.mark.parametrize("file_type", ["xlsx", "xls", "docx"])
def test_what_is_no_spreadsheet_is_refused(file_type: str) -> None:
    with pytest.raises(UnreadableSheet):
        check_form(b"nothing of the kind", file_type)


def test_a_word_for_the_name_of_submissions_breaks_nothing() -> None:
    result = checked([HEAD, ("text", "a", "A")], settings=[("form_id", "instance_name"), ("f", "visit")])
    assert words(result, "settings") == ["warning bare_name B2"]
    assert result.publishable
