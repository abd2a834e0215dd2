"""The page of messages that did not arrive, on a phone of 360 pixels and a laptop, in French and Arabic."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize
from sqlalchemy import select

from conversations.messages import PromptKind
from conversations.vocabulary import Channel, ConsentState, DeliveryState, Language
from storage.tables.core import OUTBOX
from storage.tables.vocabulary import FailureReason
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


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_why_is_read_and_one_is_sent_again_by_keyboard(
    chromium: Browser, office: Office, served: Server, language: Language, size: ViewportSize
) -> None:
    world = office.world
    world.member("salma", cohorts=(world.north,))
    people = [
        world.person("أمينة", channel=Channel.WHATSAPP),
        world.person("Marie-Thérèse de la Grande Maison", prompting=ConsentState.REFUSED),
        world.person(""),
    ]
    for person, reason in zip(
        people, (FailureReason.UNREACHABLE, FailureReason.REJECTED, FailureReason.UNCONFIRMED), strict=True
    ):
        world.got(person, "…", state=DeliveryState.FAILED, reason=reason, kind=PromptKind.BROADCAST)
    page = opened(chromium, served, "/undelivered", size, language)
    assert_accessible(page)
    assert_fits(page)
    page.locator("form:has([name=message]) button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**notice=sent_again**")
    assert_accessible(page)
    assert len([row for row in rows(world.storage, select(OUTBOX)) if row.again_of]) == 1
    refused = page.locator("li", has_text="Marie-Thérèse").locator("button").first
    refused.press("Enter")
    page.wait_for_selector(".notice-trouble")
    assert_accessible(page)
    assert_fits(page)
