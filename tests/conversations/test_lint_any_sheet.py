"""Whatever stands in a sheet, the linter answers with findings or says that it is no sheet."""

import csv
from io import StringIO

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.forms.lint import UnreadableSheet, check_form
from tests.conversations.linting import CHOICES, HEAD, asked, xlsx

KINDS = """text,integer,note,date,calculate,select_one l,select_multiple l,select_one ${a},rank l,begin_group,
end_group,begin_repeat,end_repeat,begin loop over l,end loop,geotrace,audit,range,osm l,
select_one_from_file f.csv,xml-external,wizardry,select_one,start,form_title"""
TYPES = st.sampled_from([kind.strip() for kind in KINDS.split(",")])
NAMES = st.sampled_from(["a", "b", "c", "meta", "A", "a b", "é", "", "_id", "1x", "${a}"])
EXPRESSIONS = st.one_of(
    st.sampled_from(
        [
            "${a} = 1",
            "${b}",
            "${",
            "../a",
            "/data/a[1]",
            "a",
            ".",
            "if(",
            "once(${a})",
            "position(..)",
            "‘",
            "yes",
            "oui",
            "1 div 0",
            "instance('l')/root/item[name = ${a}]",
            "((((((((((" * 20,
        ]
    ),
    st.text(alphabet="${}ab./[]()=<>'\"‘ 19*|-+,@:", max_size=20),
)
ANYTHING = st.text(max_size=8)
CELLS = st.one_of(st.none(), EXPRESSIONS, ANYTHING)
QUESTION = st.tuples(TYPES, NAMES, CELLS, CELLS, EXPRESSIONS, CELLS, CELLS, CELLS)
CHOICE = st.tuples(st.sampled_from(["l", "m", ""]), NAMES, CELLS)
SOUND = xlsx(survey=[HEAD, ("text", "a", "A"), ("integer", "b", "B")])
SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(st.lists(QUESTION, max_size=6), st.lists(CHOICE, max_size=4))
def test_any_questions_give_findings(questions: list[tuple[object]], choices: list[tuple[object]]) -> None:
    table = StringIO()
    writer = csv.writer(table)
    for name, rows in (("survey", [HEAD, *questions]), ("choices", [CHOICES, *choices])):
        writer.writerow([name])
        writer.writerows(["", *row] for row in rows)
    try:
        result = check_form(table.getvalue().encode(), "csv")
    except UnreadableSheet:
        return
    assert result.form is not None or any(finding.blocks for finding in result.findings)


@SLOW
@given(st.lists(st.lists(ANYTHING, max_size=5), max_size=5), st.sampled_from(["csv", "md"]))
def test_any_table_is_answered(rows: list[list[str]], file_type: str) -> None:
    separator = "," if file_type == "csv" else "|"
    text = "\n".join(["survey", *(separator + separator.join(row) + separator for row in rows)])
    try:
        result = check_form(text.encode(), file_type)
    except UnreadableSheet:
        return
    assert all(finding.row >= 0 for finding in result.findings)


@SLOW
@given(st.data())
def test_a_damaged_workbook_is_answered(data: st.DataObject) -> None:
    source = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 20))):
        source[data.draw(st.integers(0, len(source) - 1))] = data.draw(st.integers(0, 255))
    try:
        result = check_form(bytes(source), "xlsx")
    except UnreadableSheet:
        return
    assert result.form is not None or any(finding.blocks for finding in result.findings)


@SLOW
@given(EXPRESSIONS, st.integers(4, 7))
def test_any_expression_in_any_column_is_answered(expression: str, column: int) -> None:
    row: list[object] = ["integer", "b", "B", None, None, None, None, None]
    row[column] = expression.replace("\x00", "")
    result = asked(("integer", "a", "A"), tuple(row))
    assert all(finding.row >= 0 for finding in result.findings)
