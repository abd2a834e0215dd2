"""The bot as it is kept connected: it hears people whatever becomes of its set-up."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.channels.accounts import TelegramAccount
from bot.channels.telegram.service import TelegramService
from bot.channels.telegram.transport import TelegramTransport
from bot.service import system_clock
from bot.watching.troubles import Troubles
from conversations.events import InboundEvent, StatusEvent
from conversations.vocabulary import Channel, Language
from tests.bot.driving import until
from tests.fakes.answers import Answer, Silence
from tests.fakes.telegram_server import SERVER_ERROR, FakeTelegram, trouble

AMINA = 5000000007
WEBHOOK = "https://carnet.example.org"


class Store:
    """A receiver that keeps what it gets."""

    def __init__(self) -> None:
        self.events: list[InboundEvent] = []

    async def receive(self, events: Sequence[InboundEvent]) -> None:
        self.events.extend(events)

    async def status(self, event: StatusEvent) -> None:
        raise AssertionError("Telegram has no status reports")


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.service.RETRY", 0.01)
    monkeypatch.setattr("bot.channels.telegram.polling.FIRST_PAUSE", 0.01)


@pytest.fixture
def store() -> Store:
    return Store()


@asynccontextmanager
async def connected(
    account: TelegramAccount, store: Store, webhook_url: str = ""
) -> AsyncIterator[TelegramService]:
    """The service at work; at the end of the block it stops without an error."""
    transport = TelegramTransport(account)
    service = TelegramService(account, transport, Language.FRENCH, system_clock, Troubles())
    serving = asyncio.create_task(service.serve(store, webhook_url))
    yield service
    service.stop()
    await serving
    await transport.close()


ODD = (
    pytest.param(Answer(200, {}), id="an empty object"),
    pytest.param(Answer(200, []), id="a list"),
    pytest.param(Answer(200, {"ok": True, "result": True}), id="only true"),
    pytest.param(trouble(404, "Not Found"), id="a method that is not there"),
    pytest.param(SERVER_ERROR, id="server error"),
)


@pytest.mark.parametrize("method", ["getMe", "setMyCommands", "deleteWebhook"])
@pytest.mark.parametrize("odd", ODD)
async def test_whatever_becomes_of_the_set_up_people_are_heard(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store, method: str, odd: Answer
) -> None:
    fake_telegram.will(method, *[odd] * 1000)
    fake_telegram.offer(fake_telegram.text(AMINA, "un"))
    async with connected(telegram_account, store):
        await until(lambda: bool(store.events))


async def test_a_set_up_without_an_answer_holds_nobody_up(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store
) -> None:
    fake_telegram.will("getMe", Silence())
    fake_telegram.offer(fake_telegram.text(AMINA, "un"))
    async with connected(telegram_account, store) as service:
        await until(lambda: bool(store.events))
        assert service.username == ""
        fake_telegram.script.over.set()
        await until(lambda: service.username == "carnet_bot")


@pytest.mark.parametrize("odd", ODD[:2])
async def test_a_set_up_that_failed_is_tried_again(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store, odd: Answer
) -> None:
    for method in ("getMe", "setMyCommands", "setWebhook"):
        fake_telegram.will(method, odd, odd)
    async with connected(telegram_account, store, WEBHOOK) as service:
        await until(lambda: service.troubles.of(Channel.TELEGRAM))
        await until(lambda: service.username == "carnet_bot")
        await until(lambda: fake_telegram.webhook.get("url") == f"{WEBHOOK}/channels/telegram")
        await until(lambda: len(fake_telegram.called("setMyCommands")) == 2 + 1 + len(Language))
        await until(lambda: not service.troubles.of(Channel.TELEGRAM))
