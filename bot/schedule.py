"""What happens by time alone: a handful of jobs that claim rows, run by APScheduler in this process."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from structlog.contextvars import bind_contextvars, clear_contextvars

from bot.clock_jumps import watch_clock
from bot.handle import handle_due_contacts
from bot.watching.causes import new_cause
from bot.watching.counters import JOB, JOB_FAILURES, JOB_ROWS
from storage import outbox
from storage.contacts import miss_unanswered
from storage.database import Storage
from storage.erasures import erase_due
from storage.media.sweeping import drop_not_allowed, sweep
from storage.media.wanted import give_up
from storage.outbox.claim import LEASE
from storage.projects import Projects
from storage.provider_copies import note_old_copies
from storage.provider_deletions import deleted, due_deletions, not_deleted
from storage.retention import forget
from storage.workshop_notices import give_notice

log = structlog.get_logger()

MISSED_AT_ONCE = 500  # check-ins closed in one transaction
NOTICES_AT_ONCE = 5  # each to a whole cohort
ERASED_AT_ONCE = 50  # people
NOTED_AT_ONCE = 500  # messages of each source, to be deleted at a provider
DELETED_AT_ONCE = 50  # messages at a provider, one after the other
AT_ONCE = 4  # jobs


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs as plain functions. Each claims a bounded number of rows and returns how many it handled."""

    storage: Storage
    projects: Projects
    clock: Callable[[], datetime]  # aware, UTC
    wake: Callable[[], None]  # something is to be sent
    deletes: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)  # by account, where possible
    fetch_files: Callable[[], int] = lambda: 0  # what people sent
    read_templates: Callable[[], int] = lambda: 0  # asks WhatsApp's provider for its list
    in_hands: Callable[[], Collection[str]] = tuple  # messages that our own sender is busy with

    def send_due(self) -> int:
        """Begin the check-ins whose hour has come."""
        handled = handle_due_contacts(self.storage, self.projects(), self.clock())
        if handled:
            self.wake()
        return handled

    def tell_of_workshops(self) -> int:
        """Invite to workshops, remind of them, tell that one is off, ask how it was."""
        with self.storage.write() as tx:
            given = give_notice(tx, self.storage, self.clock(), NOTICES_AT_ONCE)
        if given:
            self.wake()
        return given

    def recover_leases(self) -> int:
        """Take back what a dead sender held."""
        now = self.clock()
        with self.storage.write() as tx:
            recovered = outbox.recover_leases(tx, now, alive=self.in_hands()) + outbox.follow_clock(tx, now)
        if recovered:
            self.wake()
        return recovered

    def follow_clock(self, by: timedelta) -> int:
        """The clock was set by so much: have what waits due by it."""
        with self.storage.write() as tx:
            return outbox.follow_clock(tx, self.clock(), by)

    def recover_all_leases(self) -> int:
        """Take back what any earlier sender held. For a start on a database that is ours alone."""
        now = self.clock()
        with self.storage.write() as tx:
            return outbox.recover_leases(tx, now, held_until=now + 2 * LEASE)

    def expire(self) -> int:
        """End messages that are too late, and fates that stayed unknown."""
        with self.storage.write() as tx:
            return outbox.expire(tx, self.clock())

    def try_documents_again(self) -> int:
        """Try once more to make the files that could not be made."""
        with self.storage.write() as tx:
            again = outbox.try_documents_again(tx, self.clock())
        if again:
            self.wake()
        return again

    def send_in_time(self) -> int:
        """Send what waited for its hour: a cap on unasked messages, WhatsApp's tier, the quiet hours."""
        with self.storage.write() as tx:
            released = outbox.release_in_time(tx, self.clock())
            outbox.wait_for_morning(tx, self.clock())
        if released:
            self.wake()
        return released

    def close_missed(self) -> int:
        """Close check-ins that stayed unanswered, and plan the next ones."""
        with self.storage.write() as tx:
            return miss_unanswered(tx, self.storage, self.projects().zone, self.clock(), MISSED_AT_ONCE)

    def erase(self) -> int:
        """Erase those whose moment has come."""
        handled = erase_due(self.storage, self.clock(), ERASED_AT_ONCE)
        if handled:
            self.wake()  # a last message has to leave
        return handled

    def delete_at_providers(self) -> int:
        """Delete what providers need no more, and have of who was erased. How many are gone there."""
        with self.storage.write() as tx:
            note_old_copies(tx, self.clock(), NOTED_AT_ONCE)
        with self.storage.read() as look:
            due = due_deletions(look, list(self.deletes), self.clock(), DELETED_AT_ONCE)
        gone = 0
        for message in due:
            if self.deletes[message.account_id](message.provider_message_id):
                gone += 1
                with self.storage.write() as tx:
                    deleted(tx, message)
            else:
                with self.storage.write() as tx:
                    not_deleted(tx, message, self.clock())
        return gone

    def fetch_media(self) -> int:
        """Fetch what people sent. How many files need no further look."""
        settled = self.fetch_files()
        if settled:
            self.wake()  # what cannot be kept is said
        return settled

    def drop_media(self) -> int:
        """Delete the files of those who took their yes back; give up what nobody said yes to."""
        with self.storage.write() as tx:
            given_up = give_up(tx, self.clock())
        return given_up + drop_not_allowed(self.storage)

    def sweep_media(self) -> int:
        """Delete files that belong to nothing any more."""
        return sweep(self.storage, datetime.now(UTC))

    def read_forms(self) -> int:
        """Take up forms that another process has published, and recordings that came or went."""
        return self.projects.refresh()

    def forget(self) -> int:
        """Forget unfinished joins and what is kept against repetition."""
        with self.storage.write() as tx:
            return forget(tx, self.clock())

    @property
    def every(self) -> Mapping[str, tuple[int, Callable[[], int]]]:
        """Seconds between two runs, by name."""
        return {
            "send_due": (15, self.send_due),
            "tell_of_workshops": (15, self.tell_of_workshops),
            "recover_leases": (30, self.recover_leases),
            "erase": (15, self.erase),
            "delete_at_providers": (60, self.delete_at_providers),
            "fetch_media": (5, self.fetch_media),
            "drop_media": (60, self.drop_media),
            "sweep_media": (3600, self.sweep_media),
            "read_templates": (300, self.read_templates),
            "read_forms": (30, self.read_forms),
            "expire": (300, self.expire),
            "try_documents_again": (60, self.try_documents_again),
            "send_in_time": (60, self.send_in_time),
            "close_missed": (3600, self.close_missed),
            "forget": (3600, self.forget),
        }


