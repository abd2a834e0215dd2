"""The simulated phone, as a browser without JavaScript sees it."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI, HTTPException

from bot.channels.phone import screens as phone
from bot.channels.phone.routes import Guard, phone_routes
from bot.channels.phone.screens import PhoneTransport
from bot.channels.receiving import Unavailable
from conversations.events import InboundEvent, StatusEvent, Tap, Text
from conversations.render.labels import Button
from conversations.render.parts import Part
from conversations.vocabulary import Channel, Language, SendOutcome


class Echo:
    """A receiver that answers what it hears, with two buttons, or cannot store while `away`."""

    def __init__(self, transport: PhoneTransport) -> None:
        self.transport = transport
        self.events: list[InboundEvent] = []
        self.away = False

    async def receive(self, events: Sequence[InboundEvent]) -> None:
        if self.away:
            raise Unavailable
        for event in events:
            self.events.append(event)
            heard = event.content.text if isinstance(event.content, Text) else event.content.type
            rows = ((Button("tok:0", "Oui"), Button("tok:1", "Non")),)
            await self.transport.send(event.address, Part(f"Entendu : {heard}", rows), "outbox-1")

    async def status(self, event: StatusEvent) -> None:
        raise AssertionError("the phone has no status reports")


async def anybody() -> None:
    """Lets everybody in."""


async def nobody() -> None:
    raise HTTPException(403)


@pytest.fixture
def transport() -> PhoneTransport:
    return PhoneTransport()


@pytest.fixture
def echo(transport: PhoneTransport) -> Echo:
    return Echo(transport)


def browser(transport: PhoneTransport, echo: Echo, guard: Guard = anybody) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(phone_routes(transport, echo, guard, Language.FRENCH))
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://phone", follow_redirects=True
    )


@pytest_asyncio.fixture
async def amina(transport: PhoneTransport, echo: Echo) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(transport, echo) as made:
        await made.get("/phone")
        yield made


async def test_a_message_and_its_answer_stand_on_the_page(amina: httpx.AsyncClient, echo: Echo) -> None:
    page = await amina.post("/phone/say", data={"text": "Bonjour"})
    assert page.url == "http://phone/phone"
    assert page.text.index("Bonjour") < page.text.index("Entendu : Bonjour")
    (event,) = echo.events
    assert (event.channel, event.content) == (Channel.PHONE, Text("Bonjour"))
    assert re.fullmatch(r"phone:[\w-]{16}", event.address)


async def test_loading_the_page_again_sends_nothing_twice(amina: httpx.AsyncClient, echo: Echo) -> None:
    await amina.post("/phone/say", data={"text": "Bonjour"})
    await amina.get("/phone")
    assert len(echo.events) == 1


async def test_a_button_posts_its_payload_and_shows_its_title(amina: httpx.AsyncClient, echo: Echo) -> None:
    page = await amina.post("/phone/say", data={"text": "Bonjour"})
    assert '<button name="payload" value="tok:1">Non</button>' in page.text
    page = await amina.post("/phone/tap", data={"payload": "tok:1"})
    assert echo.events[-1].content == Tap("tok:1", "Non")
    assert "Entendu : tap" in page.text


async def test_what_people_write_is_never_markup(amina: httpx.AsyncClient) -> None:
    page = await amina.post("/phone/say", data={"text": "<script>alert(1)</script>"})
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


@pytest.mark.parametrize("text", ["", "👩🏽‍🔧", "\u200f", "a\0b", "x" * 10_000, "سلام\r\nbonjour"])
async def test_anything_can_be_said(amina: httpx.AsyncClient, echo: Echo, text: str) -> None:
    page = await amina.post("/phone/say", data={"text": text})
    assert page.status_code == 200
    assert echo.events[-1].content == Text(text.replace("\0", ""))


async def test_each_browser_has_a_phone_of_its_own(
    amina: httpx.AsyncClient, transport: PhoneTransport, echo: Echo
) -> None:
    await amina.post("/phone/say", data={"text": "Amina"})
    async with browser(transport, echo) as ali:
        page = await ali.post("/phone/say", data={"text": "Ali"})
    assert "Amina" not in page.text
    assert len({event.address for event in echo.events}) == 2


async def test_a_new_phone_is_empty_and_has_another_address(amina: httpx.AsyncClient, echo: Echo) -> None:
    await amina.post("/phone/say", data={"text": "Bonjour"})
    page = await amina.post("/phone/new?lang=en")
    assert "Entendu" not in page.text
    assert 'lang="en"' in page.text
    await amina.post("/phone/say", data={"text": "Salam"})
    assert len({event.address for event in echo.events}) == 2


@pytest.mark.parametrize(
    ("query", "accepted", "expected"),
    [
        ("", "", 'lang="fr" dir="ltr"'),
        ("", "ar-MA,fr;q=0.8", 'lang="ar" dir="rtl"'),
        ("", "de, en-GB;q=0.7", 'lang="en" dir="ltr"'),
        ("?lang=en", "ar", 'lang="en" dir="ltr"'),
        ("?lang=xx", "", 'lang="fr" dir="ltr"'),
    ],
)
async def test_the_page_speaks_the_readers_language(
    amina: httpx.AsyncClient, query: str, accepted: str, expected: str
) -> None:
    page = await amina.get(f"/phone{query}", headers={"Accept-Language": accepted})
    assert f"<html {expected}>" in page.text


async def test_the_page_may_run_nothing_but_its_own_files(amina: httpx.AsyncClient) -> None:
    page = await amina.get("/phone")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "style=" not in page.text
    assert not re.search(r"<script(?! src=)|<style| on\w+=", page.text)
    for path in re.findall(r'(?:src|href)="(/phone/static/[^"]+)"', page.text):
        assert (await amina.get(path)).status_code == 200
    assert (await amina.get("/phone/static/../phone.py")).status_code == 404


async def test_a_page_open_in_a_browser_gets_only_what_is_new(amina: httpx.AsyncClient) -> None:
    assert (await amina.get("/phone/messages?after=0")).status_code == 204
    page = await amina.post("/phone/say", data={"text": "Bonjour"})
    question, answer = re.findall(r'data-number="(\d+)"', page.text)
    fresh = await amina.get(f"/phone/messages?after={question}")
    assert re.findall(r'data-number="(\d+)"', fresh.text) == [answer]
    assert (await amina.get(f"/phone/messages?after={answer}")).status_code == 204


async def test_a_page_left_open_over_a_restart_misses_nothing() -> None:
    before = PhoneTransport().write("phone:1", "Bonjour")
    await asyncio.sleep(0.01)
    after = PhoneTransport()
    await after.send("phone:1", Part("Encore là"), "outbox-1")
    assert [bubble.text for bubble in after.after("phone:1", before.number)] == ["Encore là"]


async def test_what_could_not_be_stored_is_not_shown_as_sent(amina: httpx.AsyncClient, echo: Echo) -> None:
    echo.away = True
    page = await amina.post("/phone/say?lang=en", data={"text": "Bonjour"})
    assert page.status_code == 503
    assert 'role="alert" >The message was not sent' in page.text
    assert "Bonjour" not in page.text


async def test_too_much_is_refused(amina: httpx.AsyncClient, echo: Echo) -> None:
    assert (await amina.post("/phone/say", data={"text": "x" * 1_100_000})).status_code == 413
    assert echo.events == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/phone"),
        ("GET", "/phone/messages"),
        ("POST", "/phone/say"),
        ("POST", "/phone/tap"),
        ("POST", "/phone/new"),
        ("GET", "/phone/static/phone.css"),
    ],
)
async def test_the_guard_stands_before_every_route(
    transport: PhoneTransport, echo: Echo, method: str, path: str
) -> None:
    async with browser(transport, echo, nobody) as stranger:
        assert (await stranger.request(method, path, data={"text": "x"})).status_code == 403
    assert echo.events == []


async def test_only_so_much_is_kept(transport: PhoneTransport) -> None:
    for number in range(phone.PHONES + 1):
        result = await transport.send(f"phone:{number}", Part("x"), "outbox-1")
        assert result.outcome is SendOutcome.SENT
    assert transport.after("phone:0", 0) == []
    assert len(transport.after("phone:1", 0)) == 1
    for _ in range(phone.BUBBLES + 5):
        transport.write("phone:1", "x")
    transport.write("phone:1", "the last")
    assert len(transport.after("phone:1", 0)) == phone.BUBBLES
    assert transport.after("phone:1", 0)[-1].text == "the last"
