"""Staff fill in the forms of the chat for someone without a phone, question by question, without a script."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from conversations.forms import builtin_forms
from storage.forms import publish_builtin
from storage.tables.core import AUDIT, DESK_FORMS, MILESTONES, SUBMISSIONS
from storage.tables.vocabulary import AuditAction
from tests.admin.conftest import Browser, Office
from tests.admin.test_enrolment import ADULT


@pytest.fixture
def browser(office: Office) -> Browser:
    publish_builtin(office.world.storage, list(builtin_forms()), office.clock())
    office.context.projects.refresh()
    office.world.member("samira", cohorts=(office.world.north,))
    browser = office.browser("samira")
    browser.get("/participants/new")
    return browser


@pytest.fixture
def path(office: Office, browser: Browser) -> str:
    """The page of someone without a phone."""
    made = browser.post("/participants/new", cohort=office.world.north, **ADULT)
    return made.headers["location"].partition("?")[0]


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def answers(browser: Browser, path: str, *given: str) -> str:
    """Answer one question after the other: by a choice's label, or else typed; what came last."""
    page = browser.get(f"{path}/form").text
    for each in given:
        choices = {
            unescape(label).replace("'", "’"): value
            for value, label in re.findall(r'name="choice" value="([^"]+)">\s*<label[^>]*>([^<]+)<', page)
        }
        fields = {"choice": choices[each]} if each in choices else {"text": each}
        if each == "passer":
            fields = {"steer": "skip"}
        answer = browser.post(f"{path}/form", token=token_of(page), **fields)
        page = answer.text if answer.status_code == 200 else answer.headers["location"]
    return page


def test_a_step_is_recorded_for_someone_and_the_trail_says_by_whom(
    office: Office, browser: Browser, path: str
) -> None:
    browser.post(f"{path}/form/milestone-job")
    ended = answers(browser, path, "J’ai commencé", "12 mars 2025", "couturière", "Oui, c’est juste")
    assert ended == f"{path}?notice=form_closed", ended
    with office.world.storage.read() as tx:
        [step] = tx.execute(select(MILESTONES)).all()
        [form] = tx.execute(select(SUBMISSIONS)).all()
        assert tx.execute(select(DESK_FORMS)).all() == []
        assert AuditAction.FORM_FILLED in set(tx.scalars(select(AUDIT.c.action)))
    assert step.started_on == "2025-03-12"
    assert step.recorded_by == form.recorded_by
    assert step.recorded_by is not None
    page = browser.get(path).text
    assert "couturière" in page
    assert "noté par Samira" in page


def test_a_wrong_answer_is_explained_and_a_page_sent_twice_changes_nothing(
    office: Office, browser: Browser, path: str
) -> None:
    browser.post(f"{path}/form/milestone-job")
    page = browser.get(f"{path}/form").text
    first = token_of(page)
    after = answers(browser, path, "J’ai commencé", "la semaine des quatre jeudis")
    assert 'role="status"' in after
    again = browser.post(f"{path}/form", token=first, text="arrêté")
    assert again.headers["location"] == f"{path}/form"
    assert token_of(browser.get(f"{path}/form").text) == token_of(after)
    browser.post(f"{path}/form", token=token_of(after), steer="cancel")
    assert browser.get(f"{path}/form").headers["location"] == f"{path}?notice=form_closed"


def test_only_the_profile_and_steps_are_filled_in_here(browser: Browser, path: str) -> None:
    assert browser.post(f"{path}/form/living-conditions").status_code == 404
    assert browser.post(f"{path}/form/profile").headers["location"] == f"{path}/form"
    assert browser.get(f"{path}/form").status_code == 200