class Schedule:
    """The jobs on their intervals; a late run is made up for once.

    They have threads of their own: while a database keeps them waiting, what sends needs no thread of theirs.
    The scheduler sleeps until an hour of the wall clock: when somebody sets that back, it is woken.
    """

    def __init__(self, jobs: Jobs) -> None:
        self._jobs, self._names = jobs, tuple(jobs.every)
        self._watching: asyncio.Task[None] | None = None
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="job")
        self._running: set[asyncio.Future[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self.last_run = time.monotonic()  # when a job last came to its end
        for name, (seconds, run) in jobs.every.items():
            self._scheduler.add_job(
                partial(self._run, self._watched(name, run)),
                IntervalTrigger(seconds=seconds, timezone=UTC),
                id=name,
                next_run_time=datetime.now(UTC),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        self._scheduler.start()
        self._watching = asyncio.create_task(watch_clock(self._follow_clock), name="clock")

    async def stop(self) -> None:
        """Begin nothing more; returns when the jobs that run are done."""
        if self._watching:
            self._watching.cancel()
        self._scheduler.pause()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._scheduler.shutdown(wait=False)
        self._threads.shutdown()

    async def _run(self, job: Callable[[], None]) -> None:
        running = asyncio.get_running_loop().run_in_executor(self._threads, job)
        self._running.add(running)
        try:
            await running
        finally:
            self._running.discard(running)

    async def _follow_clock(self, by: timedelta) -> None:
        await self._run(self._watched("follow_clock", partial(self._jobs.follow_clock, by)))
        self.run_all_now()

    def run_all_now(self) -> None:
        """Run every job at once, and then on its interval again."""
        for name in self._names:
            self.run_now(name)

    def run_now(self, name: str) -> None:
        """Run a job at once instead of at its next turn; from any thread."""
        self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def _watched(self, name: str, run: Callable[[], int]) -> Callable[[], None]:
        def job() -> None:
            began = time.perf_counter()
            clear_contextvars()  # of the job that this thread ran before
            bind_contextvars(cause=new_cause())
            try:
                handled = run()
            except Exception as error:  # the next run tries again; rows are claimed anew
                JOB_FAILURES.labels(name).inc()
                log.error("job.failed", job=name, error=type(error).__name__)
            else:
                JOB_ROWS.labels(name).inc(handled)
                if handled:
                    log.info("job.done", job=name, handled=handled)
            JOB.labels(name).observe(time.perf_counter() - began)
            self.last_run = time.monotonic()

        return job
