"""What comes of a send on Telegram and by SMS, by the same table as on WhatsApp."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.channels.accounts import TelegramAccount, TwilioAccount
from bot.channels.telegram.transport import TelegramTransport
from bot.channels.twilio.transport import TwilioTransport
from bot.channels.twilio.webhooks import parse_status
from conversations.messages import PromptKind
from conversations.vocabulary import Channel, DeliveryState
from storage.database import Storage
from storage.outbox import record_status
from storage.outbox.policy import PAUSE, UNKNOWN_RETRY
from storage.tables.core import OUTBOX
from storage.tables.vocabulary import AddressState, FailureReason
from tests.bot.driving import rows, until
from tests.bot.posting import AMINA, Post, posting
from tests.fakes import telegram_server as telegram
from tests.fakes.answers import Answer
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

QUEUED, SENT, FAILED = DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.FAILED
OPEN, BLOCKED, GONE = AddressState.OPEN, AddressState.BLOCKED, AddressState.UNREACHABLE


@pytest.fixture
async def chat(storage: Storage, now: datetime, telegram_account: TelegramAccount) -> AsyncIterator[Post]:
    async with posting(storage, now, TelegramTransport(telegram_account)) as post:
        yield post


@pytest.fixture
async def sms(storage: Storage, now: datetime, twilio_account: TwilioAccount) -> AsyncIterator[Post]:
    async with posting(storage, now, TwilioTransport(twilio_account, Channel.SMS)) as post:
        yield post


def settled(post: Post, message: str) -> bool:
    """It was tried, and nobody has it in hand."""
    [row] = rows(post.desk.storage, select(OUTBOX).where(OUTBOX.c.id == message))
    return row.attempts > 0 and row.state is not DeliveryState.SENDING


@pytest.mark.parametrize("kind", [PromptKind.REPLY, PromptKind.NUDGE])
@pytest.mark.parametrize(
    ("answer", "state", "reason", "address", "after"),
    [
        (telegram.flood(7), QUEUED, None, OPEN, timedelta(seconds=7)),
        (telegram.BLOCKED, FAILED, FailureReason.BLOCKED, BLOCKED, None),
        (telegram.DEACTIVATED, FAILED, FailureReason.UNREACHABLE, GONE, None),
        (telegram.CHAT_NOT_FOUND, FAILED, FailureReason.UNREACHABLE, GONE, None),
        (telegram.CANNOT_PARSE, FAILED, FailureReason.REJECTED, OPEN, None),
        (telegram.UNAUTHORIZED, QUEUED, None, OPEN, PAUSE),
        (telegram.CONFLICT, QUEUED, None, OPEN, PAUSE),
        (telegram.SERVER_ERROR, None, None, OPEN, None),
    ],
    ids=[
        "too many",
        "blocked",
        "deactivated",
        "no such chat",
        "a bug",
        "token refused",
        "conflict",
        "unknown",
    ],
)
async def test_each_answer_of_telegram_has_its_consequence(
    chat: Post,
    fake_telegram: FakeTelegram,
    kind: PromptKind,
    answer: Answer,
    state: DeliveryState | None,
    reason: FailureReason | None,
    address: AddressState,
    after: timedelta | None,
) -> None:
    if state is None:  # nobody knows: a reply goes out again, a question of ours does not
        again = kind is PromptKind.REPLY
        state, after = (QUEUED, UNKNOWN_RETRY) if again else (DeliveryState.UNKNOWN, None)
    fake_telegram.will("sendMessage", answer)
    message = chat.put(AMINA, "text", kind)
    await until(lambda: settled(chat, message))
    assert (chat.state(message), chat.reason(message)) == (state, reason)
    assert chat.address_state(AMINA) is address
    if after is not None:
        assert chat.due_in(message) == after


@pytest.mark.parametrize(
    ("code", "state", "reason", "address"),
    [
        ("21610", FAILED, FailureReason.BLOCKED, BLOCKED),
        ("30003", FAILED, FailureReason.UNREACHABLE, GONE),
        ("30008", QUEUED, None, OPEN),
        ("30007", FAILED, FailureReason.REJECTED, OPEN),
        ("", FAILED, FailureReason.REJECTED, OPEN),
    ],
)
async def test_each_report_on_an_sms_has_its_consequence(
    sms: Post,
    fake_twilio: FakeTwilio,
    code: str,
    state: DeliveryState,
    reason: FailureReason | None,
    address: AddressState,
) -> None:
    message = sms.put(AMINA, "text", PromptKind.STAFF)
    await sms.becomes(message, SENT)
    form = {"MessageSid": fake_twilio.sent[-1].sid, "MessageStatus": "undelivered", "To": AMINA}
    event = parse_status(form | ({"ErrorCode": code} if code else {}), message)
    assert event is not None
    with sms.desk.storage.write() as tx:
        record_status(tx, sms.desk.accounts[Channel.SMS], event, sms.clock())
    assert (sms.state(message), sms.reason(message)) == (state, reason)
    assert sms.address_state(AMINA) is address
