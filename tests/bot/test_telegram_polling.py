"""Polling: every update is handed over once it can be stored, and confirmed only then."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from bot.channels.accounts import TelegramAccount
from bot.channels.receiving import Unavailable
from bot.channels.telegram.polling import poll
from bot.channels.telegram.transport import TelegramTransport
from bot.service import system_clock
from bot.watching.troubles import Troubles
from conversations.events import InboundEvent, StatusEvent, Tap, Text
from tests.fakes import telegram_server as fake
from tests.fakes.answers import BAD_GATEWAY, Answer
from tests.fakes.telegram_server import FakeTelegram

AMINA = 5000000007
PATIENCE = 10.0  # seconds


class Store:
    """A receiver that keeps what it gets, and cannot store at all while `away`."""

    def __init__(self) -> None:
        self.events: list[InboundEvent] = []
        self.attempts = 0
        self.away = 0  # so many attempts fail
        self.broken = 0  # so many attempts end in a defect

    async def receive(self, events: Sequence[InboundEvent]) -> None:
        self.attempts += 1
        if self.away:
            self.away -= 1
            raise Unavailable
        if self.broken:
            self.broken -= 1
            raise KeyError("defect")
        self.events.extend(events)

    async def status(self, event: StatusEvent) -> None:
        raise AssertionError("Telegram has no status reports")


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.polling.FIRST_PAUSE", 0.01)


@pytest.fixture
def store() -> Store:
    return Store()


async def poll_until(true: Callable[[], bool], account: TelegramAccount, store: Store) -> None:
    """Poll until something is true, then stop."""
    transport, stop = TelegramTransport(account), asyncio.Event()
    polling = asyncio.create_task(poll(account, transport, store, system_clock, stop, Troubles()))
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 -- told by the server's thread
            await asyncio.sleep(0.01)
    stop.set()
    await polling
    await transport.close()


def said(store: Store) -> list[str]:
    return [event.content.text for event in store.events if isinstance(event.content, Text)]


async def test_what_is_received_is_confirmed_afterwards(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store
) -> None:
    fake_telegram.offer(fake_telegram.text(AMINA, "un"), fake_telegram.text(AMINA, "deux"))
    last = int(str(fake_telegram.updates[-1]["update_id"]))
    await poll_until(
        lambda: (
            fake_telegram.called("getUpdates")[-1:] != []
            and fake_telegram.called("getUpdates")[-1]["offset"] == last + 1
        ),
        telegram_account,
        store,
    )
    assert said(store) == ["un", "deux"]
    assert fake_telegram.called("getUpdates")[0]["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]


async def test_a_webhook_left_over_is_removed_first_and_nothing_waiting_is_dropped(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store
) -> None:
    fake_telegram.webhook = {"url": "https://old.example.org"}
    fake_telegram.offer(fake_telegram.text(AMINA, "un"))
    await poll_until(lambda: bool(store.events), telegram_account, store)
    assert fake_telegram.called("deleteWebhook") == [{"drop_pending_updates": False}]


async def test_what_could_not_be_stored_is_fetched_again_and_not_confirmed(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store
) -> None:
    store.away = 2
    fake_telegram.offer(fake_telegram.text(AMINA, "un"))
    await poll_until(lambda: bool(store.events), telegram_account, store)
    assert store.attempts == 3
    assert said(store) == ["un"]
    assert [call["offset"] for call in fake_telegram.called("getUpdates")][:3] == [0, 0, 0]


async def test_an_update_nobody_can_read_does_not_hold_up_the_others(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store
) -> None:
    fake_telegram.offer(
        fake_telegram.update(message={"nonsense": True}),
        fake_telegram.update(purchased_hologram={"x": 1}),
        fake_telegram.text(AMINA, "un"),
    )
    await poll_until(lambda: bool(store.events), telegram_account, store)
    assert said(store) == ["un"]


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(fake.CONFLICT, id="another poller"),
        pytest.param(fake.UNAUTHORIZED, id="token refused"),
        pytest.param(fake.SERVER_ERROR, id="server error"),
        pytest.param(BAD_GATEWAY, id="HTML 502"),
        pytest.param(Answer(200, {"ok": True, "result": [{"no": "number"}]}), id="not as specified"),
        pytest.param(Answer(200, {"ok": True}), id="no result"),
        pytest.param(Answer(200, []), id="a list"),
        pytest.param(fake.flood(10**400), id="a pause beyond all numbers"),
    ],
)
async def test_trouble_is_waited_out(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store, trouble: Answer
) -> None:
    fake_telegram.will("getUpdates", trouble, trouble)
    fake_telegram.offer(fake_telegram.text(AMINA, "un"))
    await poll_until(lambda: bool(store.events), telegram_account, store)
    assert said(store) == ["un"]


async def test_a_webhook_that_could_not_be_removed_is_removed_once_it_is_in_the_way(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store
) -> None:
    fake_telegram.webhook = {"url": "https://old.example.org"}
    fake_telegram.will("deleteWebhook", fake.SERVER_ERROR)
    fake_telegram.offer(fake_telegram.text(AMINA, "un"))
    await poll_until(lambda: bool(store.events), telegram_account, store)
    assert len(fake_telegram.called("deleteWebhook")) == 2


ODD = (
    pytest.param(Answer(200, {}), id="an empty object"),
    pytest.param(Answer(200, []), id="a list"),
    pytest.param(Answer(200, "<html>a proxy</html>"), id="HTML"),
    pytest.param(fake.trouble(404, "Not Found"), id="a method that is not there"),
)


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_answer_about_the_webhook_keeps_nobody_from_being_heard(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store, odd: Answer
) -> None:
    fake_telegram.will("deleteWebhook", *[odd] * 20)
    fake_telegram.offer(fake_telegram.text(AMINA, "un"))
    await poll_until(lambda: bool(store.events), telegram_account, store)
    assert len(fake_telegram.called("deleteWebhook")) == 1


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_answer_to_an_acknowledgement_does_not_end_the_polling(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store, odd: Answer
) -> None:
    fake_telegram.will("answerCallbackQuery", odd)
    fake_telegram.offer(fake_telegram.tap(AMINA, "tok:1"))

    def acknowledged() -> bool:
        if fake_telegram.called("answerCallbackQuery") and not said(store):
            fake_telegram.offer(fake_telegram.text(AMINA, "un"))
        return bool(said(store))

    await poll_until(acknowledged, telegram_account, store)
    assert "un" in said(store)


async def test_a_batch_that_cannot_be_handled_does_not_end_the_polling(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store
) -> None:
    store.broken = 1
    fake_telegram.offer(fake_telegram.text(AMINA, "un"))
    await poll_until(lambda: bool(store.events), telegram_account, store)
    assert (said(store), store.attempts) == (["un"], 2)


async def test_a_tap_is_acknowledged_once_it_is_stored(
    telegram_account: TelegramAccount, fake_telegram: FakeTelegram, store: Store
) -> None:
    fake_telegram.offer(fake_telegram.tap(AMINA, "tok:1"))
    await poll_until(lambda: bool(fake_telegram.called("answerCallbackQuery")), telegram_account, store)
    assert [event.content for event in store.events] == [Tap("tok:1")]
