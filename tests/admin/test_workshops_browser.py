"""The pages of workshops on a phone of 360 pixels and a laptop, in French and Arabic; and on paper."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from sqlalchemy import select

from conversations.vocabulary import Attendance, Language, WorkshopKind
from storage.tables.core import ATTENDANCE, WORKSHOPS
from storage.workshops import NewWorkshop, add_workshop
from tests.admin.conftest import Office
from tests.admin.test_person_page_browser import LAPTOP, PHONE, opened
from tests.bot.driving import rows
from tests.browsing import assert_accessible, assert_fits
from tests.fakes.server import Server

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("language", [Language.FRENCH, Language.ARABIC]),
]


@pytest.fixture
def served(office: Office) -> Iterator[Server]:
    with Server(office.app) as server:
        yield server


def begun(office: Office) -> str:
    """A workshop that has begun, for three people, one of them without a name; its page."""
    world = office.world
    salma = world.member("salma", cohorts=(world.north,))
    for name in ("أمينة", "Marie-Thérèse de la Grande Maison", ""):
        world.person(name)
    new = NewWorkshop(
        "ورشة السيرة الذاتية",
        WorkshopKind.COURSE,
        world.north,
        datetime.fromisoformat("2026-11-23T10:30"),
        "Africa/Casablanca",
        120,
        "Maison des associations, Salé",
    )
    with world.storage.write() as tx:
        workshop = add_workshop(tx, world.storage, salma, new, world.now)
    office.clock.move(timedelta(hours=1))
    return f"/workshops/{workshop}"


TYPED = {  # the days and hours as Chromium asks for them
    "title": "Entretien",
    "day": "11302026",
    "hour": "1000AM",
    "minutes": "90",
    "place": "Salé",
    "spot": "https://maps.app.goo.gl/x",
}


def tab_to(page: Page, field: str) -> None:
    """Press Tab until the field has the focus; days and hours are several stops each."""
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == field:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{field} is not reached by keyboard")


def assert_well(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_workshop_is_planned_and_its_sheet_ticked_by_keyboard(
    chromium: Browser, office: Office, served: Server, language: Language, size: ViewportSize
) -> None:
    path = begun(office)
    page = opened(chromium, served, "/workshops", size, language)
    assert_well(page)
    page.focus("#title")
    for field, typed in TYPED.items():
        tab_to(page, field)
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_selector("#spot[aria-invalid]")
    assert_well(page)
    assert page.evaluate("document.activeElement.id") == "spot"
    page.keyboard.press("Control+A")
    page.keyboard.type("34.02, -6.83")
    page.keyboard.press("Enter")
    page.wait_for_url("**/workshops/*?notice=workshop_added")
    assert_well(page)
    planned = rows(office.world.storage, select(WORKSHOPS).where(WORKSHOPS.c.minutes == 90))
    assert [(row.place, row.latitude) for row in planned] == [("Salé", 34.02)]
    page.goto(served.url + path)
    page.focus("[name=attendance][value=present] >> nth=1")
    page.keyboard.press("Enter")
    page.wait_for_url("**notice=workshop_marked**")
    assert_well(page)
    assert [row.attendance for row in rows(office.world.storage, select(ATTENDANCE))] == [Attendance.PRESENT]


def test_the_code_for_the_room_stands_large(
    chromium: Browser, office: Office, served: Server, language: Language
) -> None:
    page = opened(chromium, served, f"{begun(office)}/poster", PHONE, language)
    assert_well(page)
    code = page.locator(".poster-code")
    assert code.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 48


def test_on_paper_the_sheet_is_names_and_room_to_sign(
    chromium: Browser, office: Office, served: Server, language: Language
) -> None:
    page = opened(chromium, served, begun(office), LAPTOP, language)
    assert not page.locator(".on-paper").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".on-the-sheet .on-paper:visible").count() == 3
    assert "2026" in page.locator("main > .on-paper").inner_text()  # «today» would not be true for long
    assert page.locator("h1").is_visible()
    assert page.locator("main button:visible, header:visible").count() == 0
