"""What comes of a send, by the table in docs/channels.md: told at once, or by a report later."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.channels.accounts import TwilioAccount
from bot.channels.twilio.transport import TwilioTransport
from bot.channels.twilio.webhooks import parse_status
from conversations.messages import PromptKind
from conversations.vocabulary import Channel, DeliveryState
from storage import outbox
from storage.database import Storage
from storage.outbox import record_status
from storage.outbox.policy import PAUSE
from storage.tables.core import ADDRESSES, OUTBOX
from storage.tables.vocabulary import AddressState, FailureReason
from tests.bot.driving import rows, until
from tests.bot.posting import AMINA, WHATSAPP, Post, posting
from tests.fakes.twilio_server import FakeTwilio, trouble

PERSON = WHATSAPP[AMINA]
QUEUED, WAITING, SENT, FAILED = (
    DeliveryState.QUEUED,
    DeliveryState.WAITING,
    DeliveryState.SENT,
    DeliveryState.FAILED,
)
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: its codes, and what becomes of message, address and window."""

    codes: tuple[int, ...]
    state: DeliveryState
    reason: FailureReason | None = None
    address: AddressState = AddressState.OPEN
    soonest: timedelta = timedelta(0)  # until it is tried again
    latest: timedelta = timedelta(0)
    window_shut: bool = False


ROWS = {
    "retry later": Row((63018, 20429), QUEUED, soonest=timedelta(seconds=1), latest=timedelta(minutes=10)),
    "window closed": Row((63016,), WAITING, FailureReason.WINDOW_CLOSED, window_shut=True),
    "person said no": Row((21610, 63014, 63033), FAILED, FailureReason.BLOCKED, AddressState.BLOCKED),
    "cannot be reached": Row(
        (63003, 63024, 63032, 21211, 21614, 30003, 30004, 30005, 30006),
        FAILED,
        FailureReason.UNREACHABLE,
        AddressState.UNREACHABLE,
    ),
    "ask again later": Row((63019, 30008), QUEUED, soonest=PAUSE, latest=PAUSE),
    "ours to fix": Row((21408, 63007, 20003), QUEUED, soonest=PAUSE, latest=PAUSE),
    "a bug": Row((21655, 21656, 63005, 63013, 63021, 63027, 63028, 99999), FAILED, FailureReason.REJECTED),
    "marketing cap": Row((63049,), WAITING, FailureReason.CAPPED, soonest=DAY, latest=DAY),
}


@pytest.fixture
async def post(storage: Storage, now: datetime, twilio_account: TwilioAccount) -> AsyncIterator[Post]:
    async with posting(storage, now, TwilioTransport(twilio_account, Channel.WHATSAPP)) as post:
        yield post


def report(post: Post, fake: FakeTwilio, outbox_id: str, status: str, code: str = "") -> None:
    """Twilio reports on the newest send of this message."""
    sid = next(one.sid for one in fake.sent[::-1] if outbox_id in one.form["StatusCallback"])
    form = {"MessageSid": sid, "MessageStatus": status, "To": PERSON, "ErrorCode": code}
    event = parse_status({name: value for name, value in form.items() if value}, outbox_id)
    assert event is not None
    with post.desk.storage.write() as tx:
        record_status(tx, post.desk.accounts[Channel.WHATSAPP], event, post.clock())


def state_of(post: Post, outbox_id: str) -> tuple[object, ...]:
    [row] = rows(post.desk.storage, select(OUTBOX).where(OUTBOX.c.id == outbox_id))
    return row.state, row.reason, row.due_at - post.clock(), row.code


def has_settled(post: Post, outbox_id: str, row: Row, code: int) -> bool:
    """Whether the code was taken in; where it asks for another way, also whether that was looked for."""
    state, _, _, said = state_of(post, outbox_id)
    return said == str(code) and (row.state is QUEUED or state not in (QUEUED, DeliveryState.SENDING))


def window_shut(post: Post) -> bool:
    theirs = ADDRESSES.c.participant_id == post.desk.participant(PERSON, Channel.WHATSAPP)
    return any(row.window_shut_at for row in rows(post.desk.storage, select(ADDRESSES).where(theirs)))


def as_before(post: Post) -> None:
    """Nothing is on its way, and account and address are as if nothing had happened."""
    for account in post.sender.accounts:
        post.sender.resting.went_through(account)
    with post.desk.storage.write() as tx:
        tx.execute(OUTBOX.update().values(state=DeliveryState.CANCELLED))
        tx.execute(ADDRESSES.update().values(state=AddressState.OPEN, window_shut_at=None))


@pytest.mark.parametrize("told", ["at once", "later"])
@pytest.mark.parametrize("name", ROWS)
async def test_every_code_has_its_consequence_however_it_is_told(
    post: Post, fake_twilio: FakeTwilio, name: str, told: str
) -> None:
    row = ROWS[name]
    for code in row.codes:
        for kind in (PromptKind.REPLY, PromptKind.NUDGE):
            as_before(post)
            if told == "at once":
                fake_twilio.will(trouble(400, code))
            message = post.put(PERSON, "text", kind)
            if told == "later":
                await post.becomes(message, SENT)
                report(post, fake_twilio, message, "sent")
                report(post, fake_twilio, message, "undelivered", str(code))
            await until(lambda message=message, code=code: has_settled(post, message, row, code))  # type: ignore[misc]
            state, reason, due_in, _ = state_of(post, message)
            assert (state, reason) == (row.state, row.reason), code
            if row.latest:
                assert isinstance(due_in, timedelta)
                assert row.soonest <= due_in <= row.latest, code
            assert post.address_state(PERSON) is row.address, code
            assert window_shut(post) is row.window_shut, code


