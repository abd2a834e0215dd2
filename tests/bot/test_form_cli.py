"""`carnet form check`: what is wrong with a sheet, in the language of the terminal, without any set-up."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.bot.test_cli import CARNET
from tests.conversations.linting import HEAD, xlsx

CLEAN = xlsx(survey=[HEAD, ("text", "name", "Your name?")])
SKETCHY = xlsx(survey=[HEAD, ("barcode", "card", "Your card?")])
BROKEN = xlsx(survey=[HEAD, ("text", "name", "Your name?", None, "${nmae} = '[b]'")])


def check(folder: Path, *arguments: str, lang: str = "C") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [CARNET, "form", "check", *arguments],
        env={"PATH": os.environ["PATH"], "LANG": lang, "PYTHONUTF8": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def written(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return name


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (CLEAN, 0, ["form.xlsx", "ready to publish", "Errors: 0", "Warnings: 0"]),
        (SKETCHY, 0, ["Warning", "survey", "barcode", "Warnings: 1"]),
        (BROKEN, 1, ["Error", "survey", "2", "E", "“nmae”", "“name”", "Errors: 1"]),
        (b"Good morning", 2, ["form.xlsx", "not a spreadsheet"]),
    ],
)
def test_the_exit_code_says_whether_the_form_may_be_published(
    tmp_path: Path, content: bytes, code: int, said: list[str]
) -> None:
    ended = check(tmp_path, written(tmp_path, "form.xlsx", content), "--language", "en")
    assert (ended.returncode, ended.stderr) == (code, "")
    assert [words for words in said if words not in ended.stdout] == []


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    ended = check(tmp_path, "nowhere.xlsx", "--language", "en")
    assert (ended.returncode, ended.stderr) == (2, "")
    assert ended.stdout.startswith("nowhere.xlsx: The file cannot be opened.")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ar_MA.UTF-8", "جاهز للنشر"),
        ("en_GB.UTF-8", "ready to publish"),
        ("de_DE", "prêt à publier"),
        ("", "prêt"),
    ],
)
def test_the_terminal_s_language_is_spoken(tmp_path: Path, lang: str, said: str) -> None:
    assert said in check(tmp_path, written(tmp_path, "form.xlsx", CLEAN), lang=lang).stdout


def test_it_needs_no_settings_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CARNET_PORT=wrong\n")
    assert check(tmp_path, written(tmp_path, "form.xlsx", CLEAN)).returncode == 0
    assert sorted(os.listdir(tmp_path)) == [".env", "form.xlsx"]


def test_files_beside_the_form_are_attached(tmp_path: Path) -> None:
    sheet = xlsx(survey=[HEAD, ("select_one_from_file towns.csv", "town", "Where?")])
    name = written(tmp_path, "form.xlsx", sheet)
    assert "towns.csv" in check(tmp_path, name).stdout
    (tmp_path / "form-media").mkdir()
    (tmp_path / "form-media" / "towns.csv").write_text("name,label\nrabat,Rabat\n")
    assert "towns.csv" not in check(tmp_path, name).stdout
