"""The routes providers deliver to: what is refused, what is stored, and when 200 is said."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from urllib.parse import urlencode

import httpx
import pytest
import pytest_asyncio
from prometheus_client import REGISTRY
from starlette.applications import Starlette

from bot.channels.accounts import TelegramAccount, TwilioAccount
from bot.channels.bodies import FIELD_LIMIT
from bot.channels.receiving import Unavailable
from bot.channels.twilio.transport import TwilioTransport
from bot.channels.webhooks import telegram_routes, twilio_routes
from bot.service import system_clock
from conversations.events import InboundEvent, StatusEvent, Tap, Text
from conversations.render.parts import Part
from conversations.vocabulary import Channel
from tests.fakes import telegram_server
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

AMINA, AMINA_WHATSAPP = 5000000007, "whatsapp:+212600000001"
TELEGRAM = "/channels/telegram"
SECRET = {"X-Telegram-Bot-Api-Secret-Token": telegram_server.SECRET}
MEGABYTE = 1024 * 1024


class Store:
    """A receiver that keeps what it gets, or cannot store while `away`."""

    def __init__(self) -> None:
        self.events: list[InboundEvent] = []
        self.reports: list[StatusEvent] = []
        self.acknowledged: list[str] = []
        self.away = False

    async def receive(self, events: Sequence[InboundEvent]) -> None:
        if self.away:
            raise Unavailable
        self.events.extend(events)

    async def status(self, event: StatusEvent) -> None:
        if self.away:
            raise Unavailable
        self.reports.append(event)

    async def acknowledge(self, callback_query_id: str) -> None:
        self.acknowledged.append(callback_query_id)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest_asyncio.fixture
async def client(
    store: Store, telegram_account: TelegramAccount, twilio_account: TwilioAccount
) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(
        routes=[
            *telegram_routes(telegram_account, store, store.acknowledge, system_clock),
            *twilio_routes(twilio_account, store, system_clock),
        ]
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://inside") as made:
        yield made


def counted(channel: str, result: str) -> float:
    return REGISTRY.get_sample_value("carnet_inbound_total", {"channel": channel, "result": result}) or 0.0


async def test_a_telegram_update_is_stored_before_200_is_said(
    client: httpx.AsyncClient, fake_telegram: FakeTelegram, store: Store
) -> None:
    before = counted("telegram", "stored")
    assert await fake_telegram.push(fake_telegram.text(AMINA, "Salam"), client) == 200
    assert [event.content for event in store.events] == [Text("Salam")]
    assert counted("telegram", "stored") == before + 1


async def test_a_tap_is_acknowledged_after_it_is_stored(
    client: httpx.AsyncClient, fake_telegram: FakeTelegram, store: Store
) -> None:
    update = fake_telegram.tap(AMINA, "tok:1")
    assert await fake_telegram.push(update, client) == 200
    assert [event.content for event in store.events] == [Tap("tok:1")]
    assert len(store.acknowledged) == 1


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, {"X-Other": "x"}])
async def test_telegram_without_the_secret_is_refused(
    client: httpx.AsyncClient, fake_telegram: FakeTelegram, store: Store, headers: dict[str, str]
) -> None:
    answer = await client.post(TELEGRAM, json=fake_telegram.text(AMINA, "x"), headers=headers)
    assert answer.status_code == 403
    assert store.events == []


async def test_a_secret_that_is_not_ascii_is_refused_without_an_error(client: httpx.AsyncClient) -> None:
    headers = {b"X-Telegram-Bot-Api-Secret-Token": "é".encode()}
    assert (await client.post(TELEGRAM, json={}, headers=headers)).status_code == 403


async def test_a_bot_without_a_secret_takes_no_webhook(store: Store, fake_telegram: FakeTelegram) -> None:
    app = Starlette(routes=telegram_routes(TelegramAccount("1:x"), store, store.acknowledge, system_clock))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://inside") as client:
        assert await fake_telegram.push(fake_telegram.text(AMINA, "x"), client, secret="") == 403
    assert store.events == []


@pytest.mark.parametrize(
    ("body", "result"),
    [
        pytest.param(b"{", "malformed", id="broken JSON"),
        pytest.param(b"\xff\xfe", "malformed", id="not text"),
        pytest.param(b"[]", "malformed", id="not an object"),
        pytest.param(b"[" * 100_000, "malformed", id="bottomless"),
        pytest.param(b"", "malformed", id="empty"),
        pytest.param(json.dumps({"update_id": 1, "hologram": {}}).encode(), "ignored", id="unknown kind"),
        pytest.param(json.dumps({"update_id": 1, "message": {}}).encode(), "ignored", id="broken message"),
    ],
)
async def test_what_cannot_be_understood_is_taken_once_and_counted(
    client: httpx.AsyncClient, store: Store, body: bytes, result: str
) -> None:
    before = counted("telegram", result)
    assert (await client.post(TELEGRAM, content=body, headers=SECRET)).status_code == 200
    assert counted("telegram", result) == before + 1
    assert store.events == []


async def test_a_whatsapp_message_and_an_sms_are_stored(
    client: httpx.AsyncClient, fake_twilio: FakeTwilio, store: Store
) -> None:
    assert await fake_twilio.push(fake_twilio.message(AMINA_WHATSAPP, "سلام"), client) == 200
    assert await fake_twilio.push(fake_twilio.message("+212600000001", "Salam"), client) == 200
    assert [(event.channel, event.content) for event in store.events] == [
        (Channel.WHATSAPP, Text("سلام")),
        (Channel.SMS, Text("Salam")),
    ]


async def test_twilio_gets_an_empty_answer_so_that_nothing_is_sent_back_past_the_outbox(
    client: httpx.AsyncClient, fake_twilio: FakeTwilio
) -> None:
    form, path = fake_twilio.message(AMINA_WHATSAPP, "x"), "/channels/whatsapp"
    answer = await client.post(path, data=form, headers=fake_twilio.sign(form, path))
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("path", ["/channels/whatsapp", "/channels/sms", "/channels/twilio/status?outbox=o"])
async def test_twilio_unsigned_or_wrongly_signed_is_refused(
    client: httpx.AsyncClient, fake_twilio: FakeTwilio, store: Store, path: str
) -> None:
    form = fake_twilio.message(AMINA_WHATSAPP, "x") | {"MessageStatus": "sent"}
    signed = fake_twilio.sign(form, path)
    tampered = form | {"Body": "y"}
    for headers, body in (({}, form), (signed | {"X-Twilio-Signature": "x" * 28}, form), (signed, tampered)):
        assert (await client.post(path, data=body, headers=headers)).status_code == 403
    assert (store.events, store.reports) == ([], [])


@pytest.mark.parametrize("path", [TELEGRAM, "/channels/whatsapp", "/channels/sms", "/channels/twilio/status"])
async def test_a_body_over_a_megabyte_is_not_read(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.post(path, content=b"x" * (MEGABYTE + 1), headers=SECRET)
    assert answer.status_code == 413


@pytest.mark.parametrize("path", [TELEGRAM, "/channels/whatsapp"])
async def test_a_body_without_a_length_is_read_no_further_than_a_megabyte(
    client: httpx.AsyncClient, path: str
) -> None:
    served = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal served
        for _ in range(64):
            served += 1
            yield b"x" * (MEGABYTE // 16)

    answer = await client.post(path, content=chunks(), headers=SECRET)
    assert answer.status_code == 413
    assert served == 17


@pytest.mark.parametrize("path", ["/channels/whatsapp", "/channels/sms", "/channels/twilio/status"])
async def test_a_form_of_too_many_fields_is_refused_before_its_signature_is_looked_at(
    client: httpx.AsyncClient, fake_twilio: FakeTwilio, store: Store, path: str
) -> None:
    form = fake_twilio.message(AMINA_WHATSAPP, "x", MessageStatus="sent")
    form |= {f"a{n}": "" for n in range(FIELD_LIMIT + 1 - len(form))}
    channel = path.removeprefix("/channels/")
    for headers in (fake_twilio.sign(form, path), {}):
        before = counted(channel, "too_large")
        assert (await client.post(path, content=urlencode(form), headers=headers)).status_code == 413
        assert counted(channel, "too_large") == before + 1
    assert (store.events, store.reports) == ([], [])


async def test_a_form_of_as_many_fields_as_the_limit_is_taken(
    client: httpx.AsyncClient, fake_twilio: FakeTwilio, store: Store
) -> None:
    form = fake_twilio.message(AMINA_WHATSAPP, "Salam")
    form |= {f"a{n}": "" for n in range(FIELD_LIMIT - len(form))}
    assert await fake_twilio.push(form, client) == 200
    assert [event.content for event in store.events] == [Text("Salam")]


async def test_what_could_not_be_stored_is_asked_for_again(
    client: httpx.AsyncClient, fake_telegram: FakeTelegram, fake_twilio: FakeTwilio, store: Store
) -> None:
    store.away = True
    update, form = fake_telegram.text(AMINA, "Salam"), fake_twilio.message(AMINA_WHATSAPP, "Salam")
    assert await fake_telegram.push(update, client) == 503
    assert await fake_twilio.push(form, client) == 503
    store.away = False
    assert await fake_telegram.push(update, client) == 200
    assert await fake_twilio.push(form, client) == 200
    assert len(store.events) == 2


async def test_parallel_deliveries_of_one_message_carry_the_same_id(
    client: httpx.AsyncClient, fake_twilio: FakeTwilio, store: Store
) -> None:
    form = fake_twilio.message(AMINA_WHATSAPP, "Salam")
    assert set(await asyncio.gather(*(fake_twilio.push(form, client) for _ in range(20)))) == {200}
    assert {event.event_id for event in store.events} == {form["MessageSid"]}


async def test_reports_come_back_with_our_id_in_whatever_order(
    client: httpx.AsyncClient, fake_twilio: FakeTwilio, twilio_account: TwilioAccount, store: Store
) -> None:
    transport = TwilioTransport(twilio_account, Channel.WHATSAPP)
    result = await transport.send(AMINA_WHATSAPP, Part("Bonjour"), "outbox/1")
    await transport.close()
    for status in ("read", "sent", "sent", "delivered", "some_new_state"):
        assert await fake_twilio.report(result.provider_message_id, status, client) == 200
    assert await fake_twilio.report(result.provider_message_id, "failed", client, "63016") == 200
    assert {report.outbox_id for report in store.reports} == {"outbox/1"}
    assert {report.provider_message_id for report in store.reports} == {result.provider_message_id}
    assert [report.status for report in store.reports][:3] == ["read", "sent", "sent"]
    assert store.reports[-1].error_code == "63016"


async def test_a_report_that_could_not_be_stored_is_asked_for_again(
    client: httpx.AsyncClient, fake_twilio: FakeTwilio, twilio_account: TwilioAccount, store: Store
) -> None:
    transport = TwilioTransport(twilio_account, Channel.WHATSAPP)
    result = await transport.send(AMINA_WHATSAPP, Part("Bonjour"), "outbox-1")
    await transport.close()
    store.away = True
    assert await fake_twilio.report(result.provider_message_id, "sent", client) == 503
