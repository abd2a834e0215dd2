"""What one address did not take goes to the next one of that person: once, and never to both."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from conversations.events import StatusEvent
from conversations.messages import Choice, Prompt, PromptKind, Say, Verbatim
from conversations.session import Place, Session
from conversations.vocabulary import Channel, ConsentState, DeliveryState, Language, SendOutcome
from storage import outbox
from storage.codec import SESSION
from storage.database import Storage
from storage.outbox import Claimed, PartSent, Settlement
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.tables.core import ADDRESSES, OUTBOX, PARTICIPANTS, PARTS, SESSIONS, TOKENS
from storage.tables.vocabulary import AddressState, FailureReason
from tests.admin.invented import Invented

BEGUN = tuple(kind for kind in PromptKind if kind is not PromptKind.REPLY)
CLOSED = (DeliveryState.WAITING, FailureReason.WINDOW_CLOSED, None)
GONE = (DeliveryState.FAILED, FailureReason.UNREACHABLE, AddressState.UNREACHABLE)
BLOCKED = (DeliveryState.FAILED, FailureReason.BLOCKED, AddressState.BLOCKED)
HOUR, MONTHS = timedelta(hours=1), timedelta(days=120)


@dataclass(slots=True)
class Letters:
    """Amina, who wrote by WhatsApp last, and what is on its way to her."""

    world: Invented
    amina: str
    chats: dict[Channel, str] = field(default_factory=dict)

    def reached(self, channel: Channel, ago: timedelta = 2 * HOUR) -> None:
        """She has an address on this channel too, and wrote from there so long ago."""
        world, address_id = self.world, self.world.storage.ids.row()
        key = world.storage.keystore.of_participants([self.amina])[self.amina]
        self.chats[channel] = world.storage.vault.blind(f"address.{channel}", self.amina)
        with world.storage.write() as tx:
            tx.execute(
                ADDRESSES.insert(),
                {
                    "id": address_id,
                    "participant_id": self.amina,
                    "channel": channel,
                    "account_id": world.accounts[channel],
                    "chat": self.chats[channel],
                    "sealed_address": key.cipher.seal_text(
                        f"at {channel}", f"addresses.sealed_address:{address_id}"
                    ),
                    "state": AddressState.OPEN,
                    "last_inbound_at": world.now - ago,
                },
            )

    def wants(self, channel: Channel | None, sms: ConsentState | None = None) -> None:
        with self.world.storage.write() as tx:
            tx.execute(update(PARTICIPANTS).values(preferred_channel=channel, sms=sms))

    def put(self, kind: PromptKind = PromptKind.STAFF, token: str = "") -> str:
        key = self.world.storage.keystore.of_participants([self.amina])[self.amina]
        choices = (Choice("yes", Say("menu.talk")),) if token else ()
        with self.world.storage.write() as tx:
            to = preferred_destinations(tx, [self.amina])[self.amina]
            if token:
                row = {"token": token, "owner": to.chat, "participant_id": self.amina, "meanings": ["yes"]}
                tx.execute(TOKENS.insert(), row | {"asked_at": self.world.now})
            out = Outgoing(
                Prompt(kind, (Verbatim("words"),), choices, token),
                Language.FRENCH,
                to.account_id,
                to.chat,
                key.cipher,
                self.amina,
                to.address_id,
            )
            return enqueue(tx, self.world.storage, [out], self.world.now)[0]

    def claim(self) -> list[Claimed]:
        with self.world.storage.write() as tx:
            return outbox.claim(
                tx, self.world.storage, dict.fromkeys(self.world.accounts.values(), 10), self.world.now
            )

    def ends(
        self,
        how: tuple[DeliveryState, FailureReason | None, AddressState | None],
        parts: tuple[PartSent, ...] = (),
    ) -> int:
        """The message that is due ends so; how many go another way."""
        [message] = self.claim()
        state, reason, address = how
        settled = Settlement(message, state, parts, reason, "code", address_state=address)
        with self.world.storage.write() as tx:
            outbox.settle(tx, [settled], self.world.now)
            return outbox.go_elsewhere(tx, self.world.storage, [message.outbox_id], self.world.now)

    def next_way(self) -> list[str]:
        """Where what is due goes now."""
        return [each.address for each in self.claim()]

    def row(self, outbox_id: str) -> tuple[DeliveryState, FailureReason | None]:
        with self.world.storage.read() as tx:
            found = tx.execute(select(OUTBOX).where(OUTBOX.c.id == outbox_id)).one()
        return found.state, found.reason


@pytest.fixture
def letters(storage: Storage, now: datetime) -> Letters:
    world = Invented(storage, now)
    amina = world.person("Amina", channel=None)
    letters = Letters(world, amina)
    letters.reached(Channel.WHATSAPP, HOUR)
    return letters


@pytest.mark.parametrize("kind", BEGUN)
@pytest.mark.parametrize("how", [CLOSED, GONE, BLOCKED], ids=["window closed", "unreachable", "blocked"])
def test_what_we_began_goes_to_the_next_address_as_the_same_message(
    letters: Letters,
    kind: PromptKind,
    how: tuple[DeliveryState, FailureReason | None, AddressState | None],
) -> None:
    letters.reached(Channel.TELEGRAM)
    message = letters.put(kind)
    assert letters.ends(how) == 1
    [again] = letters.claim()
    assert (again.outbox_id, again.address, again.parts_out) == (message, "at telegram", frozenset())


def test_an_answer_stays_in_the_chat_where_they_wrote(letters: Letters) -> None:
    letters.reached(Channel.TELEGRAM)
    message = letters.put(PromptKind.REPLY)
    assert letters.ends(GONE) == 0
    assert letters.row(message) == (DeliveryState.FAILED, FailureReason.UNREACHABLE)


def test_what_is_partly_out_or_may_be_there_does_not_go_to_a_second_address(letters: Letters) -> None:
    letters.reached(Channel.TELEGRAM)
    letters.put()
    assert letters.ends(GONE, (PartSent(0, "SM1"),)) == 0
    letters.wants(Channel.TELEGRAM)
    letters.put()
    assert letters.ends((DeliveryState.UNKNOWN, None, None)) == 0


@pytest.mark.parametrize(
    ("wish", "order"),
    [
        (None, ["at whatsapp", "at phone", "at telegram", "at sms"]),
        (Channel.TELEGRAM, ["at telegram", "at whatsapp", "at phone", "at sms"]),
        (Channel.SMS, ["at sms", "at whatsapp", "at phone", "at telegram"]),
    ],
)
def test_first_where_they_want_then_where_they_wrote_last_and_sms_last(
    letters: Letters, wish: Channel | None, order: list[str]
) -> None:
    for channel, ago in ((Channel.SMS, 2), (Channel.PHONE, 3), (Channel.TELEGRAM, 4)):
        letters.reached(channel, ago * HOUR)
    letters.wants(wish, ConsentState.GIVEN)
    message = letters.put()
    tried = []
    while letters.row(message)[0] is DeliveryState.QUEUED:
        [due] = letters.claim()
        tried.append(due.address)
        gone = Settlement(due, GONE[0], (), GONE[1], "code", address_state=GONE[2])
        with letters.world.storage.write() as tx:
            outbox.settle(tx, [gone], letters.world.now)
            outbox.go_elsewhere(tx, letters.world.storage, [message], letters.world.now)
    assert tried == order
    assert letters.row(message) == (DeliveryState.FAILED, FailureReason.UNREACHABLE)


@pytest.mark.parametrize("said", [None, ConsentState.REFUSED, ConsentState.WITHDRAWN])
def test_without_its_own_yes_sms_is_no_way(letters: Letters, said: ConsentState | None) -> None:
    letters.reached(Channel.SMS)
    letters.wants(None, said)
    message = letters.put()
    assert letters.ends(CLOSED) == 0
    assert letters.row(message) == (DeliveryState.WAITING, FailureReason.WINDOW_CLOSED)


def test_an_address_silent_for_long_may_be_somebody_elses(letters: Letters) -> None:
    letters.reached(Channel.TELEGRAM, MONTHS)
    letters.put()
    assert letters.ends(GONE) == 0


def test_the_buttons_go_with_the_message(letters: Letters) -> None:
    letters.reached(Channel.TELEGRAM)
    letters.put(PromptKind.NOTICE, token="t1")
    letters.ends(CLOSED)
    with letters.world.storage.read() as tx:
        assert tx.execute(select(TOKENS.c.owner)).scalar_one() == letters.chats[Channel.TELEGRAM]


def test_the_question_of_a_check_in_that_goes_by_sms_is_still_unread(letters: Letters) -> None:
    letters.reached(Channel.SMS)
    letters.wants(None, ConsentState.GIVEN)
    world = letters.world
    cipher = world.storage.keystore.of_participants([letters.amina])[letters.amina].cipher
    place = f"sessions.body:{letters.amina}"
    body = cipher.seal(SESSION.dump_json(Session(place=Place.FORM)), place)
    with world.storage.write() as tx:
        tx.execute(
            SESSIONS.insert(), {"participant_id": letters.amina, "body": body, "touched_at": world.now}
        )
    letters.put(PromptKind.NUDGE)
    assert letters.ends(CLOSED) == 1
    with world.storage.read() as tx:
        kept = cipher.open(tx.execute(select(SESSIONS.c.body)).scalar_one(), place)
    assert SESSION.validate_json(kept).unread


def test_after_a_quick_exit_nothing_follows_them(letters: Letters) -> None:
    letters.reached(Channel.TELEGRAM)
    world = letters.world
    cipher = world.storage.keystore.of_participants([letters.amina])[letters.amina].cipher
    place = f"sessions.body:{letters.amina}"
    body = cipher.seal(SESSION.dump_json(Session(place=Place.HIDDEN)), place)
    with world.storage.write() as tx:
        tx.execute(
            SESSIONS.insert(), {"participant_id": letters.amina, "body": body, "touched_at": world.now}
        )
    letters.put()
    assert letters.ends(CLOSED) == 0


def test_a_report_of_failure_moves_it_too_and_later_ones_of_the_first_channel_change_nothing(
    letters: Letters,
) -> None:
    letters.reached(Channel.TELEGRAM)
    message, world = letters.put(), letters.world
    assert letters.ends((DeliveryState.SENT, None, None), (PartSent(0, "SM1"),)) == 0
    account = world.accounts[Channel.WHATSAPP]
    for _ in range(2):
        event = StatusEvent(Channel.WHATSAPP, "SM1", "undelivered", "63024", message, SendOutcome.UNREACHABLE)
        with world.storage.write() as tx:
            failed = outbox.record_status(tx, account, event, world.now)
            outbox.go_elsewhere(tx, world.storage, [failed] if failed else [], world.now)
    [again] = letters.claim()
    assert (again.outbox_id, again.address) == (message, "at telegram")
    with world.storage.write() as tx:
        outbox.settle(tx, [Settlement(again, DeliveryState.SENT, (PartSent(0, "7"),))], world.now)
        late = StatusEvent(Channel.WHATSAPP, "SM1", "failed", "63016", message, SendOutcome.WINDOW_CLOSED)
        outbox.record_status(tx, account, late, world.now)
    assert letters.row(message) == (DeliveryState.SENT, None)
    with world.storage.read() as tx:
        states = {row.provider_message_id: row.state for row in tx.execute(select(PARTS))}
    assert states == {"SM1": DeliveryState.FAILED, "7": DeliveryState.SENT}
