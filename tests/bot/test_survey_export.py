"""A team's questionnaire of every type, answered in the chat by three people in two languages, as files."""

import csv
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from admin.compiling import compile_upload
from bot.handle import handle_due_contacts
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language, Role
from storage.check_ins import Asked, ask_now
from storage.database import Storage
from storage.exports import ExportFile, ExportFormat, ExportValues, ExportWanted, export_form
from storage.forms import NewVersion, publish_draft, save_draft
from storage.perimeter import Perimeter
from storage.staff import NewStaff, add
from tests.bot.making import TO_HOME, Desk, open_desk
from tests.bot.survey import CHOICES, FILE, FORM_ID, LONG_REPEAT, PEOPLE, TITLE, Respondent, workbook

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

MAIN, LONG = "Enquête_ vivre et travailler...", "formations_suivies_depuis_l_..."
TABLES = {"child/school": "school", "child": "child", LONG_REPEAT: LONG, "home_part/item": "item"}
LISTS = {
    "who/region": "region",
    "who/city": "city",
    "who/spoken": "language",
    "who/works": "yes_no",
    "who/job/tools": "tool",
    "who/wishes": "wish",
    "child/pupil": "yes_no",
    "child/school/things": "tool",
    "agree": "agree",
}
Rows = list[dict[str, object]]  # empty cells left out


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The questionnaire is published, and all three have answered it."""

    desk: Desk
    admin: Perimeter

    def file(
        self,
        format: ExportFormat = ExportFormat.XLSX,
        values: ExportValues = ExportValues.NAMES,
        language: Language = Language.FRENCH,
    ) -> ExportFile:
        wanted = ExportWanted(format, values, language, "rapport du trimestre")
        desk = self.desk
        return export_form(desk.storage, self.admin, FORM_ID, desk.project.forms, wanted, desk.now)


@pytest.fixture
def surveyed(storage: Storage, now: datetime) -> Surveyed:
    compiled = compile_upload(workbook(), "enquete.xlsx")
    assert compiled.publishable
    assert compiled.xform
    version = NewVersion(compiled.form_id, "enquete.xlsx", workbook(), compiled.xform, {})
    with storage.write() as tx:
        staff_id = add(tx, storage, NewStaff("salma", "Salma", Role.ADMIN, Language.FRENCH), "", now)
        publish_draft(tx, storage, save_draft(tx, storage, version, staff_id, now), staff_id, now)
    desk, admin = open_desk(storage, now), Perimeter(staff_id, Role.ADMIN)
    for person in PEOPLE:
        language = "1" if person.language is Language.FRENCH else "2"
        desk.tell(person.address, (TO_HOME[0], language, *TO_HOME[2:]))
        with storage.write() as tx:
            participant = desk.participant(person.address)
            asked = ask_now(tx, storage, admin, participant, desk.project.zone, now, FORM_ID)
        assert asked is Asked.PLANNED
        handle_due_contacts(storage, desk.project, now)
        desk.tell(person.address, [answer for _, answer, _ in person.said])
    return Surveyed(desk, admin)


def books(content: bytes) -> dict[str, Rows]:
    found = {}
    for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [
            {str(name): value for name, value in zip(head, row, strict=True) if value is not None}
            for row in rows
        ]
    return found


def table_of(question: str) -> str:
    return next((sheet for path, sheet in TABLES.items() if question.startswith(f"{path}/")), MAIN)


def said_by(person: Respondent) -> dict[str, list[dict[str, object]]]:
    """What one person said, as the rows of each sheet: a question that comes again begins a new row."""
    rows: dict[str, list[dict[str, object]]] = {}
    for question, _, value in person.said:
        turns = rows.setdefault(table_of(question), [{}])
        if question in turns[-1]:
            turns.append({})
        turns[-1][question] = value
    return rows


def same(shown: object, wanted: object, question: str) -> bool:
    if wanted is FILE:
        return bool(re.fullmatch(rf"{question}-[0-9a-f]{{8}}", str(shown)))
    return shown == wanted


def test_every_answer_is_in_its_cell(surveyed: Surveyed) -> None:
    found = books(surveyed.file().content)
    assert list(found) == [MAIN, "child", "school", LONG, "item"]
    assert [len(rows) for rows in found.values()] == [3, 2, 1, 3, 3]
    for at, person in enumerate(PEOPLE, 1):
        for sheet, said in said_by(person).items():
            mine = [
                row
                for row in found[sheet]
                if row["_submission__id" if sheet != MAIN else "_id"] in (found[MAIN][at - 1]["_id"],)
            ]
            for row, wanted in zip(mine, said, strict=True):
                wrong = {
                    question: (row.get(question), value)
                    for question, value in wanted.items()
                    if not same(row.get(question), value, question)
                }
                assert wrong == {}
    [row, *_] = found[MAIN]
    assert [row[f"who/spoken/{name}"] for name in ("fr", "ar", "wo", "other")] == [1, 1, 0, 1]
    assert [row[f"who/job/tools/{name}"] for name in ("needle", "oven", "1")] == [1, 0, 1]
    assert (row["where/_shop_latitude"], row["where/_shop_longitude"]) == (-33.9, 18.4)
    assert (row["in_ten_years"], row["greeting"]) == ("44", "==1+1")
    assert [row["_parent_table_name"] for row in (*found["child"], *found["school"])] == [
        TITLE,
        TITLE,
        "child",
    ]
    assert [row["_parent_index"] for row in found[LONG]] == [1, 2, 3]


@pytest.mark.parametrize("language", [Language.FRENCH, Language.ARABIC])
def test_choices_are_written_in_words_in_each_language(surveyed: Surveyed, language: Language) -> None:
    column = 2 if language is Language.FRENCH else 3
    lines = [line.split("|") for line in CHOICES.strip().splitlines()]
    words = {(line[0], line[1]): line[column] for line in lines} | {
        ("language", "other"): say(Say("form.other"), language)
    }
    found = books(surveyed.file(values=ExportValues.LABELS, language=language).content)
    names = books(surveyed.file().content)
    seen = 0
    for sheet, rows in names.items():
        for row, labelled in zip(rows, found[sheet], strict=True):
            for question in LISTS.keys() & row.keys():
                called = [words[LISTS[question], name] for name in str(row[question]).split()]
                assert labelled[question] == ", ".join(called), question
                seen += 1
    assert seen == 18


@pytest.mark.parametrize(
    ("format", "separator"), [(ExportFormat.CSV, ","), (ExportFormat.CSV_SEMICOLONS, ";")]
)
def test_the_same_cells_are_in_the_csv(surveyed: Surveyed, format: ExportFormat, separator: str) -> None:
    found = books(surveyed.file().content)
    with ZipFile(BytesIO(surveyed.file(format).content)) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert list(texts) == [f"{sheet}.csv" for sheet in found]
    for sheet, rows in found.items():
        read = csv.DictReader(StringIO(texts[f"{sheet}.csv"], newline=""), delimiter=separator)
        for row, written in zip(rows, read, strict=True):
            assert {name for name, text in written.items() if text} == row.keys()
            assert [name for name in row if not means(written[name], row[name])] == []
            assert not [text for text in written.values() if text.startswith(("=", "+", "@"))]


def means(text: str, value: object) -> bool:
    """Whether a text, in a CSV or as LibreOffice shows it, is this value of a spreadsheet."""
    match value:
        case datetime() if re.search(r"\d:\d", text):
            return datetime.fromisoformat(text).replace(tzinfo=None) == value
        case datetime():
            return datetime.fromisoformat(text) == value
        case time():
            return _time_in(text) == value
        case int() | float():
            return float(text) == value
        case _:
            return text.removeprefix("'") == value


@pytest.fixture
def office(tmp_path: Path) -> Sequence[str]:
    """LibreOffice without a window. Without it the test is left out and says so."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice (soffice) on this computer: its test is left out")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    return (program, profile, "--headless", "--convert-to")


