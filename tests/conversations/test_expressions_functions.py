"""Functions beyond the everyday: dates, repeats, chance, places, codes, and what comes from outside."""

from datetime import UTC, datetime
from functools import partial
from random import Random

import pytest

from conversations.expressions import (
    Context,
    Kind,
    Node,
    Outside,
    ValueMismatch,
    compile_expression,
    context_in,
    read_expression,
)

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


def households() -> tuple[Node, Node]:
    """`/data` with two households of two and one members, and the second member of the first."""
    document = Node("")
    data = document.add(Node("data", attributes={"version": "7"}))
    data.add(Node("choice", "tea"))
    chosen = None
    for names in (("Amina", "Idriss"), ("Fatou",)):
        household = data.add(Node("household"))
        for name in names:
            member = household.add(Node("member", attributes={"role": "adult"}))
            chosen = member.add(Node("name", name))
    assert chosen is not None
    return document, data.named("household")[0].named("member")[1].named("name")[0]


def prices() -> Node:
    document = Node("")
    root = document.add(Node("root"))
    for name, price in (("tea", "7"), ("bread", "2"), ("oil", "25")):
        item = root.add(Node("item"))
        item.add(Node("name", name))
        item.add(Node("price", price))
    return document


def label(node: Node, name: str) -> str:
    return f"{node.name}:{name}"


def words(text_id: str) -> list[Node]:
    return [Node("value", f"text of {text_id}")]


def at(zone: str = "America/Phoenix", now: datetime = NOW) -> Context:
    document, name = households()
    outside = Outside(now, zone, {"prices": prices()}, words, label, partial(Random, 1), {"own": "urn:own"})
    return context_in(name, document, outside)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("position(../..)", "1"),
        ("position(..)", "2"),
        ("indexed-repeat(/data/household/member/name, /data/household, 2, ../../member, 1)", ""),
        (
            "indexed-repeat(/data/household/member/name, /data/household, 1, /data/household/member, 2)",
            "Idriss",
        ),
        (
            "indexed-repeat(/data/household/member/name, /data/household/member, 2, /data/household, 1)",
            "Idriss",
        ),
        ("indexed-repeat(/data/household/member/name, /data/household, 9)", ""),
        ("count-non-empty(//name)", "3"),
        ("join(' · ', //name)", "Amina · Idriss · Fatou"),
        ("//member[last()]/name", "Idriss"),
        ("(//name)[last()]", "Fatou"),
        ("//@role", "adult"),
        ("count(//member[@role = 'adult'])", "3"),
        ("preceding::name", "Amina"),
        ("following::name", "Fatou"),
        ("string(ancestor::*)", "teaAminaIdrissFatou"),
        ("text()", "Idriss"),
        ("count(../node())", "1"),
        ("name(..)", "member"),
        ("version()", "7"),
    ],
)
def test_nodes_are_found_in_repeats(expression: str, expected: str) -> None:
    assert compile_expression(expression).text(at()) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("today()", "2026-11-23"),
        ("now()", "2026-11-23T16:30:00.000-07:00"),
        ("date(1)", "1970-01-01T17:00:00.000-07:00"),
        ("date('2026-1-5')", "2026-01-05"),
        ("date-time('1970-01-01T21:50:49Z')", "1970-01-01T14:50:49.000-07:00"),
        ("date(today() + 8)", "2026-12-01"),
        ("'2021-11-30' + 1", "18962.291666666668"),
        ("number('2008-09-05')", "14127"),
        ("decimal-date-time('1970-01-01T12:00:00Z')", "0.5"),
        ("decimal-time('06:00:00.000-07:00')", "0.25"),
        ("decimal-time('24:00:00.000-07:00')", ""),
        ("format-date-time('2026-11-23T04:05:06.789-07:00', '%H:%M:%S.%3 %h %q')", "04:05:06.789 4 %q"),
        ("format-date(today() + 1, '%a %e %b')", "Tue 24 Nov"),
        ("today() = date('2026-11-23')", "true"),
        ("date('2026-11-23') > '2026-11-22'", "true"),
        ("date('never')", "Invalid Date"),
        ("date('never') = date('never')", "false"),
        ("date(true())", ""),
    ],
)
def test_dates_are_typed(expression: str, expected: str) -> None:
    assert compile_expression(expression).text(at()) == expected


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueMismatch):
        compile_expression("date('1983-09-31')").text(at())