async def test_what_failed_later_and_is_tried_again_is_really_sent_again(
    post: Post, fake_twilio: FakeTwilio
) -> None:
    message = post.put(PERSON, "text")
    await post.becomes(message, SENT)
    for _ in range(2):  # a report comes twice
        report(post, fake_twilio, message, "undelivered", "30008")
    assert post.state(message) is QUEUED
    post.later(seconds=PAUSE.total_seconds())
    await post.becomes(message, SENT)
    assert [one.form["Body"] for one in fake_twilio.sent] == ["text", "text"]
    report(post, fake_twilio, message, "undelivered", "30008")  # one delayed retry, no more
    assert (post.state(message), post.reason(message)) == (FAILED, FailureReason.REJECTED)


async def test_a_late_report_on_the_send_that_failed_says_nothing_of_the_one_after(
    post: Post, fake_twilio: FakeTwilio
) -> None:
    message = post.put(PERSON, "text")
    await post.becomes(message, SENT)
    report(post, fake_twilio, message, "failed", "63019")
    first = fake_twilio.sent[0]
    post.later(seconds=PAUSE.total_seconds())
    await post.becomes(message, SENT)
    event = parse_status({"MessageSid": first.sid, "MessageStatus": "read", "To": PERSON}, message)
    assert event is not None
    with post.desk.storage.write() as tx:
        record_status(tx, post.desk.accounts[Channel.WHATSAPP], event, post.clock())
    assert post.state(message) is SENT
    report(post, fake_twilio, message, "delivered")
    assert post.state(message) is DeliveryState.DELIVERED


async def test_of_a_long_message_only_the_part_that_failed_goes_again(
    post: Post, fake_twilio: FakeTwilio
) -> None:
    message = post.put(PERSON, " ".join(f"mot{n}" for n in range(400)))
    await post.becomes(message, SENT)
    first, second = fake_twilio.sent
    for sid, status, code in ((first.sid, "undelivered", "30008"), (second.sid, "delivered", "")):
        form = {"MessageSid": sid, "MessageStatus": status, "To": PERSON, "ErrorCode": code}
        event = parse_status({name: value for name, value in form.items() if value}, message)
        assert event is not None
        with post.desk.storage.write() as tx:
            record_status(tx, post.desk.accounts[Channel.WHATSAPP], event, post.clock())
    post.later(seconds=PAUSE.total_seconds())
    await post.becomes(message, SENT)
    assert [one.form["Body"] for one in fake_twilio.sent[2:]] == [first.form["Body"]]
    report(post, fake_twilio, message, "delivered")
    assert post.state(message) is DeliveryState.DELIVERED


async def test_once_the_window_is_found_shut_nothing_is_tried_until_they_write(
    post: Post, fake_twilio: FakeTwilio
) -> None:
    first = post.put(PERSON, "first")
    await post.becomes(first, SENT)
    report(post, fake_twilio, first, "undelivered", "63016")
    second = post.put(PERSON, "second")
    await post.becomes(second, WAITING)
    assert len(fake_twilio.sent) == 1
    post.later(minutes=5)
    post.desk.now = post.clock()
    post.desk.tell(PERSON, ["menu"], Channel.WHATSAPP)
    post.later(seconds=1)
    await post.becomes(second, SENT)
    assert post.state(first) is SENT
    assert [one.form["Body"] for one in fake_twilio.sent[1:3]] == ["first", "second"]


async def test_a_report_of_a_closed_window_that_comes_after_they_wrote_closes_nothing(
    post: Post, fake_twilio: FakeTwilio
) -> None:
    message = post.put(PERSON, "text")
    await post.becomes(message, SENT)
    post.later(minutes=5)
    post.desk.now = post.clock()
    post.desk.tell(PERSON, ["menu"], Channel.WHATSAPP)
    report(post, fake_twilio, message, "undelivered", "63016")
    assert not window_shut(post)
    post.later(seconds=1)
    await post.becomes(message, SENT)
    assert [one.form["Body"] for one in fake_twilio.sent].count("text") == 2


async def test_what_the_cap_holds_back_holds_nothing_else_up_and_goes_after_a_day(
    post: Post, fake_twilio: FakeTwilio
) -> None:
    fake_twilio.will(trouble(400, 63049))
    capped = post.put(PERSON, "news?", PromptKind.NUDGE)
    await post.becomes(capped, WAITING)
    await post.becomes(post.put(PERSON, "answer", PromptKind.REPLY), SENT)
    with post.desk.storage.write() as tx:
        assert outbox.release_in_time(tx, post.clock() + timedelta(hours=23)) == 0
        assert outbox.release_in_time(tx, post.clock() + DAY) == 1
    assert post.state(capped) is QUEUED


async def test_a_failure_after_it_was_read_is_noted_and_sends_nothing_twice(
    post: Post, fake_twilio: FakeTwilio
) -> None:
    message = post.put(PERSON, "text")
    await post.becomes(message, SENT)
    report(post, fake_twilio, message, "read")
    report(post, fake_twilio, message, "undelivered", "63003")
    assert (post.state(message), post.address_state(PERSON)) == (FAILED, AddressState.OPEN)
