"""The send loop of one process: claim what is due, hand each message over, write what came of it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError
from structlog.contextvars import bind_contextvars

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
from conversations.messages import PromptKind
from conversations.vocabulary import DeliveryState, SendOutcome
from storage import outbox
from storage.database import Storage
from storage.outbox import Claimed, Settlement
from storage.tables.vocabulary import FailureReason

log = structlog.get_logger()

AT_ONCE = 64  # messages in our hands; each is of another chat
SLOWED_FOR = 2.0  # seconds, after a report that an account sent too much
# Seconds of its pace that an account takes ahead. Whatever is in our hands when the process dies has an
# unknown fate, also what was only waiting for its turn: so hardly anything waits there.
AHEAD = 0.1
LOOK_AGAIN = 1.0  # seconds, for what falls due by time alone
LONGEST_PAUSE = 5.0  # seconds between two tries to write down what was sent
LAST_TRIES = 4  # of that once the program is to end


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
        self._in_hands: set[str] = set()
        self._settlements: asyncio.Queue[Settlement] = asyncio.Queue()

    @property
    def in_hands(self) -> frozenset[str]:
        """The messages, by outbox id, whose fate this sender is about to write down. From any thread."""
        return frozenset(self._in_hands)

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
            claimed = await self._claim(self._rooms())
            self._in_hands.update(message.outbox_id for message in claimed)
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

    def _rooms(self) -> Mapping[str, int]:
        """How many messages each account may take now; those that may take none are absent."""
        free = AT_ONCE - len(self._sending)
        rooms = {name: min(free, account.pace.room(AHEAD)) for name, account in self.accounts.items()}
        return {name: room for name, room in rooms.items() if room > 0}

    async def _wait(self) -> None:
        """Return when something may be due, or an account that was held may send again."""
        held = [account.pace.held_for() for account in self.accounts.values()]
        soonest = min((seconds - AHEAD / 2 for seconds in held if seconds > AHEAD), default=LOOK_AGAIN)
        rests = (rest for account in self.accounts.values() for rest in account.pace.resting().values())
        soonest = min(soonest, *rests, LOOK_AGAIN)
        try:
            async with asyncio.timeout(soonest):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _claim(self, rooms: Mapping[str, int]) -> Sequence[Claimed]:
        if not rooms:
            return ()
        try:
            return await asyncio.to_thread(self._claim_now, rooms)
        except Exception as error:  # the loop must outlive whatever one look does
            log.error("claim.failed", error=type(error).__name__)
            return ()

    def _claim_now(self, rooms: Mapping[str, int]) -> Sequence[Claimed]:
        now, resting = self.clock(), self.resting
        chats = [chat for account in self.accounts.values() for chat in account.pace.resting()]
        with self.storage.write() as tx:
            awake = {account_id: rooms[account_id] for account_id in resting.awake(rooms)}
            claimed = outbox.claim(tx, self.storage, awake, now, chats)
            for account_id in resting.to_be_tried(rooms, now):
                trial = outbox.claim(tx, self.storage, {account_id: 1}, now, chats)
                if trial:
                    resting.tries(account_id)
                claimed += trial
        return claimed

    async def _send(self, message: Claimed) -> None:
        bind_contextvars(cause=message.cause, outbox_id=message.outbox_id)  # of this task alone
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
            for each in batch:
                self._in_hands.discard(each.claimed.outbox_id)
                self._settlements.task_done()
            self.wake()

    async def _settle(self, batch: Sequence[Settlement]) -> None:
        """Write what came of these, however long the database stays away: nothing is sent twice for that.

        At the end of the program it is tried a few times more; then the leases end and the sweep decides.
        """
        tries, pause = 0, 0.2
        while not self._stopping or tries < LAST_TRIES:
            try:
                await asyncio.to_thread(self._settle_now, batch)
                return
            except SQLAlchemyError as error:
                log.error("settle.failed", error=type(error).__name__)
            except (
                Exception
            ) as error:  # in what follows for others: what is known is written down all the same
                log.error("settle.failed", error=type(error).__name__)
                await self._settle_alone(batch)
                return
            await asyncio.sleep(pause)
            tries, pause = tries + self._stopping, min(2 * pause, LONGEST_PAUSE)

    async def _settle_alone(self, batch: Sequence[Settlement]) -> None:
        """Write down each by itself, and nothing of what would follow."""
        for each in batch:
            try:
                await asyncio.to_thread(self._write_down, each)
            except Exception as error:  # its lease ends, and the sweep decides
                outbox_id = each.claimed.outbox_id
                log.error("settle.gave_up", outbox_id=outbox_id, error=type(error).__name__)

    def _write_down(self, settlement: Settlement) -> None:
        with self.storage.write() as tx:
            outbox.settle(tx, [settlement], self.clock())

    def _settle_now(self, batch: Sequence[Settlement]) -> None:
        with self.storage.write() as tx:
            outbox.settle(tx, batch, self.clock())
            stuck = [each.claimed.outbox_id for each in batch if each.state is not DeliveryState.SENT]
            outbox.go_elsewhere(tx, self.storage, stuck, self.clock())
            again = [each.claimed for each in batch if each.state is DeliveryState.QUEUED]
            nudges = [each.outbox_id for each in again if each.prompt.kind is PromptKind.NUDGE]
            if nudges:
                outbox.wait_for_morning(tx, self.clock(), nudges)
            outbox.tell_of_trouble(tx, self.storage, troubles(batch), self.clock())
