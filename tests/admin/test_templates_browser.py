"""The page of WhatsApp's templates on a phone of 360 pixels and a laptop, in French and Arabic."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, ViewportSize

from conversations.templates.template import Approval, Template
from conversations.vocabulary import Language, Role
from storage.templates import take_list
from tests.admin.conftest import Office
from tests.admin.invented import PASSWORD
from tests.browsing import assert_accessible, assert_fits
from tests.fakes.server import Server

PHONE, LAPTOP = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=800)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def served(office: Office) -> Iterator[Server]:
    with Server(office.app) as server:
        yield server


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("language", [Language.FRENCH, Language.ARABIC])
def test_it_fits_and_can_be_read_by_everyone(
    office: Office, served: Server, chromium: Browser, size: ViewportSize, language: Language
) -> None:
    office.world.member("admin", Role.ADMIN)
    good = Template(
        "HX1", "carnet_check_in_fr", Approval.APPROVED, "Bonjour, du nouveau ?", category="UTILITY"
    )
    bad = replace(good, sid="HX2", name="carnet_reminder_ar", body="مرحبا", approval=Approval.REJECTED)
    with office.world.storage.write() as tx:
        take_list(tx, [good, replace(bad, rejection="INVALID_FORMAT " * 8)], office.world.now)
    page = chromium.new_context(viewport=size).new_page()
    page.goto(f"{served.url}/sign-in")
    page.fill("[name=login]", "admin")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}/")
    page.locator("details.me summary").click()
    page.locator(f".me-languages [value={language}]").click()
    page.goto(f"{served.url}/templates")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language.right_to_left else "ltr")
    assert_fits(page)
    assert_accessible(page)
