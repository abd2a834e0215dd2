"""Uploads are compiled in a process of their own, and hostile ones are refused with a reason."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from admin import compiling
from admin.compiling import compile_upload
from admin.uploads import MOST_BYTES, Reason, RefusedUpload
from conversations.forms.lint import Code
from tests.conversations.linting import HEAD, xlsx

SHEET = xlsx(survey=[HEAD, ("text", "name", "Your name?")], settings=[("form_id", "form_title"), ("x", "X")])
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet>&b;</worksheet>"""


def packed(**changes: bytes) -> bytes:
    """The sheet with some of its parts changed or added."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(SHEET)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in source.infolist():
            if part.filename not in changes:
                archive.writestr(part, source.read(part))
        for name, content in changes.items():
            archive.writestr(name, content)
    return target.getvalue()


def refused(source: bytes, name: str, **attachments: bytes) -> Reason:
    with pytest.raises(RefusedUpload) as caught:
        compile_upload(source, name, attachments)
    return caught.value.reason


def test_a_sound_sheet_becomes_a_form() -> None:
    compiled = compile_upload(SHEET, "Form.XLSX")
    assert (compiled.form_id, compiled.title, compiled.questions) == ("x", "X", 1)
    assert compiled.findings == ()
    assert compiled.publishable
    assert compiled.xform is not None
    assert "Your name?" in compiled.xform


def test_findings_come_back_whole() -> None:
    compiled = compile_upload(b"| survey |\n| | type | name | label |\n| | texxt | a | A |\n", "form.md")
    assert not compiled.publishable
    (finding,) = compiled.findings
    assert (finding.code, finding.blocks, finding.row, finding.column) == (Code.MISSPELLED_TYPE, True, 3, "B")
    assert dict(finding.args) == {"column": "type", "type": "texxt", "suggestion": "text"}


def test_attached_files_go_along() -> None:
    sheet = xlsx(survey=[HEAD, ("select_one_from_file towns.csv", "town", "Where?")])
    assert compile_upload(sheet, "f.xlsx", {"towns.csv": b"name,label\nrabat,Rabat\n"}).findings == ()
    (finding,) = compile_upload(sheet, "f.xlsx").findings
    assert finding.args["file"] == "towns.csv"


def a_bomb() -> bytes:
    return packed(**{"xl/bomb.xml": b"<a>" + b" " * (30 * 2**20) + b"</a>"})


def many_parts() -> bytes:
    return packed(**{f"xl/part{n}.xml": b"<a/>" for n in range(1_500)})


def laughs() -> bytes:
    return packed(**{"xl/worksheets/sheet1.xml": LAUGHS})


def laughs_in_utf_16() -> bytes:
    text = LAUGHS.decode().replace('version="1.0"', 'version="1.0" encoding="utf-16"')
    return packed(**{"xl/sharedStrings.xml": text.encode("utf-16")})


def no_workbook() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("[Content_Types].xml", "<Types/>")
    return target.getvalue()


def a_password() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )


def an_xls_of_nonsense() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"nonsense" * 200


def too_many_questions() -> bytes:
    rows = "".join(f",text,q{n},Q\n" for n in range(2_001))
    return f"survey\n,type,name,label\n{rows}".encode()


HOSTILE: list[tuple[str, Callable[[], bytes], str, Reason]] = [
    ("nothing", lambda: b" \n", "f.xlsx", Reason.EMPTY),
    ("6 MiB", lambda: b"," * (MOST_BYTES + 1), "f.csv", Reason.TOO_BIG),
    ("a program", lambda: b"MZ\x90\x00" * 50, "f.xlsx", Reason.NOT_A_SHEET),
    ("a page of HTML as .xls", lambda: b"<html><table></table></html>", "f.xls", Reason.NOT_A_SHEET),
    ("prose", lambda: b"Good morning", "f.md", Reason.NOT_A_SHEET),
    ("a text document", no_workbook, "f.xlsx", Reason.NOT_A_SHEET),
    ("a name without extension", lambda: SHEET, "form", Reason.UNKNOWN_KIND),
    ("a PDF's name", lambda: SHEET, "form.pdf", Reason.UNKNOWN_KIND),
    ("an .xlsx called .xls", lambda: SHEET, "form.xls", Reason.WRONG_EXTENSION),
    ("an .xlsx called .csv", lambda: SHEET, "form.csv", Reason.WRONG_EXTENSION),
    ("markdown called .csv", lambda: b"| survey |", "form.csv", Reason.WRONG_EXTENSION),
    ("Latin-1", lambda: "survey\n,type,é\n".encode("latin-1"), "form.csv", Reason.NOT_UTF8),
    ("a password", a_password, "form.xlsx", Reason.ENCRYPTED),
    ("nonsense in .xls", an_xls_of_nonsense, "form.xls", Reason.DAMAGED),
    ("half a file", lambda: SHEET[: len(SHEET) // 2], "form.xlsx", Reason.DAMAGED),
    ("a part that unpacks a thousandfold", a_bomb, "form.xlsx", Reason.ZIP_BOMB),
    ("thousands of parts", many_parts, "form.xlsx", Reason.ZIP_BOMB),
    ("entities that grow", laughs, "form.xlsx", Reason.ENTITIES),
    ("the same in UTF-16", laughs_in_utf_16, "form.xlsx", Reason.ENTITIES),
    ("2 001 questions", too_many_questions, "form.csv", Reason.TOO_MANY_QUESTIONS),
]


@pytest.mark.parametrize(
    ("make", "name", "reason"), [pytest.param(*case[1:], id=case[0]) for case in HOSTILE]
)
def test_a_hostile_or_hopeless_file_is_refused(make: Callable[[], bytes], name: str, reason: Reason) -> None:
    assert refused(make(), name) is reason


def test_attached_xml_may_not_define_entities() -> None:
    assert refused(SHEET, "form.xlsx", **{"list.xml": LAUGHS}) is Reason.ENTITIES


def test_a_billion_turns_of_a_repeat_are_an_error() -> None:
    rows = [
        (*HEAD, "repeat_count"),
        ("begin_repeat", "r", "R", *[None] * 5, 10**9),
        ("text", "a", "A"),
        ("end_repeat",),
    ]
    compiled = compile_upload(xlsx(survey=rows), "form.xlsx")
    assert [one.code for one in compiled.findings if one.blocks] == [Code.TOO_MANY_REPEATS]


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "PATIENCE", 0.05)
    assert refused(SHEET, "form.xlsx") is Reason.TOO_SLOW


@pytest.mark.parametrize(
    ("deed", "how"),
    [
        ("bytearray(600 * 2**20)", "MemoryError"),
        ("[open(os.devnull) for _ in range(100)]", "Too many open files"),
        ("resource.setrlimit(resource.RLIMIT_CPU, (60, 60))", "not allowed|maximum limit"),
    ],
)
def test_the_child_cannot_go_beyond_its_limits(deed: str, how: str) -> None:
    """Run apart, or the limits would be those of the tests."""
    program = f"import os, resource\nfrom admin import compiling_child\ncompiling_child.limit()\n{deed}"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert re.search(how, ended.stderr)


def test_the_child_knows_nothing_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that would break every Python program does not reach it."""
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    assert compile_upload(SHEET, "form.xlsx").publishable


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    compile_upload(SHEET, "form.xlsx")
    assert list(tmp_path.iterdir()) == []
