"""Forms in the web view: a sheet is checked, published, asked, and its answers are taken away."""

from io import BytesIO

import openpyxl
import pytest

from admin.texts import text
from conversations.forms import builtin_forms
from conversations.vocabulary import Language, Role
from storage.forms import publish_builtin
from tests.admin.conftest import Browser, Office

SHEET = """| survey |
| | type | name | label::Français (fr) | label::English (en) | required |
| | text | trade | Quel métier ? | Which trade? | yes |
| | integer | years | Depuis combien d’années ? | For how many years? | |
| settings |
| | form_title | form_id | default_language |
| | Métier | trade | Français (fr) |
"""
BROKEN = SHEET.replace("| yes |", "| selected(${nope}, 'x') |")


@pytest.fixture
def admin(office: Office) -> Browser:
    publish_builtin(office.world.storage, builtin_forms(), office.clock())
    office.context.projects.refresh()
    office.world.member("salma", Role.ADMIN)
    return office.browser("salma")


def upload(browser: Browser, sheet: str, name: str = "trade.md") -> tuple[int, str]:
    answer = browser.upload("/forms", {"sheet": (name, sheet.encode())})
    return answer.status_code, answer.text


def test_a_sound_sheet_is_published_and_can_be_asked(office: Office, admin: Browser) -> None:
    status, page = upload(admin, SHEET)
    assert status == 200
    [target] = [part.split('"')[0] for part in page.split('action="') if part.startswith("/forms/versions/")]
    assert "trade" not in office.context.project.current_forms, "nothing is published before it is confirmed"
    assert admin.post(target).headers["location"] == "/forms?notice=form_published"
    assert office.context.project.current("trade").title == "Métier"
    amina = office.world.person("Amina")
    assert "Métier" in admin.get(f"/participants/{amina}").text
    asked = admin.post(f"/participants/{amina}/check-ins", form="trade")
    assert asked.headers["location"].endswith("asked_planned")
    assert admin.post(f"/participants/{amina}/check-ins", form="nothing").status_code == 404


def test_errors_are_shown_with_their_place_and_nothing_is_kept(office: Office, admin: Browser) -> None:
    status, page = upload(admin, BROKEN)
    assert status == 422
    assert "nope" in page
    assert "/publish" not in page
    assert "Métier" not in admin.get("/forms").text


@pytest.mark.parametrize(
    ("content", "name"),
    [("", "empty.xlsx"), ("not a sheet", "sheet.xlsx"), ("x", "virus.exe")],
    ids=["empty", "no spreadsheet", "another kind"],
)
def test_what_is_no_sheet_is_refused_with_a_reason(admin: Browser, content: str, name: str) -> None:
    status, page = upload(admin, content, name)
    assert status == 422
    assert "notice-trouble" in page


def test_a_sheet_in_place_of_ours_must_keep_what_the_program_reads(office: Office, admin: Browser) -> None:
    status, page = upload(admin, SHEET.replace("| trade | Français", "| profile | Français"))
    assert status == 422
    assert "first_name" in page


def test_answers_are_taken_away_as_a_workbook(admin: Browser) -> None:
    made = admin.post("/forms/check-in/export", format="xlsx", values="names", reason="rapport")
    assert made.status_code == 200
    assert made.headers["content-disposition"].startswith("attachment")
    sheet = openpyxl.load_workbook(BytesIO(made.content)).worksheets[0]
    assert "changed" in [cell.value for cell in sheet[1]]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        pytest.param("", "Il manque la raison", id="none"),
        pytest.param(" . ", "Il manque la raison", id="says nothing"),
        pytest.param("é" * 201, "200 caractères au plus", id="too long"),
    ],
)
def test_without_a_good_reason_the_page_asks_for_it_and_keeps_what_was_chosen(
    admin: Browser, reason: str, said: str
) -> None:
    answer = admin.post("/forms/check-in/export", format="csv", values="labels", reason=reason)
    assert answer.status_code == 422
    assert "content-disposition" not in answer.headers
    assert said in answer.text
    assert '<option value="csv" selected>' in answer.text
    assert '<option value="labels" selected>' in answer.text
    assert f'value="{reason.strip()}"' in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_missing_reason_is_told_in_the_language_of_who_asks(admin: Browser, language: str) -> None:
    admin.post("/language", language=language)
    answer = admin.post("/forms/check-in/export")
    assert text(Language(language), "forms.reason.short") in answer.text


def test_a_form_that_was_never_published_has_nothing_to_take_away(admin: Browser) -> None:
    upload(admin, SHEET)
    assert "/forms/trade/export" not in admin.get("/forms/trade").text
    assert admin.post("/forms/trade/export", reason="rapport").status_code == 404


def test_a_trainer_cannot_upload_or_publish(office: Office, admin: Browser) -> None:
    office.world.member("nadia", cohorts=(office.world.north,))
    trainer = office.browser("nadia")
    assert upload(trainer, SHEET)[0] == 403
    assert trainer.get("/forms").status_code == 200
