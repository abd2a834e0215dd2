"""Sending: claim what is due, render it, hand it to its channel, settle what came of it."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.sending import MediaFile, SendOutcome, SendResult, Transport
from bot.documents import DocumentNotMade, document_file, troubles, without_document
from bot.media import can_be_sent, media_file
from bot.pace import Pace
from bot.recordings import Recordings
from conversations.messages import Document, Media, Recording
from conversations.render.parts import Part, render
from conversations.render.window import Route, route
from conversations.vocabulary import DeliveryState
from storage import outbox
from storage.database import Storage
from storage.outbox import Claimed, PartSent, Settlement
from storage.outbox.claim import resent_when_unknown
from storage.tables.vocabulary import AddressState, FailureReason

log = structlog.get_logger()

AT_ONCE = 64  # messages in our hands; each is of another chat
LOOK_AGAIN = 1.0  # seconds, for what falls due by time alone
FILES_AT_ONCE = 8  # recordings and pictures in memory, each 16 MB at most
FIRST_RETRY, LONGEST_RETRY = 2.0, 600.0  # seconds; doubling in between, with jitter
ATTEMPTS = 8  # of a reply whose fate stays unknown; then it has failed
UNKNOWN_RETRY = timedelta(seconds=30)  # a status report gets this long to settle it first
LONGEST_HOLD = 10.0  # seconds a message may wait for its turn in our hands; well within the lease
LONGEST_TURN = timedelta(seconds=30)  # after which the rest of a long message waits for its next lease
PAUSE = timedelta(minutes=1)  # while an account of ours is in trouble


@dataclass(frozen=True, slots=True)
class Account:
    """One of our accounts, ready to send."""

    id: str
    transport: Transport
    pace: Pace


class Sender:
    """The send loop of one process. `trouble` names the accounts that are ours to fix, with the code."""

    def __init__(
        self,
        storage: Storage,
        accounts: Sequence[Account],
        clock: Callable[[], datetime],
        recordings: Recordings,
    ) -> None:
        self.storage, self.clock, self.recordings = storage, clock, recordings
        self.accounts: Mapping[str, Account] = {account.id: account for account in accounts}
        self.trouble: dict[str, str] = {}
        self._woken = asyncio.Event()
        self._stopping = False
        self._sending: set[asyncio.Task[None]] = set()
        self._files = asyncio.Semaphore(FILES_AT_ONCE)
        self._settlements: asyncio.Queue[Settlement] = asyncio.Queue()

    def wake(self) -> None:
        """Something may be due. From the event loop's thread."""
        self._woken.set()

    def stop(self) -> None:
        """Claim nothing more; `run` ends when what is in flight is settled."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Send until stopped. What is in flight then is finished and settled."""
        settling = asyncio.create_task(self._settle_forever())
        while not self._stopping:
            self._woken.clear()
            claimed = await self._claim(AT_ONCE - len(self._sending))
            for message in claimed:
                task = asyncio.create_task(self._send(message))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)
            if not claimed:
                await self._wait()
        if self._sending:
            await asyncio.wait(self._sending)
        await self._settlements.join()
        settling.cancel()
        await asyncio.gather(settling, return_exceptions=True)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(LOOK_AGAIN):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _claim(self, room: int) -> Sequence[Claimed]:
        if room <= 0 or not self.accounts:
            return ()
        try:
            return await asyncio.to_thread(self._claim_now, room)
        except Exception as error:  # the loop must outlive whatever one look does
            log.error("claim.failed", error=type(error).__name__)
            return ()

    def _claim_now(self, room: int) -> Sequence[Claimed]:
        with self.storage.write() as tx:
            return outbox.claim(tx, self.storage, list(self.accounts), room, self.clock())

    async def _send(self, message: Claimed) -> None:
        try:
            settlement = await self._attempt(message)
        except Exception as error:  # a message that cannot be rendered must not stop the others
            log.error("send.failed", outbox_id=message.outbox_id, error=type(error).__name__)
            settlement = Settlement(
                message, DeliveryState.FAILED, reason=FailureReason.REJECTED, code=type(error).__name__
            )
        await self._settlements.put(settlement)

    async def _attempt(self, message: Claimed) -> Settlement:
        if message.address_state is not AddressState.OPEN:
            reason = FailureReason(message.address_state.value)
            return Settlement(message, DeliveryState.FAILED, reason=reason)
        account = self.accounts[message.account_id]
        capabilities = account.transport.capabilities
        if route(capabilities, message.last_inbound_at, self.clock()) is Route.WAIT:
            return Settlement(message, DeliveryState.WAITING, reason=FailureReason.WINDOW_CLOSED)
        sent: list[PartSent] = []
        parts = render(message.prompt, message.language, capabilities)
        parts = await self._without_missing(parts)
        began = self.clock()
        for part in parts[message.parts_sent :]:
            if sent and self.clock() - began > LONGEST_TURN:
                return Settlement(message, DeliveryState.QUEUED, tuple(sent), due_at=self.clock())
            if (held := account.pace.held_for()) > LONGEST_HOLD:
                again = self.clock() + timedelta(seconds=held)
                return Settlement(message, DeliveryState.QUEUED, tuple(sent), due_at=again)
            await account.pace.wait()
            try:
                result = await self._hand_over(account.transport, message, part)
            except DocumentNotMade as error:
                return without_document(message, str(error))
            beside = part.pin or isinstance(part.media, Media | Recording)
            if beside and result.outcome is SendOutcome.DEFECT:
                # A file or a pin that the provider does not take must not cost the person the question.
                log.error("media.rejected", outbox_id=message.outbox_id, code=result.code)
                continue
            if result.outcome is not SendOutcome.SENT:
                return self._consequence(message, result, tuple(sent))
            sent.append(PartSent(message.parts_sent + len(sent), result.provider_message_id))
        self.trouble.pop(account.id, None)
        return Settlement(message, DeliveryState.SENT, tuple(sent))

    async def _without_missing(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """The parts without the files that cannot be sent, and their numbers: the check of the sheet warned.

        They go before the parts are counted, so those that are out already keep their numbers.
        """
        if not any(part.media for part in parts):
            return parts
        return await asyncio.to_thread(self._sendable, parts)

    def _sendable(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        with self.storage.read() as tx:
            return tuple(part for part in parts if self._is_there(tx, part.media or part.announces))

    def _is_there(self, tx: Connection, file: Media | Recording | Document | None) -> bool:
        match file:
            case Media():
                return can_be_sent(tx, file)
            case Recording():
                return self.recordings.read(file) is not None
            case _:
                return True

    async def _hand_over(self, transport: Transport, message: Claimed, part: Part) -> SendResult:
        if part.media is None:
            return await transport.send(message.address, part, message.outbox_id)
        try:
            async with asyncio.timeout(LONGEST_HOLD):
                await self._files.acquire()
        except TimeoutError:
            return SendResult(SendOutcome.RETRY_LATER, code="files", retry_after=LONGEST_HOLD)
        try:
            file = await asyncio.to_thread(self._read_file, message, part.media)
            if file is None:  # replaced this moment
                return SendResult(SendOutcome.DEFECT, code="file_gone")
            return await transport.send_media(message.address, file, part.text, message.outbox_id)
        finally:
            self._files.release()

    def _read_file(self, message: Claimed, media: Media | Recording | Document) -> MediaFile | None:
        if isinstance(media, Recording):
            return self.recordings.file(self.storage.vault, media)
        with self.storage.read() as tx:
            if isinstance(media, Document):
                return document_file(tx, self.storage, message, media, self.clock())
            return media_file(tx, self.storage.vault, media)

    def _consequence(self, message: Claimed, result: SendResult, sent: tuple[PartSent, ...]) -> Settlement:
        """What follows from a send that did not simply succeed (the table in docs/channels.md)."""

        def settled(
            state: DeliveryState,
            reason: FailureReason | None = None,
            after: timedelta | None = None,
            address: AddressState | None = None,
        ) -> Settlement:
            again = self.clock() + after if after else None
            return Settlement(message, state, sent, reason, result.code, again, address)

        match result.outcome:
            case SendOutcome.WINDOW_CLOSED:
                return settled(DeliveryState.WAITING, FailureReason.WINDOW_CLOSED)
            case SendOutcome.OPTED_OUT:
                return settled(DeliveryState.FAILED, FailureReason.BLOCKED, address=AddressState.BLOCKED)
            case SendOutcome.UNREACHABLE:
                return settled(
                    DeliveryState.FAILED, FailureReason.UNREACHABLE, address=AddressState.UNREACHABLE
                )
            case SendOutcome.UNKNOWN if not resent_when_unknown(message.prompt.kind):
                return settled(DeliveryState.UNKNOWN)
            case SendOutcome.UNKNOWN if message.attempts < ATTEMPTS:
                return settled(DeliveryState.QUEUED, after=UNKNOWN_RETRY)
            case SendOutcome.ACCOUNT_TROUBLE:
                self.trouble[message.account_id] = result.code
                log.error("account.trouble", account=message.account_id, code=result.code)
                return settled(DeliveryState.QUEUED, after=PAUSE)
            case SendOutcome.ASK_AGAIN_LATER if message.attempts < 2:
                return settled(DeliveryState.QUEUED, after=PAUSE)
            case SendOutcome.RETRY_LATER:
                pause = timedelta(seconds=result.retry_after or _backoff(message.attempts))
                if result.whole_account:
                    self.accounts[message.account_id].pace.hold(pause.total_seconds())
                return settled(DeliveryState.QUEUED, after=pause)
            case _:
                log.error("send.rejected", outbox_id=message.outbox_id, code=result.code)
                return settled(DeliveryState.FAILED, FailureReason.REJECTED)

    async def _settle_forever(self) -> None:
        while True:
            batch = [await self._settlements.get()]
            while not self._settlements.empty():
                batch.append(self._settlements.get_nowait())
            await self._settle(batch)
            for _ in batch:
                self._settlements.task_done()
            self.wake()

    async def _settle(self, batch: Sequence[Settlement]) -> None:
        """Written or not: if the database stays away, the leases end and the sweep decides."""
        for pause in (0.2, 1.0, 5.0, None):
            try:
                await asyncio.to_thread(self._settle_now, batch)
                return
            except SQLAlchemyError as error:
                log.error("settle.failed", error=type(error).__name__)
                if pause is None:
                    return
                await asyncio.sleep(pause)

    def _settle_now(self, batch: Sequence[Settlement]) -> None:
        with self.storage.write() as tx:
            outbox.settle(tx, batch, self.clock())
            outbox.tell_of_trouble(tx, self.storage, troubles(batch), self.clock())


def _backoff(attempts: int) -> float:
    """Seconds until the next attempt: doubling, with jitter so that a crowd does not come back as one."""
    longest = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** (attempts - 1))
    return longest * random.triangular(0.5, 1.0)  # noqa: S311 - jitter needs no secrecy
