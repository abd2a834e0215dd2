"""The simulated phone in a real browser: at 360 pixels, in French and Arabic, by keyboard, without faults."""

from collections.abc import Iterator, Sequence

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, FilePayload, Page, expect

from bot.channels.phone.routes import phone_routes
from bot.channels.phone.screens import PhoneTransport
from conversations.events import InboundEvent, StatusEvent
from conversations.messages import Choice, Prompt, PromptKind, Say, Verbatim
from conversations.render.catalogue import say
from conversations.render.parts import render
from conversations.vocabulary import Language
from tests.browsing import assert_accessible, assert_fits
from tests.fakes.server import Server

LABELS = {
    Language.FRENCH: ("Quel genre de travail est-ce ?", "Un emploi salarié", "Mon projet", "Autre"),
    Language.ARABIC: ("ما نوع العمل؟", "عمل بأجر", "مشروعي الخاص", "CDI"),
}

# The browser notes every refusal on its console; the page says it to the person.
REFUSED = "the server responded with a status of"


class Questioner:
    """A receiver that answers everything with one question."""

    def __init__(self, transport: PhoneTransport, language: Language) -> None:
        self.transport, self.language = transport, language

    async def receive(self, events: Sequence[InboundEvent]) -> None:
        question, *labels = LABELS[self.language]
        choices = tuple(Choice(label, Verbatim(label)) for label in labels)
        prompt = Prompt(PromptKind.REPLY, (Verbatim(question),), choices, "tok")
        for part in render(prompt, self.language, self.transport.capabilities):
            await self.transport.send(events[-1].address, part, "outbox-1")

    async def status(self, event: StatusEvent) -> None:
        raise AssertionError("the phone has no status reports")


async def anybody() -> None:
    """Lets everybody in."""


@pytest.fixture(params=list(LABELS), ids=lambda language: language.name.lower())
def language(request: pytest.FixtureRequest) -> Language:
    return Language(request.param)


@pytest.fixture
def phone(chromium: Browser, language: Language) -> Iterator[Page]:
    transport, app = PhoneTransport(), FastAPI()
    app.include_router(phone_routes(transport, Questioner(transport, language), anybody, language))
    with Server(app) as server:
        opened = chromium.new_page(viewport={"width": 360, "height": 740}, base_url=server.url)
        faults: list[str] = []
        opened.on("console", lambda message: None if REFUSED in message.text else faults.append(message.text))
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.goto(f"/phone?lang={language}")
        yield opened
        opened.close()
        assert faults == []


def test_a_conversation_by_keyboard_alone(phone: Page, language: Language) -> None:
    question, first, *_ = LABELS[language]
    phone.locator("#text").focus()
    phone.keyboard.type("Salam")
    phone.keyboard.press("Enter")
    expect(phone.locator(".bubble.carnet")).to_contain_text(question)
    expect(phone.locator("#text")).to_have_value("")
    phone.get_by_role("button", name=first).focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".bubble.person").last).to_contain_text(first)
    expect(phone.locator(".bubble.carnet")).to_have_count(2)


def test_no_violation_of_the_accessibility_rules(phone: Page) -> None:
    assert_accessible(phone)
    phone.fill("#text", "Salam")
    phone.keyboard.press("Enter")
    expect(phone.locator(".bubble.carnet")).to_have_count(1)
    assert_accessible(phone)


def test_the_newest_message_is_in_view_and_nothing_is_wider_than_the_phone(phone: Page) -> None:
    for number in range(1, 7):
        phone.fill("#text", "mot " * 40)
        phone.keyboard.press("Enter")
        expect(phone.locator(".bubble.carnet")).to_have_count(number)
    expect(phone.locator(".bubble").last).to_be_in_viewport()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.reload()
    expect(phone.locator(".bubble").last).to_be_in_viewport()


def test_the_direction_is_the_languages(phone: Page, language: Language) -> None:
    phone.fill("#text", "Salam")
    phone.keyboard.press("Enter")
    buttons = phone.locator(".row button")
    expect(buttons.first).to_be_visible()
    boxes = [button.bounding_box() for button in buttons.all()[:2]]
    assert all(box is not None for box in boxes)
    left, right = (box["x"] for box in boxes if box is not None)
    assert (left > right) is language.right_to_left


def test_a_message_that_did_not_leave_is_kept_and_said(phone: Page) -> None:
    phone.route("**/phone/say*", lambda route: route.fulfill(status=503, body=""))
    phone.fill("#text", "Salam")
    phone.keyboard.press("Enter")
    expect(phone.locator("#trouble")).to_be_visible()
    expect(phone.locator("#text")).to_have_value("Salam")


def test_a_voice_and_a_place_are_sent_from_the_page(phone: Page) -> None:
    phone.locator("#attach summary").click()
    assert_fits(phone)
    assert_accessible(phone)
    sound = FilePayload(name="answer.ogg", mimeType="audio/ogg", buffer=b"OggS an invented recording")
    phone.set_input_files("#file", sound)
    phone.locator("#attach form button").first.click()
    expect(phone.locator(".bubble.person audio")).to_have_count(1)
    expect(phone.locator(".bubble.carnet")).to_have_count(1)
    expect(phone.locator("#attach")).not_to_have_attribute("open", "")
    phone.locator("#attach summary").click()
    phone.locator("#attach form button").last.click()
    expect(phone.locator(".bubble.person").last).to_contain_text("📍 34.02, -6.83")


def test_a_file_that_is_too_large_is_said(phone: Page, language: Language) -> None:
    phone.locator("#attach summary").click()
    too_large = FilePayload(name="film.mp4", mimeType="video/mp4", buffer=b"x" * (6 * 2**20))
    phone.set_input_files("#file", too_large)
    phone.locator("#attach form button").first.click()
    expect(phone.locator("#trouble")).to_have_text(say(Say("phone.too_large"), language))
