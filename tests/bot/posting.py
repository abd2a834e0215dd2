"""Two people to send to, a sender that runs, and a way out that takes its time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.channels.sending import MediaFile, SendResult, Transport
from bot.files.recordings import Recordings
from bot.sending.account import Account
from bot.sending.loop import Sender
from bot.sending.pace import Limits, Pace
from conversations.messages import Media, Prompt, PromptKind, Verbatim
from conversations.render.capabilities import CAPABILITIES, Capabilities
from conversations.render.parts import Part
from conversations.vocabulary import Channel, DeliveryState, Language, SendOutcome
from storage.database import Storage
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.tables.core import ADDRESSES, OUTBOX
from storage.tables.vocabulary import AddressState, FailureReason
from tests.bot.driving import Clock, rows, until
from tests.bot.making import TO_HOME, Desk, open_desk

AMINA, GRACE = "5000000001", "5000000002"
WHATSAPP = {AMINA: "whatsapp:+212600000001", GRACE: "whatsapp:+212600000002"}

SENT, QUEUED, FAILED = DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.FAILED


@dataclass(frozen=True, slots=True)
class Post:
    """Two people whose earlier messages are all sent, and a sender that runs."""

    desk: Desk
    sender: Sender
    clock: Clock
    channel: Channel

    def put(
        self,
        address: str,
        text: str,
        kind: PromptKind = PromptKind.STAFF,
        media: tuple[Media, ...] = (),
    ) -> str:
        return self.put_prompt(address, Prompt(kind, (Verbatim(text),), media=media))

    def put_prompt(self, address: str, prompt: Prompt) -> str:
        storage, participant = self.desk.storage, self.desk.participant(address, self.channel)
        with storage.write() as tx:
            to = preferred_destinations(tx, [participant])[participant]
            out = Outgoing(
                prompt=prompt,
                language=Language.FRENCH,
                account_id=to.account_id,
                chat=to.chat,
                cipher=storage.keystore.of_participants([participant])[participant].cipher,
                participant_id=participant,
                address_id=to.address_id,
            )
            outbox_id = enqueue(tx, storage, [out], self.clock())[0]
        self.sender.wake()
        return outbox_id

    def state(self, outbox_id: str) -> DeliveryState:
        [row] = rows(self.desk.storage, select(OUTBOX.c.state).where(OUTBOX.c.id == outbox_id))
        return DeliveryState(row.state)

    def reason(self, outbox_id: str) -> FailureReason | None:
        [row] = rows(self.desk.storage, select(OUTBOX.c.reason).where(OUTBOX.c.id == outbox_id))
        return FailureReason(row.reason) if row.reason else None

    def due_in(self, outbox_id: str) -> timedelta:
        [row] = rows(self.desk.storage, select(OUTBOX.c.due_at).where(OUTBOX.c.id == outbox_id))
        wait: timedelta = row.due_at - self.clock()
        return wait

    async def becomes(self, outbox_id: str, state: DeliveryState) -> None:
        """Return once the message is in this state and in nobody's hands."""
        await until(lambda: self.state(outbox_id) is state)

    async def was_put_off(self, outbox_id: str) -> None:
        """Return once a send has failed and is to be tried again later."""
        await until(lambda: self.state(outbox_id) is QUEUED and self.due_in(outbox_id) > timedelta(0))

    def later(self, **duration: float) -> None:
        self.clock.advance(**duration)
        self.sender.wake()

    def address_state(self, address: str) -> AddressState:
        participant = self.desk.participant(address, self.channel)
        [row] = rows(
            self.desk.storage,
            select(ADDRESSES.c.state).where(ADDRESSES.c.participant_id == participant),
        )
        return AddressState(row.state)


@asynccontextmanager
async def posting(
    storage: Storage, now: datetime, transport: Transport, limits: Limits | None = None, tier: int = 0
) -> AsyncIterator[Post]:
    desk, channel, clock = open_desk(storage, now), transport.channel, Clock(now)
    for chat in (AMINA, GRACE):
        desk.tell(WHATSAPP[chat] if channel is Channel.WHATSAPP else chat, TO_HOME, channel)
    with storage.write() as tx:
        tx.execute(OUTBOX.update().values(state=SENT))
    account = Account(desk.accounts[channel], transport, Pace(limits or Limits(1000.0), channel))
    sender = Sender(storage, [account], clock, Recordings(Path("nowhere")), tier=tier)
    running = asyncio.create_task(sender.run())
    yield Post(desk, sender, clock, channel)
    sender.stop()
    await running
    await transport.close()


class Slow:
    """A way out that takes its time and counts what is in flight per address."""

    channel = Channel.TELEGRAM
    capabilities: Capabilities = CAPABILITIES[Channel.TELEGRAM]

    def __init__(self, fails_at: int = 0) -> None:
        self.fails_at = fails_at  # the send, from 1, that finds no connection; 0: none
        self.sends = 0
        self.files, self.most_files = 0, 0  # in flight
        self.flying: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.order: dict[str, list[str]] = {}

    async def send(self, address: str, part: Part, outbox_id: str) -> SendResult:
        self.flying[address] = self.flying.get(address, 0) + 1
        self.most[address] = max(self.most.get(address, 0), self.flying[address])
        await asyncio.sleep(0.05)
        self.flying[address] -= 1
        self.sends += 1
        if self.sends == self.fails_at:
            return SendResult(SendOutcome.RETRY_LATER, code="ConnectError")
        self.order.setdefault(address, []).append(part.text)
        return SendResult(SendOutcome.SENT, provider_message_id=f"{outbox_id}/{self.sends}")

    async def send_media(self, address: str, file: MediaFile, caption: str, outbox_id: str) -> SendResult:
        self.files += 1
        self.most_files = max(self.most_files, self.files)
        try:
            return await self.send(address, Part(file.name), outbox_id)
        finally:
            self.files -= 1

    async def close(self) -> None:
        self.flying.clear()