def test_whole_days_are_counted_over_a_change_of_the_clock() -> None:
    after_ramadan = datetime(2026, 3, 25, 12, tzinfo=UTC)
    context = at("Africa/Casablanca", after_ramadan)
    assert compile_expression("today()").text(context) == "2026-03-25"
    assert compile_expression("date(today() - 10)").text(context) == "2026-03-15"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("checklist(1, 2, true(), 'x', '')", "true"),
        ("checklist(2, -1, true(), false())", "false"),
        ("checklist(0.5, -1, false())", "true"),
        ("weighted-checklist(3, 5, true(), 2, true(), 2)", "true"),
        ("boolean-from-string('true') and not(boolean-from-string('yes'))", "true"),
        ("pow(2, 10) + sqrt(16) + abs(-1) + exp10(2)", "1129"),
        ("log10(1000)", "3"),
        ("pow(-8, 0.5)", ""),
        ("log(0)", "-Infinity"),
        ("round(626.3, -3)", "1000"),
        ("round(-1.5)", "-2"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', -1 div 0)", "12345"),
        ("0.1 + 0.2 = 0.3 and not(0.1 + 0.2 != 0.3)", "true"),
        ("0.1 + 0.2 = 0.300001 or 1 div 0 != 1 div 0", "false"),
        ("substring-before('a-b', '-')", "a"),
        ("substring-after('a-b', '-')", "b"),
        ("translate('abc', 'ab', 'A')", "Ac"),
        ("upper-case('é')", "É"),
        ("normalize-space(' a \n b ')", "a b"),
        ("digest('abc', 'SHA-256')", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
        ("digest('some text', 'MD5', 'hex')", "552e21cd4cd9918678e3c1a0df491bc3"),
        ("base64-decode(base64-encode('été'))", "été"),
        ("base64-decode('?')", ""),
        ("distance('0 0;0 1')", "111318.85"),
        ("area('0 0;0 1')", "0"),
        ("enclosed-area('0 0;0 1')", "0"),
        ("area('0 0;0 1;nowhere')", ""),
        ("geofence('0.5 0.5 0 0', '0 0;0 1;1 1;1 0;0 0')", "true"),
        ("geofence('2 0.5 0 0', '0 0;0 1;1 1;1 0;0 0')", "false"),
        ("intersects('0 0;1 1;0 1;1 0')", "true"),
        ("intersects('0 0;0 1;1 1;1 0;0 0')", "false"),
    ],
)
def test_the_other_functions_give_what_odk_gives(expression: str, expected: str) -> None:
    assert compile_expression(expression).text(at()) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("pulldata('prices', 'price', 'name', 'oil')", "25"),
        ("pulldata('prices', 'price', 'name', 'salt')", ""),
        ("instance('prices')/root/item[name = /data/choice]/price", "7"),
        ("jr:choice-name(/data/choice, ' /data/choice ')", "choice:tea"),
        ("jr:choice-name('x', '/data/nothing')", ""),
        ("jr:itext('hello')", "text of hello"),
    ],
)
def test_what_lies_outside_comes_with_the_context(expression: str, expected: str) -> None:
    assert compile_expression(expression).text(at()) == expected


def test_what_is_left_out_of_the_form_does_not_count() -> None:
    context = at()
    document = context.document
    document.children[0].named("household")[1].relevant = False
    assert compile_expression("count(/data/household)").number(context) == 1


@pytest.mark.parametrize(
    ("seed", "order"), [("42", "AFCBDE"), ("-42", "EDAFBC"), ("1", "BFEACD"), ("'11111111'", "ACDBFE")]
)
def test_a_seed_gives_the_order_that_all_odk_clients_show(seed: str, order: str) -> None:
    document = Node("")
    data = document.add(Node("data"))
    for letter in "ABCDEF":
        data.add(Node("item", letter))
    context = context_in(data, document, Outside(NOW, "UTC"))
    assert compile_expression(f"join('', randomize(/data/item, {seed}))").text(context) == order


def test_a_position_counts_the_siblings_of_that_name_right_before() -> None:
    document = Node("")
    data = document.add(Node("data"))
    visit, *_, last = [data.add(Node(name)) for name in ("visit", "note", "visit", "visit")]
    positions = [
        compile_expression("position(.)").number(context_in(node, document, Outside(NOW, "UTC")))
        for node in (visit, last)
    ]
    assert positions == [1, 2]


def test_a_seed_may_be_half_a_character() -> None:
    document = Node("")
    half = document.add(Node("data", "\ud83d"))
    context = context_in(half, document, Outside(NOW, "UTC"))
    assert compile_expression("count(randomize(., .))").number(context) == 1


def test_chance_comes_from_outside() -> None:
    assert compile_expression("uuid()").text(at()) == compile_expression("uuid()").text(at())
    assert len(compile_expression("uuid(6)").text(at())) == 6
    assert 0 <= compile_expression("random()").number(at()) < 1
    document, name = households()
    with pytest.raises(ValueMismatch):
        compile_expression("random()").number(context_in(name, document, Outside(NOW, "UTC")))


def test_names_know_their_namespaces() -> None:
    document = Node("")
    data = document.add(Node("data"))
    data.add(Node("meta", "a", namespace="http://openrosa.org/xforms", prefix="orx"))
    data.add(Node("meta", "b", namespace="urn:own"))
    data.give(Node("that", "c", namespace="urn:own", kind=Kind.ATTRIBUTE))
    context = context_in(data, document, Outside(NOW, "UTC", namespaces={"own": "urn:own"}))
    found = [compile_expression(text).text(context) for text in ("orx:meta", "own:*", "@own:that", "meta")]
    assert found == ["a", "b", "c", ""]
    assert compile_expression("name(*)").text(context) == "orx:meta"
    with pytest.raises(ValueMismatch):
        compile_expression("other:meta").text(context)


def test_what_is_not_evaluated_may_be_nonsense() -> None:
    expression = read_expression("if(true() or nonsense(), 'kept', substring())")
    assert expression.text(at()) == "kept"
    assert [str(fault) for fault in expression.faults] == [
        "there is no function nonsense()",
        "substring() does not take 0 arguments",
    ]
