"""The page an employer reads, on a phone of 360 pixels, in French and Arabic."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, ViewportSize
from sqlalchemy import select

from conversations.changes import PageMade
from conversations.vocabulary import Language, Verification
from storage.pages import page_row
from storage.tables.core import EMPLOYER_PAGES, MILESTONES
from tests.admin.conftest import Office
from tests.browsing import assert_accessible, assert_fits
from tests.fakes.server import Server

PHONE = ViewportSize(width=360, height=740)
TOKEN = "an_invented_token_0000"
WORDS = {
    Language.FRENCH: ("Amina", "Couturière", "Atelier Nour, quartier de Tabriquet"),
    Language.ARABIC: ("أمينة", "خياطة وتفصيل الملابس", "ورشة النور، حي تابريكت"),
}

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("language", [Language.FRENCH, Language.ARABIC]),
]


@pytest.fixture
def served(office: Office) -> Iterator[Server]:
    with Server(office.app) as server:
        yield server


def published(office: Office, language: Language) -> str:
    """A page with three steps, one of them verified."""
    world, storage = office.world, office.world.storage
    name, what, where = WORDS[language]
    person = world.person(name)
    for number in range(3):
        world.step(person, f"{what} {number}", where)
    key = storage.keystore.of_participants([person])[person]
    with storage.write() as tx:
        ids = list(tx.scalars(select(MILESTONES.c.id).where(MILESTONES.c.pseudonym == key.pseudonym)))
        verified = MILESTONES.update().where(MILESTONES.c.id == ids[0])
        tx.execute(verified.values(verification=Verification.VERIFIED))
        made = PageMade("page1", TOKEN, "Zina", tuple(ids), language, world.now + timedelta(days=30))
        tx.execute(EMPLOYER_PAGES.insert(), page_row(storage.vault, key, made, world.now))
    return f"/p/{TOKEN}"


def test_it_fits_a_phone_and_everyone_can_read_it(
    chromium: Browser, office: Office, served: Server, language: Language
) -> None:
    page = chromium.new_context(viewport=PHONE).new_page()
    page.goto(served.url + published(office, language))
    name, what, _ = WORDS[language]
    assert page.locator("h1").inner_text() == name
    assert page.locator(".what").all_inner_texts() == [f"{what} {n}" for n in (2, 1, 0)]
    assert page.locator(".checked").count() == 1
    assert_accessible(page)
    assert_fits(page)


def test_the_language_is_switched_by_keyboard_and_the_page_without_script(
    chromium: Browser, office: Office, served: Server, language: Language
) -> None:
    page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(served.url + published(office, language))
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**language=en")
    assert page.locator("h2").all_inner_texts() == ["Work"]


def test_a_page_that_is_not_there_fits_too(
    chromium: Browser, office: Office, served: Server, language: Language
) -> None:
    page = chromium.new_context(viewport=PHONE, locale=language.value).new_page()
    answer = page.goto(f"{served.url}/p/unknown")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("html").get_attribute("lang") == language
    assert_accessible(page)
    assert_fits(page)
