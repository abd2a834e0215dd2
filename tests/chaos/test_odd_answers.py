"""Answers in every manner that HTTP allows, and in some that it does not: what each means for a send."""

import json
import time
from collections.abc import AsyncIterator

import pytest

from bot.channels.accounts import TelegramAccount, TwilioAccount
from bot.channels.sending import SendResult, Transport
from bot.channels.telegram import request as telegram_request
from bot.channels.telegram.transport import TelegramTransport
from bot.channels.twilio import client as twilio_client
from bot.channels.twilio.transport import TwilioTransport
from conversations.render.parts import Part
from conversations.vocabulary import Channel, SendOutcome
from tests.chaos.wire import Manner, Reply, Request, Server
from tests.fakes import telegram_server, twilio_server

CHAT = {"id": 5_000_000_001, "type": "private", "first_name": "Amina"}
TAKEN = {
    Channel.TELEGRAM: {"ok": True, "result": {"message_id": 2**53 - 1, "date": 1, "text": "x", "chat": CHAT}},
    Channel.WHATSAPP: {"sid": f"SM{1:032x}", "status": "queued", "error_code": None},
}
ADDRESS = {Channel.TELEGRAM: "5000000001", Channel.WHATSAPP: "whatsapp:+212600000001"}

SENT, UNKNOWN, LATER, TROUBLE = (
    SendOutcome.SENT,
    SendOutcome.UNKNOWN,
    SendOutcome.RETRY_LATER,
    SendOutcome.ACCOUNT_TROUBLE,
)
HTML = b"<html><body>Too busy</body></html>"


class Provider:
    """Answers every send alike."""

    def __init__(self) -> None:
        self.reply = Reply()

    async def answer(self, _request: Request) -> Reply:
        return self.reply


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture(params=[Channel.TELEGRAM, Channel.WHATSAPP])
async def transport(request: pytest.FixtureRequest, provider: Provider) -> AsyncIterator[Transport]:
    async with Server(provider.answer) as server:
        made: Transport
        if request.param is Channel.TELEGRAM:
            made = TelegramTransport(TelegramAccount(telegram_server.TOKEN, server.url))
        else:
            public = twilio_server.PUBLIC_URL
            account = TwilioAccount("AC0", "secret", public, server.url, twilio_server.WHATSAPP_FROM)
            made = TwilioTransport(account, Channel.WHATSAPP)
        yield made
        await made.close()


async def send(transport: Transport) -> SendResult:
    return await transport.send(ADDRESS[transport.channel], Part("Bonjour"), "outbox-1")


def taken(transport: Transport, manner: Manner) -> Reply:
    return Reply(200, json.dumps(TAKEN[transport.channel]).encode(), manner=manner)


@pytest.mark.parametrize(
    ("manner", "outcome"),
    [
        (Manner.PLAIN, SENT),
        (Manner.CLOSED, SENT),
        (Manner.CHUNKED, SENT),
        (Manner.GZIPPED, SENT),
        (Manner.CONTINUED, SENT),
        (Manner.CUT, UNKNOWN),
        (Manner.RESET, UNKNOWN),
    ],
)
async def test_an_answer_means_the_same_in_every_manner(
    transport: Transport, provider: Provider, manner: Manner, outcome: SendOutcome
) -> None:
    provider.reply = taken(transport, manner)
    for _ in range(3):  # on a new connection, on one that was kept, on one that the provider closed
        assert (await send(transport)).outcome is outcome


async def test_an_answer_without_end_is_waited_for_within_the_lease_only(
    transport: Transport, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_request, "WHOLE", 0.5)
    monkeypatch.setattr(twilio_client, "WHOLE", 0.5)
    provider.reply = taken(transport, Manner.DRIPPING)
    began = time.monotonic()
    assert (await send(transport)).outcome is UNKNOWN
    assert time.monotonic() - began < 10  # it drips for minutes


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        pytest.param(Reply(429, b"{}"), LATER, id="429 without a word"),
        pytest.param(Reply(429, b""), LATER, id="429 without a body"),
        pytest.param(Reply(429, b"[]"), LATER, id="429 as a list"),
        pytest.param(Reply(429, HTML, "text/html"), LATER, id="429 of a proxy"),
        pytest.param(Reply(301, b"", headers=(("Location", "/other"),)), TROUBLE, id="301"),
        pytest.param(Reply(302, HTML, "text/html", (("Location", "/login"),)), TROUBLE, id="302"),
        pytest.param(Reply(307, b"", headers=(("Location", "/other"),)), TROUBLE, id="307"),
        pytest.param(Reply(500, HTML, "text/html"), UNKNOWN, id="500"),
        pytest.param(Reply(503, b""), UNKNOWN, id="503 without a body"),
        pytest.param(Reply(504, HTML * 100_000, "text/html"), UNKNOWN, id="504 with megabytes"),
        pytest.param(Reply(200, HTML * 100_000, "text/html"), UNKNOWN, id="200 with megabytes"),
        pytest.param(Reply(200, b""), UNKNOWN, id="200 without a body"),
        pytest.param(Reply(200, b"[" * 100_000), UNKNOWN, id="200 nested without end"),
        pytest.param(Reply(200, b'{"ok":true,"res', manner=Manner.PLAIN), UNKNOWN, id="half a JSON"),
        pytest.param(Reply(200, b"{}", headers=(("Content-Encoding", "gzip"),)), UNKNOWN, id="no gzip"),
    ],
)
async def test_odd_answers_are_taken_as_they_are_meant(
    transport: Transport, provider: Provider, reply: Reply, outcome: SendOutcome
) -> None:
    provider.reply = reply
    result = await send(transport)
    assert result.outcome is outcome
    assert result.code


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {"ok": False, "error_code": 429, "description": "slow", "parameters": {"retry_after": 3}},
            SendResult(LATER, code="429", retry_after=3.0),
        ),
        (
            {"ok": False, "error_code": "429", "parameters": {"retry_after": "3"}},
            SendResult(LATER, code="429", retry_after=3.0),
        ),
        (
            {"ok": False, "error_code": 429, "parameters": {"retry_after": -1}},
            SendResult(LATER, code="429"),
        ),
        (
            {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"},
            SendResult(SendOutcome.OPTED_OUT, code="403"),
        ),
    ],
)
@pytest.mark.parametrize("transport", [Channel.TELEGRAM], indirect=True)
async def test_a_refusal_of_telegram_is_one_in_a_success_too(
    transport: Transport, provider: Provider, body: dict[str, object], expected: SendResult
) -> None:
    provider.reply = Reply(200, json.dumps(body).encode())
    assert await send(transport) == expected


@pytest.mark.parametrize("transport", [Channel.WHATSAPP], indirect=True)
async def test_twilio_says_in_a_header_how_long_to_wait(transport: Transport, provider: Provider) -> None:
    body = json.dumps({"code": 20429, "status": 429}).encode()
    provider.reply = Reply(429, body, headers=(("Retry-After", "7"),))
    assert (await send(transport)).retry_after == 7.0
    provider.reply = Reply(429, body, headers=(("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT"),))
    assert (await send(transport)).retry_after is None


async def test_half_an_answer_is_not_logged(
    transport: Transport, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.reply = Reply(200, b'{"ok":true,"result":{"text":"Bonjour Amina, +2126000')
    await send(transport)
    assert "Amina" not in caplog.text
