"""How an export is written: types of cells, no formulas, Arabic, one file or a zip."""

from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from conversations.vocabulary import Role
from storage.database import Storage
from storage.exports import ExportFormat, ExportTooLarge
from storage.exports.cells import Cell
from storage.exports.comma import harmless
from storage.exports.rows import Row
from storage.exports.shape import ColumnKind
from storage.exports.sheets import Sheet
from storage.exports.workbook import MOST_COLUMNS, write_workbook
from tests.admin.invented import Invented
from tests.storage.exporting import Exporting, csv_files, csv_rows, form_source, tables_in

MAIN, TITLE = "Ménage_ enquête_2026", "Ménage: enquête/2026"
FULL = """
<start>2026-11-23T10:00:00.000+01:00</start><word>{word}</word>
<who><age>34</age><weight>61.5</weight><born>1992-03-12</born><met>2026-11-20T18:30:00.000+00:00</met></who>
<place>-33.9 18.4 0 5</place>
<child><name>Un</name></child>
"""
DANGEROUS = ["=1+1", "+212600000001", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x","y")', "{=1}", "http://x.ma"]


@pytest.fixture
def world(storage: Storage, now: datetime) -> Invented:
    return Invented(storage, now)


@pytest.fixture
def answers(storage: Storage, now: datetime) -> Exporting:
    return Exporting(storage, now)


def test_numbers_are_numbers_and_dates_are_dates(world: Invented, answers: Exporting) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish()
    answers.answered(amina, FULL.format(word="007"))
    [row] = tables_in(answers.file(admin))[MAIN]
    assert (row["who/age"], row["who/weight"], row["word"]) == (34, 61.5, "007")
    assert row["who/born"] == datetime.fromisoformat("1992-03-12T00:00")
    assert row["who/met"] == datetime.fromisoformat("2026-11-20T18:30")
    assert row["start"] == datetime.fromisoformat("2026-11-23T10:00")
    assert row["_submission_time"] == datetime.fromisoformat("2026-11-23T10:00")
    assert (row["_place_latitude"], row["_place_longitude"]) == (-33.9, 18.4)
    assert (row["_index"], row["__version__"]) == (1, 1)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_or_a_link(world: Invented, answers: Exporting, text: str) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish()
    answers.answered(amina, FULL.format(word=text))
    sheet = load_workbook(BytesIO(answers.file(admin).content))[MAIN]
    cell = sheet["B2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)
    [row] = csv_files(answers.file(admin, ExportFormat.CSV))[f"{MAIN}.csv"]
    assert not row["word"].startswith(("=", "+", "-", "@"))
    assert row["word"].removeprefix("'") == text
    assert row["place"] == "-33.9 18.4 0 5"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Cell("-3", ColumnKind.INTEGER), "-3"),
        (Cell("-3.5", ColumnKind.DECIMAL), "-3.5"),
        (Cell("-3+4", ColumnKind.INTEGER), "'-3+4"),
        (Cell("-3.5"), "-3.5"),  # calculated
        (Cell("+3"), "'+3"),  # might be a telephone number, whose plus a spreadsheet would drop
        (Cell("-1 =2", ColumnKind.PLACE), "'-1 =2"),
        (Cell("\t=1"), "'\t=1"),
        (Cell("a=1"), "a=1"),
    ],
)
def test_only_what_could_be_a_formula_is_marked(cell: Cell, written: str) -> None:
    assert harmless(cell) == written


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Cell("12345678901234567890", ColumnKind.INTEGER), "12345678901234567890"),  # more than 15 digits
        (Cell("NaN", ColumnKind.DECIMAL), "NaN"),
        (Cell("1899-12-31", ColumnKind.DATE), "1899-12-31"),  # before a spreadsheet's time
        (Cell("2026-02-30", ColumnKind.DATE), "2026-02-30"),
        (Cell("18:30:00.000+00:00", ColumnKind.TIME), time(18, 30)),
        (Cell("12", ColumnKind.TEXT), "12"),
    ],
)
def test_what_a_cell_cannot_hold_stays_text(cell: Cell, value: object) -> None:
    assert cell.value == value


def test_csv_without_repeats_is_one_file_that_excel_opens_in_arabic(
    world: Invented, answers: Exporting
) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish(form_source("| | text | word | Un mot | كلمة | | | |"))
    answers.answered(amina, '<word>السلام، "عليكم"\nسطر</word>')
    file = answers.file(admin, ExportFormat.CSV)
    assert (file.name, file.media_type) == ("household-2026-11-23.csv", "text/csv; charset=utf-8")
    assert file.content.startswith(b"\xef\xbb\xbf")
    [row] = csv_rows(file.content)
    assert row["word"] == 'السلام، "عليكم"\nسطر'


def test_csv_as_kobo_writes_it_has_semicolons_and_hides_no_formula_behind_a_comma(
    world: Invented, answers: Exporting
) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish(form_source("| | text | word | Un mot | كلمة | | | |"))
    answers.answered(amina, "<word>a,=1+1;b</word>")
    text = answers.file(admin, ExportFormat.CSV_SEMICOLONS).content.decode("utf-8-sig")
    assert text.startswith('"word";"_id";')
    assert '"a,=1+1;b"' in text
    assert ",=" not in answers.file(admin, ExportFormat.CSV).content.decode().replace('"a,=1+1;b"', "")


def test_csv_with_repeats_is_a_zip_with_one_file_per_table(world: Invented, answers: Exporting) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish()
    answers.answered(amina, FULL.format(word="bonjour"))
    file = answers.file(admin, ExportFormat.CSV)
    assert (file.name, file.media_type) == ("household-2026-11-23.zip", "application/zip")
    with ZipFile(BytesIO(file.content)) as archive:
        assert archive.testzip() is None
    files = csv_files(file)
    assert list(files) == [f"{MAIN}.csv", "child.csv", "school.csv"]
    assert [row["child/name"] for row in files["child.csv"]] == ["Un"]
    assert files["child.csv"][0]["_parent_table_name"] == TITLE
    assert files[f"{MAIN}.csv"][0]["who/born"] == "1992-03-12"


def test_the_workbook_has_a_name_and_leaves_no_file_behind(
    world: Invented, answers: Exporting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish()
    answers.answered(amina, FULL.format(word="bonjour"))
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    file = answers.file(admin)
    assert file.name == "household-2026-11-23.xlsx"
    assert file.media_type.endswith("spreadsheetml.sheet")
    assert list(passing.iterdir()) == []


def test_what_no_sheet_can_hold_is_refused(now: datetime) -> None:
    wide = Sheet("/data", "wide", tuple(f"c{n}" for n in range(MOST_COLUMNS + 1)))
    with pytest.raises(ExportTooLarge):
        write_workbook([wide], [], now)


def test_many_rows_go_through(now: datetime) -> None:
    sheets = [Sheet("/data", "one", ("a", "b")), Sheet("/data/r", "two", ("c",))]
    rows = [
        Row(path, {name: Cell(str(n), ColumnKind.INTEGER)})
        for n in range(3_000)
        for path, name in (("/data", "a"), ("/data/r", "c"))
    ]
    book = load_workbook(BytesIO(write_workbook(sheets, rows, now)), read_only=True)
    assert [book[name].max_row for name in ("one", "two")] == [3_001, 3_001]
    assert list(book["two"].values)[-1] == (2_999,)
