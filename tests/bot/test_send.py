"""The send loop against the providers: order, patience, resending, what a send teaches, a graceful end."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest

from bot.channels.accounts import TelegramAccount, TwilioAccount
from bot.channels.telegram.transport import TelegramTransport
from bot.channels.twilio.transport import TwilioTransport
from conversations.events import StatusEvent
from conversations.messages import PromptKind
from conversations.vocabulary import Channel, DeliveryState
from storage.database import Storage
from storage.outbox import record_status
from storage.outbox.policy import UNKNOWN_RETRY
from storage.tables.vocabulary import AddressState, FailureReason
from tests.bot.driving import until
from tests.bot.posting import AMINA, FAILED, GRACE, QUEUED, SENT, WHATSAPP, Post, Slow, posting
from tests.fakes import twilio_server
from tests.fakes.answers import BAD_GATEWAY, Silence
from tests.fakes.server import refusing_url
from tests.fakes.telegram_server import (
    BLOCKED,
    CANNOT_PARSE,
    CHAT_NOT_FOUND,
    UNAUTHORIZED,
    FakeTelegram,
    flood,
)
from tests.fakes.twilio_server import FakeTwilio


@pytest.fixture
async def telegram(storage: Storage, now: datetime, telegram_account: TelegramAccount) -> AsyncIterator[Post]:
    async with posting(storage, now, TelegramTransport(telegram_account)) as post:
        yield post


@pytest.fixture
async def whatsapp(storage: Storage, now: datetime, twilio_account: TwilioAccount) -> AsyncIterator[Post]:
    async with posting(storage, now, TwilioTransport(twilio_account, Channel.WHATSAPP)) as post:
        yield post


def texts(fake: FakeTelegram, chat: str) -> list[object]:
    return [message["text"] for message in fake.sent() if message["chat_id"] == int(chat)]


async def test_the_order_of_a_chat_survives_a_retry_and_others_do_not_wait(
    telegram: Post, fake_telegram: FakeTelegram
) -> None:
    fake_telegram.will("sendMessage", flood(30))
    first = telegram.put(AMINA, "first")
    await telegram.was_put_off(first)
    second, other = telegram.put(AMINA, "second"), telegram.put(GRACE, "other")
    await telegram.becomes(other, SENT)
    assert telegram.state(second) is QUEUED
    assert telegram.due_in(first) == timedelta(seconds=30)
    telegram.later(seconds=30)
    await telegram.becomes(second, SENT)
    assert texts(fake_telegram, AMINA) == ["first", "first", "second"]


async def test_one_message_of_a_chat_is_in_flight_at_a_time(storage: Storage, now: datetime) -> None:
    transport = Slow()
    async with posting(storage, now, transport) as post:
        messages = [post.put(chat, str(n)) for n in range(5) for chat in (AMINA, GRACE)]
        await until(lambda: all(post.state(each) is SENT for each in messages))
    assert transport.most == {AMINA: 1, GRACE: 1}
    assert transport.order == {AMINA: list("01234"), GRACE: list("01234")}


async def test_too_many_requests_of_the_whole_account_hold_the_account(
    whatsapp: Post, fake_twilio: FakeTwilio
) -> None:
    fake_twilio.will(twilio_server.trouble(429, 20429, "Too many requests"))
    first = whatsapp.put(WHATSAPP[AMINA], "first")
    await whatsapp.was_put_off(first)
    [account] = whatsapp.sender.accounts.values()
    assert account.pace.held_for() > 0
    requests = fake_twilio.requests
    other = whatsapp.put(WHATSAPP[GRACE], "other")
    await asyncio.sleep(0.2)
    assert fake_twilio.requests == requests
    await whatsapp.becomes(other, SENT)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (PromptKind.REPLY, QUEUED),
        (PromptKind.STAFF, DeliveryState.UNKNOWN),
        (PromptKind.NUDGE, DeliveryState.UNKNOWN),
        (PromptKind.BROADCAST, DeliveryState.UNKNOWN),
    ],
)
async def test_after_a_server_error_only_replies_go_out_again(
    telegram: Post, fake_telegram: FakeTelegram, kind: PromptKind, state: DeliveryState
) -> None:
    fake_telegram.will("sendMessage", BAD_GATEWAY)
    message = telegram.put(AMINA, "text", kind)
    if state is QUEUED:
        await telegram.was_put_off(message)
        assert telegram.due_in(message) == UNKNOWN_RETRY
    await telegram.becomes(message, state)
    telegram.later(minutes=10)
    if state is QUEUED:
        await telegram.becomes(message, SENT)
    await asyncio.sleep(0.1)
    assert len(texts(fake_telegram, AMINA)) == (2 if state is QUEUED else 1)


async def test_a_time_out_after_the_request_left_is_settled_by_the_report(
    whatsapp: Post, fake_twilio: FakeTwilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.twilio.client.TIMEOUT", httpx.Timeout(0.3))
    account = whatsapp.desk.accounts[Channel.WHATSAPP]
    fake_twilio.will(Silence(done=True))
    message = whatsapp.put(WHATSAPP[AMINA], "Atelier lundi", PromptKind.BROADCAST)
    await whatsapp.becomes(message, DeliveryState.UNKNOWN)
    [taken] = fake_twilio.sent
    with whatsapp.desk.storage.write() as tx:
        report = StatusEvent(Channel.WHATSAPP, taken.sid, "delivered", "", message)
        record_status(tx, account, report, whatsapp.clock())
    assert whatsapp.state(message) is DeliveryState.DELIVERED


async def test_a_refused_connection_is_tried_again(
    storage: Storage, now: datetime, telegram_account: TelegramAccount, fake_telegram: FakeTelegram
) -> None:
    away = TelegramAccount(telegram_account.token, refusing_url())
    transport = TelegramTransport(away)
    async with posting(storage, now, transport) as post:
        message = post.put(AMINA, "text", PromptKind.BROADCAST)
        await post.was_put_off(message)
        transport.bot = TelegramTransport(telegram_account).bot
        post.later(minutes=1)
        await post.becomes(message, SENT)
    assert texts(fake_telegram, AMINA) == ["text"]


async def test_patience_lasts_as_long_as_the_message_is_of_use(
    telegram: Post, fake_telegram: FakeTelegram
) -> None:
    fake_telegram.will("sendMessage", *[flood(1)] * 12)
    message = telegram.put(AMINA, "text")
    for _ in range(12):
        await telegram.was_put_off(message)
        telegram.later(seconds=1)
    await telegram.becomes(message, SENT)
    assert len(texts(fake_telegram, AMINA)) == 13


async def test_who_blocked_us_is_not_written_to_any_more(telegram: Post, fake_telegram: FakeTelegram) -> None:
    fake_telegram.will("sendMessage", BLOCKED)
    first = telegram.put(AMINA, "first")
    second = telegram.put(AMINA, "second")
    await telegram.becomes(second, FAILED)
    assert telegram.state(first) is FAILED
    assert [telegram.reason(each) for each in (first, second)] == [FailureReason.BLOCKED] * 2
    assert telegram.address_state(AMINA) is AddressState.BLOCKED
    assert texts(fake_telegram, AMINA) == ["first"]
    telegram.desk.tell(AMINA, ["menu"])  # whoever writes can be written to
    assert telegram.address_state(AMINA) is AddressState.OPEN


async def test_an_address_that_is_gone_is_marked(telegram: Post, fake_telegram: FakeTelegram) -> None:
    fake_telegram.will("sendMessage", CHAT_NOT_FOUND)
    message = telegram.put(AMINA, "text")
    await telegram.becomes(message, FAILED)
    assert telegram.reason(message) is FailureReason.UNREACHABLE
    assert telegram.address_state(AMINA) is AddressState.UNREACHABLE


async def test_a_defect_ends_that_message_only(telegram: Post, fake_telegram: FakeTelegram) -> None:
    fake_telegram.will("sendMessage", CANNOT_PARSE)
    bad = telegram.put(AMINA, "bad")
    await telegram.becomes(bad, FAILED)
    assert telegram.reason(bad) is FailureReason.REJECTED
    await telegram.becomes(telegram.put(AMINA, "good"), SENT)


async def test_a_refused_token_keeps_the_queue_and_is_shown_until_it_works(
    telegram: Post, fake_telegram: FakeTelegram
) -> None:
    fake_telegram.will("sendMessage", UNAUTHORIZED)
    message = telegram.put(AMINA, "text")
    await telegram.was_put_off(message)
    [trouble] = telegram.sender.troubles.of(Channel.TELEGRAM).values()
    assert (trouble.code, trouble.since) == ("401", telegram.clock())
    telegram.later(minutes=1)
    await telegram.becomes(message, SENT)
    assert telegram.sender.troubles.of(Channel.TELEGRAM) == {}


async def test_while_an_account_is_refused_one_message_tries_and_the_rest_wait(
    telegram: Post, fake_telegram: FakeTelegram
) -> None:
    fake_telegram.will("sendMessage", UNAUTHORIZED, UNAUTHORIZED)
    first = telegram.put(AMINA, "first")
    await telegram.was_put_off(first)
    second = telegram.put(GRACE, "second")
    telegram.later(minutes=1)
    await until(lambda: len(texts(fake_telegram, AMINA) + texts(fake_telegram, GRACE)) == 2)
    await asyncio.sleep(0.2)
    assert len(texts(fake_telegram, AMINA) + texts(fake_telegram, GRACE)) == 2
    telegram.later(minutes=2)
    for message in (first, second):
        await telegram.becomes(message, SENT)


async def test_a_closed_window_waits(whatsapp: Post, fake_twilio: FakeTwilio) -> None:
    fake_twilio.will(twilio_server.trouble(400, 63016, "Outside the window"))
    message = whatsapp.put(WHATSAPP[AMINA], "text")
    await whatsapp.becomes(message, DeliveryState.WAITING)
    whatsapp.desk.tell(WHATSAPP[AMINA], ["menu"], Channel.WHATSAPP)
    whatsapp.later(seconds=1)
    await whatsapp.becomes(message, SENT)


async def test_a_message_of_several_parts_goes_on_after_the_part_that_went_out(
    storage: Storage, now: datetime
) -> None:
    words = [f"mot{n}" for n in range(1000)]  # two messages on Telegram
    transport = Slow(fails_at=2)
    async with posting(storage, now, transport) as post:
        message = post.put(AMINA, " ".join(words))
        await post.was_put_off(message)
        behind = post.put(AMINA, "fin")
        post.later(minutes=1)
        await post.becomes(behind, SENT)
    assert len(transport.order[AMINA]) == 3
    assert " ".join(transport.order[AMINA]).split() == [*words, "fin"]


async def test_a_graceful_end_settles_what_is_in_flight(storage: Storage, now: datetime) -> None:
    async with posting(storage, now, Slow()) as post:
        messages = [post.put(chat, "text") for chat in (AMINA, GRACE)]
        await until(lambda: all(post.state(each) is not QUEUED for each in messages))
    assert [post.state(each) for each in messages] == [SENT, SENT]
