"""Staff open a logbook with someone who is there: with their yes, and a guardian's for a minor."""

import io
import zipfile
from typing import Any

import pytest
from sqlalchemy import Row, select

from storage.tables.core import AUDIT, CONSENTS, PARTICIPANTS, STAFF_CONTACTS
from storage.tables.vocabulary import AuditAction
from tests.admin.conftest import Browser, Office

ADULT = {"name": "Amina", "language": "ar", "age": "adult", "way": "paper", "said_yes": "on"}
YOUNG = {
    "name": "Amina",
    "language": "fr",
    "age": "young",
    "born": "2010-05",
    "guardian": "Fatou",
    "agreed_on": "2026-01-01",
    "way": "oral",
    "said_yes": "on",
}


@pytest.fixture
def cohort(office: Office) -> str:
    return office.world.north


@pytest.fixture
def browser(office: Office, cohort: str) -> Browser:
    office.world.member("samira", cohorts=(cohort,))
    browser = office.browser("samira")
    browser.get("/participants/new")
    return browser


def people(office: Office) -> list[Row[Any]]:
    with office.world.storage.read() as tx:
        return list(tx.execute(select(PARTICIPANTS)).all())


def test_a_logbook_is_opened_and_its_page_says_how_they_said_yes(
    office: Office, browser: Browser, cohort: str
) -> None:
    assert "<details" in browser.get("/participants/new").text  # what is read together, in each language
    answer = browser.post("/participants/new", cohort=cohort, **ADULT)
    page = browser.get(answer.headers["location"]).text
    assert "Amina" in page
    assert "sur papier, vu par Samira" in page
    with office.world.storage.read() as tx:
        [said] = tx.execute(select(CONSENTS)).all()
        actions = set(tx.scalars(select(AUDIT.c.action)))
    assert (said.way, said.language) == ("paper", "ar")
    assert AuditAction.PARTICIPANT_ADDED in actions


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ({"said_yes": ""}, "Sans son oui"),
        ({"name": " "}, "Il manque le prénom"),
        ({"born": "2013-01"}, "Avant 15 ans"),
        ({"born": "2001-01"}, "comme 2010-05"),
        ({"born": "mai"}, "comme 2010-05"),
        ({"guardian": ""}, "nom du parent"),
        ({"agreed_on": "2099-01-01"}, "nom du parent"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    office: Office, browser: Browser, cohort: str, missing: dict[str, str], says: str
) -> None:
    answer = browser.post("/participants/new", cohort=cohort, **(YOUNG | missing))
    assert answer.status_code == 422
    assert says in answer.text
    assert people(office) == []


def test_a_young_person_is_a_minor_and_the_guardian_is_sealed(
    office: Office, browser: Browser, cohort: str
) -> None:
    browser.post("/participants/new", cohort=cohort, **YOUNG)
    [row] = people(office)
    assert row.minor_until.isoformat().startswith("2028-0")
    assert b"Fatou" not in row.guardian


def test_a_code_for_a_phone_is_shown_once(office: Office, browser: Browser, cohort: str) -> None:
    path = browser.post("/participants/new", cohort=cohort, **ADULT).headers["location"].partition("?")[0]
    shown = browser.post(f"{path}/phone-code")
    assert shown.status_code == 200
    assert 'class="secret"' in shown.text
    assert 'class="secret"' not in browser.get(path).text


def test_another_cohort_is_out_of_reach(office: Office, browser: Browser) -> None:
    elsewhere = office.world.south
    assert browser.post("/participants/new", cohort=elsewhere, **ADULT).status_code == 404
    amina = office.world.person("Amina", elsewhere)
    assert browser.post(f"/participants/{amina}/phone-code").status_code == 404
    assert len(people(office)) == 1


def test_a_visit_is_written_down_and_shown_to_the_team_and_the_person(
    office: Office, browser: Browser, cohort: str
) -> None:
    path = browser.post("/participants/new", cohort=cohort, **ADULT).headers["location"].partition("?")[0]
    day = office.clock().date().isoformat()
    assert "contact_day_unclear" in browser.post(f"{path}/contacts", day="2099-01-01").headers["location"]
    assert "contact_day_unclear" in browser.post(f"{path}/contacts", day="hier").headers["location"]
    fields = {"mode": "visit", "day": day, "note": "cherche un stage"}
    assert "contact_recorded" in browser.post(f"{path}/contacts", **fields).headers["location"]
    page = browser.get(path).text
    assert "Visite, notée par Samira" in page
    assert "cherche un stage" in page
    file = browser.post(f"{path}/data/file", reason="au bureau")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert "cherche un stage" in archive.read("page.html").decode()
    with office.world.storage.read() as tx:
        [row] = tx.execute(select(STAFF_CONTACTS)).all()
    assert b"stage" not in row.note
