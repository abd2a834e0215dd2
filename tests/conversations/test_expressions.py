"""Expressions give what XPath 1.0 and ODK say they give."""

import math
from datetime import UTC, datetime

import pytest

from conversations.expressions import Context, Node, compile_expression, context_at

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


def tree() -> tuple[Node, dict[str, Node]]:
    """`/data` with a, b, empty, born, skills, three children and a group; and a list of towns."""
    document = Node("")
    data = document.add(Node("data"))
    nodes = {"data": data}
    for name, text in (
        ("a", "3"),
        ("b", "10"),
        ("empty", ""),
        ("born", "2025-03-12"),
        ("skills", "sew cook"),
        ("div", "6"),
    ):
        nodes[name] = data.add(Node(name, text))
    for age in ("4", "7", "12"):
        child = data.add(Node("child"))
        child.add(Node("age", age))
    group = nodes["group"] = data.add(Node("group"))
    nodes["inner"] = group.add(Node("inner", "deep"))
    return document, nodes


def towns() -> Node:
    document = Node("")
    root = document.add(Node("root"))
    for name, area in (("rabat", "coast"), ("sale", "coast"), ("tiflet", "inland")):
        item = root.add(Node("item"))
        item.add(Node("name", name))
        item.add(Node("area", area))
    return document


