"""The send loop of one process: claim what is due, hand each message over, write what came of it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.files.documents import troubles
from bot.files.recordings import Recordings
from bot.sending.account import Account
from bot.sending.attempt import Attempts
from bot.sending.files import Files
from bot.sending.outside import Outside
from bot.sending.tier import Tier
from bot.templates import TemplateBook
from bot.watching.troubles import Doing, Troubles
from conversations.events import StatusEvent
from conversations.vocabulary import DeliveryState, SendOutcome
from storage import outbox
from storage.database import Storage
from storage.outbox import Claimed, Settlement
from storage.tables.vocabulary import FailureReason

log = structlog.get_logger()

AT_ONCE = 64  # messages in our hands; each is of another chat
SLOWED_FOR = 2.0  # seconds, after a report that an account sent too much
LOOK_AGAIN = 1.0  # seconds, for what falls due by time alone


class Sender:
    """The send loop of one process."""

    def __init__(
        self,
        storage: Storage,
        accounts: Sequence[Account],
        clock: Callable[[], datetime],
        recordings: Recordings,
        book: TemplateBook | None = None,
        tier: int = 0,
        troubles: Troubles | None = None,
    ) -> None:
        """`book` holds the templates, else those in storage; `tier` is WhatsApp's, in people; 0: none."""
        self.storage, self.clock = storage, clock
        self.accounts: Mapping[str, Account] = {account.id: account for account in accounts}
        self.troubles = troubles or Troubles()
        templates = book or TemplateBook(storage, None, clock)
        outside = Outside(templates, Tier(storage, tier, clock), clock)
        self._attempts = Attempts(Files(storage, recordings), outside, clock, self.troubles)
        self.resting = self._attempts.resting
        self._woken = asyncio.Event()
        self._stopping = False
        self._sending: set[asyncio.Task[None]] = set()
        self._settlements: asyncio.Queue[Settlement] = asyncio.Queue()

    def learn(self, account_id: str, event: StatusEvent) -> None:
        """What a report of failure tells of the account; from any thread."""
        account, now = self.accounts.get(account_id), self.clock()
        if account is None:
            return
        if event.outcome is SendOutcome.ACCOUNT_TROUBLE:
            self.troubles.note(event.channel, Doing.SENDING, event.error_code, now)
            log.error("account.trouble", account=account_id, code=event.error_code)
            if event.whole_account:
                self.resting.refused(account_id, now)
        if event.outcome is SendOutcome.RETRY_LATER and event.whole_account:
            account.pace.hold(SLOWED_FOR)

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
        now, resting = self.clock(), self.resting
        with self.storage.write() as tx:
            claimed = outbox.claim(tx, self.storage, resting.awake(self.accounts), room, now)
            for account_id in resting.to_be_tried(self.accounts, now):
                trial = outbox.claim(tx, self.storage, [account_id], 1, now)
                if trial:
                    resting.tries(account_id)
                claimed += trial
        return claimed

    async def _send(self, message: Claimed) -> None:
        try:
            settlement = await self._attempts.attempt(message, self.accounts[message.account_id])
        except Exception as error:  # a message that cannot be rendered must not stop the others
            log.error("send.failed", outbox_id=message.outbox_id, error=type(error).__name__)
            settlement = Settlement(
                message, DeliveryState.FAILED, reason=FailureReason.REJECTED, code=type(error).__name__
            )
        self.resting.tried(message.account_id, self.clock())
        await self._settlements.put(settlement)

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
            stuck = [each.claimed.outbox_id for each in batch if each.state is not DeliveryState.SENT]
            outbox.go_elsewhere(tx, self.storage, stuck, self.clock())
            if any(each.state is DeliveryState.QUEUED for each in batch):
                outbox.wait_for_morning(tx, self.clock())
            outbox.tell_of_trouble(tx, self.storage, troubles(batch), self.clock())
