"""The outbox: what may be sent now, what came of it, and what is reported later."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import select

from conversations.events import StatusEvent
from conversations.messages import Prompt, PromptKind, Verbatim
from conversations.vocabulary import Channel, DeliveryState, Language
from storage import outbox
from storage.accounts import account_id
from storage.database import Storage
from storage.outbox import Claimed, PartSent, Settlement
from storage.outbox.claim import LEASE
from storage.outbox.sweep import UNCONFIRMED_AFTER
from storage.outgoing import Outgoing, enqueue
from storage.tables.core import OUTBOX, PARTS
from storage.tables.vocabulary import FailureReason

AMINA, GRACE = "chat of Amina", "chat of Grace"
ADDRESS = "whatsapp:+212600000001"

SENT, QUEUED, FAILED = DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.FAILED


@dataclass(slots=True)
class Box:
    """An outbox with one account, at one moment."""

    storage: Storage
    account: str
    now: datetime

    def put(self, text: str, chat: str = AMINA, kind: PromptKind = PromptKind.REPLY) -> str:
        cipher = self.storage.vault.system
        prompt = Prompt(kind, (Verbatim(text),))
        out = Outgoing(prompt, Language.FRENCH, self.account, chat, cipher, newcomer_address=ADDRESS)
        with self.storage.write() as tx:
            return enqueue(tx, self.storage, [out], self.now)[0]

    def claim(self, limit: int = 10) -> list[Claimed]:
        with self.storage.write() as tx:
            return outbox.claim(tx, self.storage, {self.account: limit}, self.now)

    def texts(self, claimed: list[Claimed]) -> list[str]:
        return [line.text for each in claimed for line in each.prompt.lines if isinstance(line, Verbatim)]

    def settle(self, *settlements: Settlement) -> None:
        with self.storage.write() as tx:
            outbox.settle(tx, settlements, self.now)

    def report(self, status: str, sid: str = "SM1", outbox_id: str = "", code: str = "") -> None:
        event = StatusEvent(Channel.WHATSAPP, sid, status, code, outbox_id)
        with self.storage.write() as tx:
            outbox.record_status(tx, self.account, event, self.now)

    def state(self, outbox_id: str) -> DeliveryState:
        with self.storage.read() as tx:
            found = tx.execute(select(OUTBOX.c.state).where(OUTBOX.c.id == outbox_id)).scalar_one()
        return DeliveryState(found)

    def parts(self) -> int:
        with self.storage.read() as tx:
            return len(tx.execute(select(PARTS)).all())


@pytest.fixture
def box(storage: Storage, now: datetime) -> Box:
    return make_box(storage, now)


def make_box(storage: Storage, now: datetime) -> Box:
    return Box(storage, account_id(storage, Channel.WHATSAPP, "whatsapp:+15005550006"), now)


def sent(claimed: Claimed, *sids: str, state: DeliveryState = SENT) -> Settlement:
    """The next parts went out under these ids."""
    parts = (PartSent(number, sid) for number, sid in enumerate(sids, start=claimed.parts_sent))
    return Settlement(claimed, state, tuple(parts))


def test_one_message_of_a_chat_is_in_hand_at_a_time_in_the_order_they_were_made(box: Box) -> None:
    for text in ("first", "second"):
        box.put(text)
    box.put("other", GRACE)
    taken = box.claim()
    assert sorted(box.texts(taken)) == ["first", "other"]
    assert box.claim() == []
    box.settle(*(sent(each, f"SM{number}") for number, each in enumerate(taken)))
    assert box.texts(box.claim()) == ["second"]


def test_a_message_that_must_wait_holds_back_those_behind_it_in_its_chat_only(box: Box) -> None:
    box.put("first")
    [first] = box.claim()
    box.settle(Settlement(first, QUEUED, due_at=box.now + timedelta(minutes=1)))
    box.put("second")
    box.put("other", GRACE)
    assert box.texts(box.claim()) == ["other"]
    box.now += timedelta(minutes=1)
    assert box.texts(box.claim()) == ["first"]


def test_replies_go_before_nudges_and_broadcasts_of_other_chats(box: Box) -> None:
    box.put("all", "chat 1", PromptKind.BROADCAST)
    box.put("news?", "chat 2", PromptKind.NUDGE)
    box.put("answer", "chat 3")
    assert [box.texts(box.claim(1)) for _ in range(3)] == [["answer"], ["news?"], ["all"]]


def test_whoever_lost_the_lease_changes_nothing(box: Box) -> None:
    message = box.put("first")
    [lost] = box.claim()
    box.now += LEASE + timedelta(seconds=1)
    with box.storage.write() as tx:
        assert outbox.recover_leases(tx, box.now) == 1
    [held] = box.claim()
    box.settle(Settlement(lost, FAILED, reason=FailureReason.REJECTED))
    assert box.state(message) is DeliveryState.SENDING
    box.settle(sent(held, "SM1"))
    assert box.state(message) is SENT


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (PromptKind.REPLY, QUEUED),
        (PromptKind.STAFF, DeliveryState.UNKNOWN),
        (PromptKind.NUDGE, DeliveryState.UNKNOWN),
        (PromptKind.BROADCAST, DeliveryState.UNKNOWN),
    ],
)
def test_of_what_a_dead_sender_held_only_replies_go_out_again(
    box: Box, kind: PromptKind, state: DeliveryState
) -> None:
    message = box.put("text", kind=kind)
    box.claim()
    with box.storage.write() as tx:
        assert outbox.recover_leases(tx, box.now + LEASE) == 0
        assert outbox.recover_leases(tx, box.now + LEASE + timedelta(seconds=1)) == 1
    assert box.state(message) is state


def test_an_account_takes_no_more_than_it_can_send_now(box: Box) -> None:
    for chat in range(3):
        box.put("text", f"chat {chat}")
    with box.storage.write() as tx:
        assert outbox.claim(tx, box.storage, {"another": 9}, box.now) == []
        assert len(outbox.claim(tx, box.storage, {box.account: 2, "another": 9}, box.now)) == 2


def test_what_stays_unknown_for_a_day_has_failed_unconfirmed(box: Box) -> None:
    message = box.put("news?", kind=PromptKind.NUDGE)
    [claimed] = box.claim()
    box.settle(Settlement(claimed, DeliveryState.UNKNOWN))
    with box.storage.write() as tx:
        assert outbox.expire(tx, box.now + UNCONFIRMED_AFTER) == 0
        assert outbox.expire(tx, box.now + UNCONFIRMED_AFTER + timedelta(seconds=1)) == 1
    assert box.state(message) is FAILED


@pytest.mark.parametrize("order", [*permutations(("sent", "delivered", "read"))], ids="-".join)
def test_reports_in_any_order_and_twice_end_at_the_furthest(box: Box, order: tuple[str, ...]) -> None:
    message = box.put("text")
    [claimed] = box.claim()
    box.settle(sent(claimed, "SM1"))
    for status in (*order, *order):
        box.report(status, outbox_id=message)
    assert box.state(message) is DeliveryState.READ


def test_a_failure_is_not_undone_by_a_late_report_nor_by_a_word_we_do_not_know(box: Box) -> None:
    message = box.put("text")
    [claimed] = box.claim()
    box.settle(sent(claimed, "SM1"))
    for status in ("undelivered", "sent", "teleported", "delivered"):
        box.report(status, outbox_id=message, code="30008" if status == "undelivered" else "")
    assert box.state(message) is FAILED
    with box.storage.read() as tx:
        assert tx.execute(select(OUTBOX.c.code)).scalar_one() == "30008"


def test_a_report_that_overtakes_our_own_note_of_the_send_is_not_lost(box: Box) -> None:
    message = box.put("text")
    [claimed] = box.claim()
    box.report("delivered", outbox_id=message)
    box.settle(sent(claimed, "SM1"))
    assert box.state(message) is DeliveryState.DELIVERED
    assert box.parts() == 1


def test_a_report_on_the_first_part_does_not_end_a_message_whose_second_is_still_to_go(box: Box) -> None:
    message = box.put("long")
    [claimed] = box.claim()
    again = box.now + timedelta(seconds=2)
    box.settle(Settlement(claimed, QUEUED, (PartSent(0, "SM1"),), due_at=again))
    box.report("delivered", "SM1", message)
    assert box.state(message) is QUEUED
    box.now = again
    [resumed] = box.claim()
    assert resumed.parts_sent == 1
    box.settle(sent(resumed, "SM2"))
    assert box.state(message) is SENT
    box.report("delivered", "SM2", message)
    assert box.state(message) is DeliveryState.DELIVERED


def test_a_report_on_the_first_part_while_the_second_is_being_sent_does_not_stop_its_retry(box: Box) -> None:
    message = box.put("long")
    [claimed] = box.claim()
    box.report("delivered", "SM1", message)
    box.settle(Settlement(claimed, QUEUED, (PartSent(0, "SM1"),), due_at=box.now))
    [resumed] = box.claim()
    assert (resumed.outbox_id, resumed.parts_sent) == (message, 1)


def test_a_reply_of_unknown_fate_is_not_sent_again_once_it_is_reported(box: Box) -> None:
    message = box.put("text")
    [claimed] = box.claim()
    box.settle(Settlement(claimed, QUEUED, due_at=box.now + timedelta(seconds=30)))
    box.report("delivered", "SM1", message)
    [resumed] = box.claim()
    assert resumed.parts_sent == 1
    box.settle(sent(resumed))
    assert box.state(message) is DeliveryState.DELIVERED


def test_a_nudge_of_unknown_fate_is_settled_by_its_report(box: Box) -> None:
    message = box.put("news?", kind=PromptKind.NUDGE)
    [claimed] = box.claim()
    box.settle(Settlement(claimed, DeliveryState.UNKNOWN))
    box.report("sent", "SM1", message)
    assert box.state(message) is SENT
    assert box.claim() == []


def test_a_message_is_as_far_as_its_part_that_is_behind_and_failed_if_one_is(box: Box) -> None:
    message = box.put("long")
    [claimed] = box.claim()
    box.settle(sent(claimed, "SM1", "SM2"))
    box.report("read", "SM1", message)
    assert box.state(message) is SENT
    box.report("delivered", "SM2", message)
    assert box.state(message) is DeliveryState.DELIVERED
    box.report("undelivered", "SM1", message, "63003")
    assert box.state(message) is FAILED


def test_a_report_of_another_account_or_message_changes_nothing(box: Box) -> None:
    message = box.put("text")
    [claimed] = box.claim()
    box.settle(sent(claimed, "SM1"))
    other = account_id(box.storage, Channel.SMS, "+15005550006")
    with box.storage.write() as tx:
        outbox.record_status(tx, other, StatusEvent(Channel.SMS, "SM1", "read", "", message), box.now)
    box.report("read", "SM9", "0" * 32)
    assert box.state(message) is SENT


def test_a_provider_that_repeats_its_ids_holds_nothing_up(box: Box) -> None:
    messages = [box.put("first"), box.put("second")]
    for _ in messages:
        [claimed] = box.claim()
        box.settle(sent(claimed, "SM1"))
    assert [box.state(message) for message in messages] == [SENT, SENT]


def test_a_newcomers_words_and_address_are_wiped_once_nothing_is_to_be_sent(box: Box) -> None:
    message = box.put("text")
    [claimed] = box.claim()
    assert claimed.address == ADDRESS
    box.settle(sent(claimed, "SM1"))
    with box.storage.read() as tx:
        row = tx.execute(select(OUTBOX).where(OUTBOX.c.id == message)).one()
    assert (row.prompt, row.sealed_address) == (None, None)
