"""A person's page as trainers see it: on a phone of 360 pixels and a laptop, in French and Arabic."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from conversations.vocabulary import Language
from tests.admin.conftest import Office
from tests.admin.invented import PASSWORD
from tests.browsing import assert_accessible, assert_fits
from tests.fakes.server import Server

PHONE, LAPTOP = ViewportSize(width=360, height=740), ViewportSize(width=1200, height=800)
AMBER = "rgb(217, 142, 4)"

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("language", [Language.FRENCH, Language.ARABIC]),
]


@pytest.fixture
def served(office: Office) -> Iterator[Server]:
    with Server(office.app) as server:
        yield server


def waiting(office: Office, steps: int) -> str:
    """Amina, who waits for an answer and has so many steps."""
    world = office.world
    world.member("salma", cohorts=(world.north,))
    amina = world.person("أمينة", awaited_since=world.now - timedelta(hours=1))
    world.wrote(amina, "Merci", timedelta(hours=3))
    world.got(amina, "Avec plaisir", timedelta(hours=2))
    world.wrote(amina, "أحتاج إلى مساعدة", timedelta(hours=1))
    for n in range(steps):
        world.step(amina, f"Couturière {n}", "Atelier Nour")
    return f"/participants/{amina}"


def opened(browser: Browser, served: Server, path: str, size: ViewportSize, language: Language) -> Page:
    page = browser.new_context(viewport=size).new_page()
    page.goto(f"{served.url}/sign-in")
    page.fill("[name=login]", "salma")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}/")
    page.locator("details.me summary").click()
    page.locator(f".me-languages [value={language}]").click()
    page.goto(served.url + path)
    return page


def edges(page: Page, selector: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def test_on_a_phone_the_steps_come_before_the_timeline(
    chromium: Browser, office: Office, served: Server, language: Language
) -> None:
    page = opened(chromium, served, waiting(office, 2), PHONE, language)
    order = (".person-write", ".person-steps", ".person-timeline", ".person-rest")
    places = [edges(page, part) for part in order]
    assert all(above[3] <= below[1] for above, below in pairwise(places))
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("steps", [0, 12])
def test_on_a_laptop_the_steps_stand_at_the_side(
    chromium: Browser, office: Office, served: Server, language: Language, steps: int
) -> None:
    page = opened(chromium, served, waiting(office, steps), LAPTOP, language)
    write, side = edges(page, ".person-write"), edges(page, ".person-steps")
    timeline, rest = edges(page, ".person-timeline"), edges(page, ".person-rest")
    assert (side[2] <= write[0]) if language.right_to_left else (write[2] <= side[0])
    assert side[1] == write[1]
    assert timeline[1] - write[3] <= 20, "no gap below the form, however long the steps are"
    assert rest[1] - side[3] <= 20, "no gap below the steps, however short they are"
    assert_accessible(page)


def test_what_waits_for_an_answer_has_an_amber_edge_where_reading_begins(
    chromium: Browser, office: Office, served: Server, language: Language
) -> None:
    page = opened(chromium, served, waiting(office, 1), PHONE, language)
    [entry] = page.locator(".entry-awaiting").all()
    assert "أحتاج" in entry.inner_text()
    side = "Right" if language.right_to_left else "Left"
    style = entry.evaluate(
        f"e => [getComputedStyle(e).border{side}Color, getComputedStyle(e).border{side}Width]"
    )
    assert style == [AMBER, "4px"]
    assert_accessible(page)
