"""Admins set who answers for the data; from then on everyone is told, and it is no trial any more."""

from conversations.entry.consent import Controller
from conversations.vocabulary import Role
from tests.admin.conftest import Office

FILLED = {
    "name": "Association Atlas",
    "reach": "+212600000009",
    "declaration": "D-W-1/2026",
    "transfer": "T-AU-2/2026",
}


def test_what_is_set_is_what_people_are_told(office: Office) -> None:
    office.world.member("admin", Role.ADMIN)
    browser = office.browser("admin")
    assert "Pas encore pour de vrai" in browser.get("/").text
    browser.get("/project")
    assert browser.post("/project", **FILLED).headers["location"] == "/project?notice=controller_changed"
    assert office.context.project.controller == Controller(**FILLED)
    assert "Pas encore pour de vrai" not in browser.get("/").text
    page = browser.get("/project").text
    assert all(value in page for value in FILLED.values())


def test_half_of_it_is_kept_and_it_stays_a_trial(office: Office) -> None:
    office.world.member("admin", Role.ADMIN)
    browser = office.browser("admin")
    browser.get("/project")
    assert browser.post("/project", **FILLED | {"transfer": " "}).status_code == 303
    assert office.context.project.controller.name == "Association Atlas"
    assert not office.context.project.controller.complete
    assert "c’est un essai" in browser.get("/project").text


def test_what_is_too_long_for_one_message_is_cut(office: Office) -> None:
    office.world.member("admin", Role.ADMIN)
    browser = office.browser("admin")
    browser.get("/project")
    browser.post("/project", **FILLED | {"name": "  Atlas\n" + "a" * 90})
    assert office.context.project.controller.name == "Atlas " + "a" * 44
