"""What Twilio has of a message is deleted a day after it is of no more use there, both ways, each once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from conversations.events import AttachmentKind
from conversations.messages import Prompt, PromptKind, Verbatim
from conversations.vocabulary import Channel, DeliveryState, Language
from storage.accounts import account_id
from storage.database import Storage
from storage.outgoing import Outgoing, enqueue
from storage.provider_copies import FILE_WAITS, note_old_copies
from storage.tables.core import EVENTS, FILES, MESSAGES_IN, PARTS, PROVIDER_DELETIONS
from storage.tables.vocabulary import FileState, MessageState
from tests.admin.invented import Invented

DAY = timedelta(days=1)


class Desk:
    """An account with Twilio and one with Telegram, and what came and went."""

    def __init__(self, storage: Storage, now: datetime) -> None:
        self.storage, self.now = storage, now
        self.world = Invented(storage, now)
        self.twilio = account_id(storage, Channel.WHATSAPP, "ours")
        self.telegram = account_id(storage, Channel.TELEGRAM, "ours too")

    def sent(self, sid: str, state: DeliveryState, ago: timedelta, account: str = "") -> None:
        account = account or self.twilio
        out = Outgoing(
            Prompt(PromptKind.REPLY, (Verbatim("Bonjour"),)),
            Language.FRENCH,
            account,
            "chat",
            self.storage.vault.system,
            newcomer_address="whatsapp:+212600000001",
        )
        with self.storage.write() as tx:
            [outbox_id] = enqueue(tx, self.storage, [out], self.now - ago)
            part = {"outbox_id": outbox_id, "part": 0, "account_id": account, "chat": "chat"}
            change = {"provider_message_id": sid, "state": state, "changed_at": self.now - ago}
            tx.execute(PARTS.insert(), part | change)

    def came(self, sid: str, ago: timedelta, account: str = "", in_confidence: bool = False) -> None:
        with self.storage.write() as tx:
            tx.execute(
                EVENTS.insert(),
                {
                    "account_id": account or self.twilio,
                    "event_id": sid,
                    "blind": "somebody",
                    "received_at": self.now - ago,
                    "in_confidence": in_confidence,
                },
            )

    def with_file(self, sid: str, ago: timedelta, state: FileState) -> None:
        self.came(sid, ago)
        person, ids = self.world.person("Amina"), self.storage.ids
        with self.storage.write() as tx:
            message = {"id": ids.row(), "account_id": self.twilio, "event_id": sid, "participant_id": person}
            kept = {"received_at": self.now - ago, "state": MessageState.HANDLED, "error": ""}
            tx.execute(MESSAGES_IN.insert(), message | kept)
            file = {"id": ids.row(), "participant_id": person, "message_id": message["id"], "state": state}
            there = {"account_id": self.twilio, "kind": AttachmentKind.PHOTO, "reference": b"sealed"}
            tx.execute(FILES.insert(), file | there | {"arrived_at": self.now - ago, "due_at": self.now})

    def noted(self, limit: int = 100) -> dict[str, timedelta]:
        """What is noted for deletion after another look, with how long it still stays."""
        with self.storage.write() as tx:
            note_old_copies(tx, self.now, limit)
        with self.storage.read() as look:
            rows = look.execute(select(PROVIDER_DELETIONS))
            return {row.provider_message_id: row.due_at - self.now for row in rows}

    def forget_noted(self) -> None:
        with self.storage.write() as tx:
            tx.execute(PROVIDER_DELETIONS.delete())


@pytest.fixture
def desk(storage: Storage, now: datetime) -> Desk:
    return Desk(storage, now)


def test_a_sent_message_goes_a_day_after_its_final_status(desk: Desk) -> None:
    for state in (DeliveryState.DELIVERED, DeliveryState.READ, DeliveryState.FAILED):
        desk.sent(f"old {state}", state, DAY)
        desk.sent(f"young {state}", state, DAY - timedelta(minutes=1))
    desk.sent("on its way", DeliveryState.SENT, 6 * DAY)
    desk.sent("never told of", DeliveryState.SENT, 7 * DAY)
    desk.sent("on Telegram", DeliveryState.DELIVERED, 9 * DAY, desk.telegram)
    assert set(desk.noted()) == {"old delivered", "old read", "old failed", "never told of"}


def test_a_received_message_goes_a_day_after_it_came_once_its_file_was_fetched(desk: Desk) -> None:
    desk.came("old", DAY)
    desk.came("young", DAY - timedelta(minutes=1))
    desk.came("on Telegram", DAY, desk.telegram)
    desk.with_file("fetched", DAY, FileState.STORED)
    desk.with_file("waiting", DAY, FileState.AT_PROVIDER)
    desk.with_file("waiting for long", 5 * DAY, FileState.AT_PROVIDER)
    stays = dict.fromkeys(("old", "fetched", "waiting for long"), timedelta())
    assert desk.noted() == stays | {"waiting": FILE_WAITS - DAY}


def test_several_files_of_one_message_are_one_message_there(desk: Desk) -> None:
    desk.came("MM1", DAY)
    desk.came("MM1/1", DAY)
    assert set(desk.noted()) == {"MM1"}


def test_nothing_is_gone_through_twice_and_nothing_is_passed_over(desk: Desk) -> None:
    names = {f"SM{number}" for number in range(7)}
    for name in names:
        desk.came(name, DAY)  # all at the same moment
    found: set[str] = set()
    for _ in range(4):
        found |= set(desk.noted(limit=2))
        desk.forget_noted()
    assert found == names
    assert desk.noted() == {}
    desk.sent("read later", DeliveryState.DELIVERED, DAY)
    assert set(desk.noted()) == {"read later"}
    desk.forget_noted()
    desk.now += 3 * DAY
    assert desk.noted() == {}
