"""Visitors who are led elsewhere: to sign in, back to what they wanted, or told that it is not here."""

import pytest

from conversations.vocabulary import Role
from tests.admin.conftest import Office


def test_an_anonymous_visitor_is_led_to_the_sign_in_page_and_back(office: Office) -> None:
    office.world.member("salma")
    browser = office.browser()
    answer = browser.get("/participants")
    assert answer.headers["location"] == "/sign-in?next=/participants"
    browser.get(answer.headers["location"])
    signed = browser.post("/sign-in", login="salma", password="a long invented phrase", next="/participants")
    assert signed.headers["location"] == "/participants"


@pytest.mark.parametrize("wanted", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "/é"])
def test_signing_in_never_leads_to_another_site(office: Office, wanted: str) -> None:
    office.world.member("salma")
    browser = office.browser()
    browser.get("/sign-in")
    signed = browser.post("/sign-in", login="salma", password="a long invented phrase", next=wanted)
    assert signed.headers["location"] == "/"


def test_a_part_that_refreshes_itself_is_led_away_as_a_whole(office: Office) -> None:
    answer = office.browser().get("/", **{"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in")


@pytest.mark.parametrize("path", ["/participants/x", "/staff/%00", "/staff/' OR 1", "/broadcasts/🙂", "/no"])
def test_an_address_that_is_none_of_ours_is_a_kind_404(office: Office, path: str) -> None:
    office.world.member("admin", Role.ADMIN)
    answer = office.browser("admin").get(path)
    assert answer.status_code == 404
    assert "Page introuvable" in answer.text
    assert "Se déconnecter" in answer.text