def at(name: str = "a", zone: str = "UTC") -> Context:
    document, nodes = tree()
    return context_at(nodes[name], document, NOW, zone, {"towns": towns()})


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 2 - 3", "5"),
        ("12 div 2 div 3", "2"),
        ("7 mod 3", "1"),
        ("-7 mod 3", "-1"),
        ("--3", "3"),
        ("- 2 + 5", "3"),
        ("1 or 0 and 0", "true"),
        ("1 = 1 = 1", "true"),
        ("3 > 2 > 1", "false"),
        ("2 + 3 = 5 and 4 < 5", "true"),
        ("1and1", "true"),
        ("6 div 4", "1.5"),
        ("1 div 0", "Infinity"),
        ("-1 div 0", "-Infinity"),
        ("0 div 0", ""),
        ("5 mod 0", ""),
        (".5 + 1.", "1.5"),
        ("'it is' = \"it is\"", "true"),
    ],
)
def test_operators_bind_as_xpath_says(expression: str, expected: str) -> None:
    assert compile_expression(expression).text(at()) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (".", "3"),
        ("../b", "10"),
        ("/data/b", "10"),
        ("/data/group/inner", "deep"),
        ("../group", "deep"),
        ("//inner", "deep"),
        ("/data/*[2]", "10"),
        ("/data/child[2]/age", "7"),
        ("/data/child[age > 5][2]/age", "12"),
        ("/data/child[last()]/age", "12"),
        ("/data/child[position() = 1]/age", "4"),
        ("/data/child[age = current() + 1]/age", "4"),
        ("/data/div div 2", "3"),
        ("/data/div*2", "12"),
        ("count(/data/child)", "3"),
        ("count(/data/child/age | /data/a)", "4"),
        ("count(/ | /data | //data)", "2"),
        ("(/data/b | /data/a)[1]", "3"),
        ("(instance('towns')//name | /data/nothing)[3]", "tiflet"),
        ("count(/data/nothing)", "0"),
        ("/data/nothing", ""),
        ("/data/child[1]/following-sibling::child[1]/age", "7"),
        ("/data/child[3]/preceding-sibling::child[1]/age", "7"),
        ("count(ancestor::node())", "2"),
        ("self::a", "3"),
        ("self::b", ""),
        ("(//age)[2]", "7"),
        ("position(/data/child[3])", "3"),
        ("position(/data/nothing)", ""),
        ("count(instance('none')/root/item)", "0"),
        ("instance('towns')/root/item[area = 'inland']/name", "tiflet"),
        ("count(instance('towns')/root/item[area = 'coast'])", "2"),
        ("count(instance('towns')/root/item[area = 'coast' and 'sale' = name])", "1"),
        ("instance('towns')/root/item[name = selected-at('x tiflet', 1)]/area", "inland"),
        ("count(instance('towns')/root/item[area = /data/nothing])", "0"),
        ("count(instance('towns')/root/item[nothing = ''])", "0"),
        ("count(/data/child[age = /data/child/age][age = current() + 1])", "1"),
    ],
)
def test_paths_lead_to_nodes(expression: str, expected: str) -> None:
    assert compile_expression(expression).text(at()) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("if(../a > 2, 'many', 'few')", "many"),
        ("if(true(), 'kept', number('x') + count('never evaluated'))", "kept"),
        ("coalesce(../empty, ../b)", "10"),
        ("coalesce('', '')", ""),
        ("once('new')", "3"),
        ("not(../empty = '')", "false"),
        ("boolean('false')", "true"),
        ("string(false())", "false"),
        ("number('12.5')", "12.5"),
        ("number('1e3')", ""),
        ("number('')", ""),
        ("int(-1.9)", "-1"),
        ("floor(-1.1)", "-2"),
        ("ceiling(1.1)", "2"),
        ("round(2.5)", "3"),
        ("round(-1.5)", "-2"),
        ("round(1.005, 2)", "1"),
        ("round(1234, -2)", "1200"),
        ("sum(/data/child/age)", "23"),
        ("min(/data/child/age)", "4"),
        ("max(3, /data/child/age)", "12"),
        ("min(../empty, 3)", ""),
        ("string-length('قلم')", "3"),
        ("string-length()", "1"),
        ("concat('a', 1, /data/child/age)", "a14712"),
        ("contains('logbook', 'book')", "true"),
        ("starts-with('logbook', 'book')", "false"),
        ("ends-with('logbook', 'book')", "true"),
        ("substr('logbook', 0, 3)", "log"),
        ("substr('logbook', -4)", "book"),
        ("normalize-space('  a   b ')", "a b"),
        ("regex('0612345678', '^0[67][0-9]{8}$')", "true"),
        ("regex('abc', 'b')", "true"),
        ("selected(../skills, 'cook')", "true"),
        ("selected(../skills, 'coo')", "false"),
        ("selected(../empty, 'cook')", "false"),
        ("count-selected(../skills)", "2"),
        ("count-selected(../empty)", "0"),
        ("selected-at(../skills, 1)", "cook"),
        ("selected-at(../skills, 2)", ""),
    ],
)
def test_functions_give_what_odk_gives(expression: str, expected: str) -> None:
    assert compile_expression(expression).text(at()) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("/data/empty > 0", False),
        ("/data/empty < 0", False),
        ("/data/empty = ''", True),
        ("/data/empty != ''", False),
        ("/data/empty = 0", False),
        ("/data/nothing = ''", False),
        ("/data/child/age = 7", True),
        ("/data/child/age != 7", True),
        ("/data/child/age > 11", True),
        ("/data/child/age > 12", False),
        ("'10' > '9'", True),
        ("'b' > 'a'", False),
        ("true() = 'yes'", True),
        ("/data/child = true()", True),
        ("/data/nothing = false()", True),
    ],
)
def test_comparing_follows_xpath(expression: str, expected: bool) -> None:
    assert compile_expression(expression).truth(at()) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("today()", "2026-11-24"),
        ("now()", "2026-11-24T08:30:00.000+09:00"),
        ("../born < today()", "true"),
        ("../born <= '2025-03-12'", "true"),
        ("../born > '2025-03-12'", "false"),
        ("today() = '2026-11-24'", "true"),
        ("date(today() - 1)", "2026-11-23"),
        ("date('never')", "Invalid Date"),
        ("date('') = ''", "true"),
        ("'2025-02-31' < today()", "false"),
        ("format-date(../born, '%d/%m/%Y %e %n %y %b %a 100%%')", "12/03/2025 12 3 25 Mar Wed 100%"),
        ("format-date('never', '%Y')", ""),
        ("round(today() - date('2026-11-20'))", "4"),
        ("int((today() - ../born) div 365.25)", "1"),
    ],
)
def test_dates_are_local_and_count_as_days(expression: str, expected: str) -> None:
    assert compile_expression(expression).text(at(zone="Asia/Tokyo")) == expected


def test_an_irrelevant_node_reads_as_empty() -> None:
    document, nodes = tree()
    nodes["b"].relevant = False
    nodes["inner"].relevant = False
    context = context_at(nodes["a"], document, NOW, "UTC")
    assert compile_expression("/data/b = ''").truth(context)
    assert compile_expression("/data/group").text(context) == ""
    assert math.isnan(compile_expression("/data/b + 1").number(context))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("/data/a + /data/b", {"/data/a", "/data/b"}),
        ("../b", {"./../b"}),
        (". <= today()", {"."}),
        ("string-length() > 3", {"."}),
        ("/data/child[age > /data/a]/age", {"/data/child/age", "/data/a"}),
        ("instance('towns')/root/item[area = /data/a]/name", {"/data/a"}),
        ("/data/*[2]", {"/data"}),
        ("//age", {"/"}),
        ("count(following-sibling::child)", {"/"}),
        ("if(selected(/data/skills, 'x'), 1, current()/../b)", {"/data/skills", "./../b"}),
        ("1 + 1", set()),
    ],
)
def test_an_expression_tells_what_it_reads(expression: str, expected: set[str]) -> None:
    assert compile_expression(expression).references == expected
