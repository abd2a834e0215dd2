"""What an export of answers holds: whose, which columns, which rows."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from conversations.forms import builtin_forms, submission
from conversations.vocabulary import Language, Role
from storage.database import Storage
from storage.exports import ExportFormat, ExportValues, FormNotLoaded, UnknownForm, export_form
from storage.exports.wanted import ExportWanted
from tests.admin.invented import Invented
from tests.conversations.sheets import ARABIC, FRENCH, builtin, walk
from tests.storage.exporting import REASON, SURVEY, Exporting, csv_rows, form_source, sheets_in, tables_in

MAIN, TITLE = "Ménage_ enquête_2026", "Ménage: enquête/2026"
KOBO = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
)
FAMILY = """
<word>bonjour</word>
<who><age>34</age><works>yes</works><can>sew build</can></who>
<child><name>Un</name><likes>cook</likes><school><grade>2</grade></school><school><grade>3</grade></school></child>
<child><name>Deux</name></child>
<older>35</older>
"""

TURNS = """
| | integer | how_many | Combien | كم | | | |
| | begin_repeat | child | Enfant | طفل | | ${how_many} | |
| | text | name | Prénom | الاسم | | | |
| | select_multiple skills | likes | Aime | يحب | | | |
| | end_repeat | child | | | | | |
"""


@pytest.fixture
def world(storage: Storage, now: datetime) -> Invented:
    return Invented(storage, now)


@pytest.fixture
def answers(storage: Storage, now: datetime) -> Exporting:
    return Exporting(storage, now)


def test_headers_are_those_of_kobo(world: Invented, answers: Exporting) -> None:
    answers.publish()
    sheets = sheets_in(answers.file(world.member("admin", Role.ADMIN)))
    assert list(sheets) == [MAIN, "child", "school"]
    assert [cell.value for cell in sheets[MAIN][1]] == [
        "start",
        "word",
        "who/age",
        "who/weight",
        "who/born",
        "who/met",
        "who/works",
        "who/can",
        "who/can/sew",
        "who/can/cook",
        "who/can/build",
        "place",
        "_place_latitude",
        "_place_longitude",
        "_place_altitude",
        "_place_precision",
        "older",
        *KOBO,
        "_index",
        "_pseudonym",
    ]
    assert [cell.value for cell in sheets["school"][1]] == [
        "child/school/grade",
        "_index",
        "_parent_table_name",
        "_parent_index",
        *(f"_submission_{name}" for name in KOBO),
        "_submission__pseudonym",
    ]


def test_each_turn_of_a_repeat_is_a_row_that_knows_its_parent(world: Invented, answers: Exporting) -> None:
    admin, amina, fatou = world.member("admin", Role.ADMIN), world.person("Amina"), world.person("Fatou")
    answers.publish()
    first = answers.answered(fatou, "<child><name>Seule</name></child>", timedelta(days=2))
    second = answers.answered(amina, FAMILY, timedelta(days=1))
    tables = tables_in(answers.file(admin))
    assert [row["_index"] for row in tables[MAIN]] == [1, 2]
    assert [row["_id"] for row in tables[MAIN]] == [first, second]
    children = [
        (row["child/name"], row["_index"], row["_parent_table_name"], row["_parent_index"])
        for row in tables["child"]
    ]
    assert children == [("Seule", 1, TITLE, 1), ("Un", 2, TITLE, 2), ("Deux", 3, TITLE, 2)]
    schools = [
        (row["child/school/grade"], row["_parent_table_name"], row["_parent_index"], row["_submission__id"])
        for row in tables["school"]
    ]
    assert schools == [(2, "child", 2, second), (3, "child", 2, second)]
    assert [row.get("child/likes/cook") for row in tables["child"]] == [None, 1, None]


def test_what_a_conversation_stored_is_what_the_export_shows(world: Invented, answers: Exporting) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    form = builtin("living-conditions")
    answers.publish(next(each for each in builtin_forms() if each.form_id == form.form_id))
    filling = walk(form, ARABIC, "٧", *["1"] * 5, *["4"] * 5, None)
    answers.keep(amina, submission(form, filling, ARABIC).instance_xml)
    [row] = next(iter(tables_in(answers.file(admin, form_id=form.form_id)).values()))
    assert (row["ladder"], row["life/housing_comfort"], row["life/agency_decides"]) == (7, "yes", "no")
    assert "life/agency_reaches" not in row
    assert (row["instrument"], row["answered"], row["score"]) == ("living-conditions-1", 10, 50)


def test_the_turns_of_a_conversation_are_rows(world: Invented, answers: Exporting) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    form = answers.forms[answers.publish(form_source(TURNS))]
    filling = walk(form, FRENCH, "2", "Un", "1, 3", "Deux", "2")
    answers.keep(amina, submission(form, filling, FRENCH).instance_xml)
    tables = tables_in(answers.file(admin))
    assert [row["how_many"] for row in tables[MAIN]] == [2]
    assert [(row["child/name"], row["child/likes"], row["_parent_index"]) for row in tables["child"]] == [
        ("Un", "sew build", 1),
        ("Deux", "cook", 1),
    ]


def test_several_choices_are_split_and_joined(world: Invented, answers: Exporting) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish()
    answers.answered(amina, FAMILY, timedelta(days=1))
    answers.answered(amina, "<word>seul</word>")
    chosen, silent = tables_in(answers.file(admin))[MAIN]
    assert chosen["who/can"] == "sew build"
    assert [chosen[f"who/can/{choice}"] for choice in ("sew", "cook", "build")] == [1, 0, 1]
    assert "who/can" not in silent
    assert "who/can/sew" not in silent


@pytest.mark.parametrize(
    ("language", "works", "can"),
    [(Language.FRENCH, "Oui", "Couture, Bâtiment"), (Language.ARABIC, "نعم", "خياطة, بناء")],
)
def test_labels_come_in_the_language_wanted(
    world: Invented, answers: Exporting, language: Language, works: str, can: str
) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish()
    answers.answered(amina, FAMILY)
    file = answers.file(admin, values=ExportValues.LABELS, language=language)
    [row] = tables_in(file)[MAIN]
    assert (row["who/works"], row["who/can"], row["who/can/sew"]) == (works, can, 1)


def test_a_language_that_the_sheet_lacks_gets_the_labels_of_its_own(
    world: Invented, answers: Exporting
) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish()
    answers.answered(amina, FAMILY)
    [row] = tables_in(answers.file(admin, values=ExportValues.LABELS, language=Language.ENGLISH))[MAIN]
    assert row["who/works"] == "Oui"


def test_all_versions_are_in_one_table_with_their_columns_in_order(
    world: Invented, answers: Exporting
) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    old = "| | text | first | Un | واحد | | | |\n| | text | gone | Deux | اثنان | | | |\n"
    new = "| | text | first | Un | واحد | | | |\n| | text | fresh | Trois | ثلاثة | | | |\n"
    one = answers.publish(form_source(old))
    answers.publish(form_source(new))
    answers.answered(amina, "<first>a</first><gone>b</gone>", timedelta(days=1), version=one)
    answers.answered(amina, "<first>c</first><fresh>d</fresh>")
    [sheet] = sheets_in(answers.file(admin)).values()
    assert [cell.value for cell in sheet[1]][:3] == ["first", "gone", "fresh"]
    rows = tables_in(answers.file(admin))[MAIN]
    assert [(row["first"], row.get("gone"), row.get("fresh"), row["__version__"]) for row in rows] == [
        ("a", "b", None, 1),
        ("c", None, "d", 2),
    ]


def test_a_trainer_exports_the_answers_of_their_own_people_only(world: Invented, answers: Exporting) -> None:
    trainer = world.member("trainer", Role.TRAINER, (world.north,))
    near, far = world.person("Amina", world.north), world.person("Fatou", world.south)
    answers.publish()
    answers.answered(near, "<word>près</word>")
    answers.answered(far, "<word>loin</word>")
    assert [row["word"] for row in tables_in(answers.file(trainer))[MAIN]] == ["près"]
    nobody = world.member("other", Role.TRAINER, ())
    assert tables_in(answers.file(nobody))[MAIN] == []


def test_someone_erased_is_in_no_export(world: Invented, answers: Exporting) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish()
    answers.answered(amina, FAMILY)
    world.erase(amina)
    assert tables_in(answers.file(admin))[MAIN] == []


def test_a_pseudonym_stands_for_the_person(world: Invented, answers: Exporting, storage: Storage) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    key = storage.keystore.of_participants([amina])[amina]
    answers.publish(next(form for form in builtin_forms() if form.form_id == "profile"))
    answers.answered(amina, "<first_name>Amina</first_name><city>sale</city>")
    file = answers.file(admin, ExportFormat.CSV, form_id="profile")
    [row] = csv_rows(file.content)
    assert row["_pseudonym"] == key.pseudonym
    assert row["city"] == "sale"
    assert "first_name" not in row
    assert "Amina" not in file.content.decode()
    assert amina not in file.content.decode()


def test_the_kind_of_contract_is_never_exported(world: Invented, answers: Exporting) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish(next(form for form in builtin_forms() if form.form_id == "milestone-job"))
    answers.answered(amina, "<stage>started</stage><contract>no_written_contract</contract>")
    file = answers.file(admin, ExportFormat.CSV, form_id="milestone-job")
    assert csv_rows(file.content)[0]["stage"] == "started"
    assert "contract" not in file.content.decode()


def test_more_answers_than_one_page_come_in_order_and_once(
    world: Invented, answers: Exporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.exports.answers.PAGE", 7)  # inserting 500 would take long
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish(form_source("| | text | word | Un mot | كلمة | | | |"))
    made = [answers.answered(amina, f"<word>{n}</word>", timedelta(minutes=-(n // 3))) for n in range(40)]
    rows = csv_rows(answers.file(admin, ExportFormat.CSV).content)
    assert [row["_id"] for row in rows] == made


def test_the_uuid_is_that_of_the_instance_or_of_the_submission(world: Invented, answers: Exporting) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish()
    submission_id = answers.answered(amina, FAMILY)
    [row] = tables_in(answers.file(admin))[MAIN]
    assert row["_uuid"] == str(UUID(hex=submission_id))


def test_a_form_that_is_not_there_is_refused(world: Invented, answers: Exporting) -> None:
    admin = world.member("admin", Role.ADMIN)
    with pytest.raises(UnknownForm):
        answers.file(admin, form_id="nothing")


def test_answers_to_a_version_not_read_yet_are_not_left_out_in_silence(
    world: Invented, answers: Exporting, storage: Storage
) -> None:
    admin, amina = world.member("admin", Role.ADMIN), world.person("Amina")
    answers.publish()
    loaded = dict(answers.forms)
    answers.publish(form_source(SURVEY.replace("| | text | word | Un mot |", "| | text | word | Le mot |")))
    answers.answered(amina, FAMILY)
    wanted = ExportWanted(ExportFormat.CSV, ExportValues.NAMES, Language.FRENCH, REASON)
    with pytest.raises(FormNotLoaded):
        export_form(storage, admin, "household", loaded, wanted, answers.now)
