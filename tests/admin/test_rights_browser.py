"""The page of a person's data, as an admin sees it on a phone of 360 pixels, in French and Arabic."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from conversations.vocabulary import Language, Role
from tests.admin.conftest import Office
from tests.admin.invented import PASSWORD
from tests.browsing import assert_accessible, assert_fits
from tests.fakes.server import Server

PHONE = ViewportSize(width=360, height=740)

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("language", [Language.FRENCH, Language.ARABIC]),
]


@pytest.fixture
def served(office: Office) -> Iterator[Server]:
    with Server(office.app) as server:
        yield server


def test_the_page_fits_a_phone_and_an_erasure_is_planned_by_keyboard(
    office: Office, chromium: Browser, served: Server, language: Language
) -> None:
    office.world.member("admin", Role.ADMIN)
    amina = office.world.person("أمينة")
    page = chromium.new_context(viewport=PHONE).new_page()
    page.goto(f"{served.url}/sign-in")
    page.fill("[name=login]", "admin")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}/")
    page.locator("details.me summary").click()
    page.locator(f".me-languages [value={language}]").click()
    page.goto(f"{served.url}/participants/{amina}/data")
    assert_fits(page)
    assert_accessible(page)
    page.focus("#erase-reason")
    page.keyboard.type("demandé au bureau")
    page.keyboard.press("Enter")
    page.wait_for_url("**/data?notice=erasure_planned")
    assert_fits(page)
    assert_accessible(page)
