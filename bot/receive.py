"""Receiving: one writer thread takes all that waits and commits it together.

Whoever delivers waits for the commit; under load many share one. That is what makes a durable answer cheap.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.channels.receiving import Unavailable
from bot.handle import handle, raise_if_unavailable
from bot.watching.causes import new_cause
from bot.watching.counters import BATCH as BATCH_SIZES
from bot.watching.counters import COMMIT
from conversations.events import InboundEvent, StatusEvent
from conversations.snapshot import Project
from conversations.vocabulary import Channel
from storage.database import Storage
from storage.inbox import Arrival
from storage.outbox import go_elsewhere, record_status

log = structlog.get_logger()

BATCH = 256  # arrivals in one transaction
LULL = 0.002  # seconds without a delivery after which a batch is complete, while many come
QUEUE = 10_000  # deliveries waiting; beyond, providers are asked to come again


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one call handed over, and who waits for it."""

    arrivals: tuple[Arrival, ...]
    statuses: tuple[tuple[str, StatusEvent], ...]  # with the account each came to
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None] = field(repr=False)


def tell(batch: Sequence[Delivery], error: BaseException | None) -> None:
    """Tell those who wait what became of their deliveries; from any thread, each loop is woken once."""
    waiting: dict[asyncio.AbstractEventLoop, list[asyncio.Future[None]]] = {}
    for delivery in batch:
        waiting.setdefault(delivery.loop, []).append(delivery.done)
    for loop, futures in waiting.items():
        loop.call_soon_threadsafe(_settle, futures, error)


def _settle(futures: Sequence[asyncio.Future[None]], error: BaseException | None) -> None:
    for future in futures:
        if future.done():
            continue  # the provider hung up meanwhile; the commit stands
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)


def _nothing(account_id: str, event: StatusEvent) -> None:
    """Nobody wants to know what a report tells of the account."""


class Writer:
    """The one thread that writes what comes in; a `Receiver` for the channels."""

    def __init__(
        self,
        storage: Storage,
        project: Callable[[], Project],
        accounts: Mapping[Channel, str],
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        learn: Callable[[str, StatusEvent], None] = _nothing,
    ) -> None:
        self.storage, self.project, self.accounts = storage, project, accounts
        self.clock = clock  # aware, UTC
        self.wake = wake  # called after each commit, from the writer's thread
        self.learn = learn  # with every report of failure, and the account it is about
        self._queue: queue.Queue[Delivery | None] = queue.Queue(QUEUE)
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._busy_since: float | None = None  # monotonic; None: it waits for work

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def busy_for(self) -> float:
        """How many seconds it has been at the batch in hand."""
        since = self._busy_since
        return time.monotonic() - since if since is not None else 0.0

    def waiting(self) -> int:
        """How many deliveries wait for it."""
        return self._queue.qsize()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Write what still waits, then end."""
        self._queue.put(None)
        self._thread.join()

    async def receive(self, events: Sequence[InboundEvent]) -> None:
        """Returns after the commit; Unavailable when nothing could be stored."""
        ours = [event for event in events if event.channel in self.accounts]
        if len(ours) < len(events):
            log.warning("event.of_no_account", events=len(events) - len(ours))
        arrivals = tuple(Arrival.of(self.accounts[e.channel], e, new_cause()) for e in ours)
        for arrival, event in zip(arrivals, ours, strict=True):
            log.debug("event.received", cause=arrival.cause, channel=event.channel.value)
        await self._deliver(arrivals, ())

    async def status(self, event: StatusEvent) -> None:
        """Returns after the commit; Unavailable when nothing could be stored."""
        account = self.accounts.get(event.channel)
        if account is not None:
            await self._deliver((), ((account, event),))

    async def _deliver(
        self, arrivals: tuple[Arrival, ...], statuses: tuple[tuple[str, StatusEvent], ...]
    ) -> None:
        loop, began = asyncio.get_running_loop(), time.perf_counter()
        delivery = Delivery(arrivals, statuses, loop, loop.create_future())
        try:
            self._queue.put_nowait(delivery)
        except queue.Full:
            raise Unavailable from None
        await delivery.done
        COMMIT.observe(time.perf_counter() - began)

    def _run(self) -> None:
        before = 0
        while (first := self._queue.get()) is not None:
            self._busy_since = time.monotonic()
            batch, ending = self._gather(first, before)
            before = len(batch)
            self._write(batch)
            self._busy_since = None
            if ending:
                return

    def _gather(self, first: Delivery, before: int) -> tuple[list[Delivery], bool]:
        """All that waits already, up to a batch; and whether the end was asked for behind it.

        Whoever was answered together comes again together, one request after the other: as long as there are
        fewer than the time before, the next one is waited for, or each batch is followed by one of one.
        """
        batch, size = [first], len(first.arrivals)
        while size < BATCH:
            try:
                lull = LULL if len(batch) < before else 0.0
                following = self._queue.get(timeout=lull)
            except queue.Empty:
                return batch, False
            if following is None:
                return batch, True
            batch.append(following)
            size += len(following.arrivals)
        return batch, False

    def _write(self, batch: Sequence[Delivery]) -> None:
        error: BaseException | None = None
        try:
            now = self.clock()
            arrivals = [arrival for delivery in batch for arrival in delivery.arrivals]
            if arrivals:
                BATCH_SIZES.observe(len(arrivals))
                handle(self.storage, self.project(), arrivals, now)
            self._record([status for delivery in batch for status in delivery.statuses], now)
        except Unavailable as unavailable:
            error = unavailable
        except Exception as unexpected:  # the thread must outlive whatever one batch does
            log.error("writer.failed", error=type(unexpected).__name__)  # its text may quote a person
            error = Unavailable()
        tell(batch, error)
        self.wake()

    def _record(self, statuses: Sequence[tuple[str, StatusEvent]], now: datetime) -> None:
        if not statuses:
            return
        try:
            with self.storage.write() as tx:
                told = [record_status(tx, account, event, now) for account, event in statuses]
                log.debug("messages.reported", outbox_ids=[event.outbox_id for _, event in statuses])
                go_elsewhere(tx, self.storage, [outbox_id for outbox_id in told if outbox_id], now)
            for (account, event), failed in zip(statuses, told, strict=True):
                if failed:
                    self.learn(account, event)
        except Exception as error:
            raise_if_unavailable(error)
            log.warning("status.failed", size=len(statuses), error=type(error).__name__)
            if len(statuses) > 1:  # one by one, so that a bad one is alone
                for status in statuses:
                    self._record([status], now)