# The tokens of LibreOffice's CSV filter: separator, quote, UTF-8, from the first line; not every text quoted,
# cells as shown, no formulas, and -1 for all sheets.
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def shown_by(office: Sequence[str], file: Path, folder: Path, *options: str) -> dict[str, list[list[str]]]:
    """The cells of each sheet as LibreOffice shows them."""
    folder.mkdir()
    subprocess.run([*office, AS_SHOWN, *options, "--outdir", folder, file], check=True, capture_output=True)
    return {
        made.stem.removeprefix(f"{file.stem}-"): list(csv.reader(StringIO(made.read_text(), newline="")))
        for made in folder.iterdir()
    }


def test_libreoffice_opens_the_files_with_the_right_cells(
    surveyed: Surveyed, office: Sequence[str], tmp_path: Path
) -> None:
    exported = surveyed.file()
    workbook_file = tmp_path / "enquete.xlsx"
    workbook_file.write_bytes(exported.content)
    _compare(books(exported.content), shown_by(office, workbook_file, tmp_path / "from-xlsx"))
    with ZipFile(BytesIO(surveyed.file(ExportFormat.CSV).content)) as archive:
        main = tmp_path / "main.csv"
        main.write_bytes(archive.read(f"{MAIN}.csv"))
    opened = shown_by(office, main, tmp_path / "from-csv", "--infilter=CSV:44,34,76,1,,0,true")
    _compare({"main": books(exported.content)[MAIN]}, opened)


def _compare(wanted: Mapping[str, Rows], shown: Mapping[str, list[list[str]]]) -> None:
    assert shown.keys() == wanted.keys()
    for sheet, rows in wanted.items():
        head, *lines = shown[sheet]
        for row, line in zip(rows, lines, strict=True):
            cells = {name: text for name, text in zip(head, line, strict=True) if text}
            assert cells.keys() == row.keys()
            assert {n: (cells[n], row[n]) for n in row if not means(cells[n], row[n])} == {}


def _time_in(text: str) -> time:
    """The time of a CSV, or of a sheet as LibreOffice shows it; without its zone."""
    if " " in text:
        return datetime.strptime(f"{text} +0000", "%I:%M:%S %p %z").time()
    return time.fromisoformat(text).replace(tzinfo=None)
