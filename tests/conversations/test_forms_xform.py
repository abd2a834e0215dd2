"""What cannot run is refused when the form is made, with a reason; never in the middle of a conversation."""

import subprocess
import sys

import pytest

from conversations.forms import BrokenForm, FormError, UnsupportedForm, compile_form, read_xform
from tests.conversations.sheets import sheet

XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model><instance><data id="t"><a/></data>
 </instance><bind nodeset="/data/a" type="string" {bind}/></model></h:head><h:body>{body}</h:body></h:html>"""
INPUT = '<input ref="/data/a"><label>A?</label></input>'


def test_an_xform_without_translations_is_read() -> None:
    form = read_xform(XFORM.format(bind="", body=INPUT), "v7")
    assert (form.form_id, form.version_id, form.title, form.languages) == ("t", "v7", "T", ())
    assert [field.path for field in form.fields] == ["/data/a"]


@pytest.mark.parametrize("drawn", ["geotrace", "geoshape"])
def test_what_is_drawn_on_a_map_is_left_out_and_refused_where_it_is_required(drawn: str) -> None:
    form = sheet(f"| {drawn} | a | A? | | | | | |\n| text | b | B? | | | | | |")
    assert [field.name for field in form.fields] == ["b"]
    with pytest.raises(UnsupportedForm):
        sheet(f"| {drawn} | a | A? | yes | | | | |")


def test_questions_that_depend_on_each_other_are_named() -> None:
    xform = XFORM.replace("<a/>", "<a/><b/>").replace(
        "</model>", '<bind nodeset="/data/b" calculate="/data/a + 1"/></model>'
    )
    with pytest.raises(BrokenForm, match="a, b"):
        read_xform(xform.format(bind='calculate="/data/b + 1"', body=INPUT), "v1")


@pytest.mark.parametrize("bind", ['relevant="/data/a ="', 'constraint="nope(.)"', 'calculate="selected(.)"'])
def test_a_wrong_expression_breaks_the_form_when_it_is_read(bind: str) -> None:
    with pytest.raises(BrokenForm):
        read_xform(XFORM.format(bind=bind, body=INPUT), "v1")


@pytest.mark.parametrize(
    "text", ["", "hello", "<a/>", "<a", "<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>"]
)
def test_what_is_no_xform_is_refused(text: str) -> None:
    with pytest.raises(BrokenForm):
        read_xform(text, "v1")


def test_entities_are_not_resolved() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + XFORM.format(
        bind="", body='<input ref="/data/a"><label>&a;</label></input>'
    )
    form = read_xform(bomb, "v1")
    assert form.fields[0].label.texts[""] == ()


@pytest.mark.parametrize(
    "source",
    [b"", b"\xff\xfe", b"| survey |\n", b"| survey |\n| | type | name |\n| | nonsense | a |\n"],
)
def test_what_is_no_sheet_is_refused(source: bytes) -> None:
    with pytest.raises(FormError):
        compile_form(source, "md", "v1")


def test_starting_does_not_import_pyxform() -> None:
    program = "import sys, conversations.forms; sys.exit('pyxform' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


TURNS = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model><instance><data id="t">
 <child jr:template=""><name/>{template}</child><child><name/></child></data></instance></model></h:head>
 <h:body>{body}</h:body></h:html>"""
NAME = '<input ref="/data/child/name"><label>Name?</label></input>'


@pytest.mark.parametrize(
    ("template", "body"),
    [
        ("", NAME),
        ("", f'<repeat nodeset="/data/child"><repeat nodeset="/data/child">{NAME}</repeat></repeat>'),
        ("", f'<repeat nodeset="/data/child">{NAME}</repeat>{NAME}'),
        ("", f'<repeat nodeset="/data/child"><group ref="..">{NAME}</group></repeat>'),
        ("", f'<repeat nodeset="/data/child">{NAME}</repeat><input/>'),
        ("", f'<repeat nodeset="/data"><repeat nodeset="/data/child">{NAME}</repeat></repeat>'),
        ("<age/>", f'<repeat nodeset="/data/child">{NAME}</repeat>'),
    ],
    ids=[
        "no repeat",
        "a repeat in itself",
        "a question outside",
        "a group nowhere",
        "a question nowhere",
        "the whole form",
        "turns that differ",
    ],
)
def test_a_repeat_whose_parts_do_not_fit_together_is_refused(template: str, body: str) -> None:
    with pytest.raises(FormError):
        read_xform(TURNS.format(template=template, body=body), "v1")


def test_a_text_that_no_file_can_hold_is_no_xform() -> None:
    with pytest.raises(BrokenForm):
        read_xform(XFORM.format(bind="", body=INPUT).replace("A?", "\ud83d"), "v1")


def test_a_range_needs_bounds() -> None:
    body = '<range ref="/data/a" start="1" end="inf" step="1"><label>A?</label></range>'
    with pytest.raises(BrokenForm):
        read_xform(XFORM.format(bind="", body=body), "v1")
