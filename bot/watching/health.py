"""What /readyz says: each part of the program, whether it works, since when not, and what to do."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.room import is_nearly_full
from bot.watching.troubles import in_words
from storage.errors import UNAVAILABLE

if TYPE_CHECKING:
    from bot.service import Service

PATIENCE = 5.0  # seconds for the database to answer
STUCK = 60.0  # seconds the writer may take over one batch
IDLE = 120.0  # seconds without any run of the job that runs every 15
LATE = 300.0  # seconds a message that may leave may lie there

AWAY: tuple[type[Exception], ...] = (*UNAVAILABLE, DBAPIError, TimeoutError)
OK = {"state": "ok"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, with what is wrong there; without words nothing is."""

    part: str
    words: str = ""
    code: str = ""
    since: datetime | None = None

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        if not self.words:
            return OK
        since = {"since": self.since.isoformat(timespec="seconds")} if self.since else {}
        code = {"code": self.code} if self.code else {}
        return {"state": "trouble", "what": self.words, **code, **since}


async def report(service: "Service") -> tuple[dict[str, Any], bool]:
    """How each part is, as JSON, and whether all is well."""
    parts = [await _database(service), *_own(service)]
    channels = list(_channels(service))
    wrong = [finding.part for finding in (*parts, *channels) if finding.words]
    told: dict[str, Any] = {"status": "trouble" if wrong else "ready"}
    if wrong:
        told["wrong"] = wrong
    told |= {finding.part: finding.told() for finding in parts}
    told["channels"] = {finding.part: finding.told() for finding in channels}
    return told, not wrong


async def _database(service: "Service") -> Finding:
    """Whether it answers, and nothing that may leave has lain there for minutes."""

    def look() -> float:
        with service.storage.read() as tx:
            tx.execute(text("SELECT 1"))
        return service.watch.look().late["send"].total_seconds()

    try:
        async with asyncio.timeout(PATIENCE):
            late = await asyncio.to_thread(look)
    except AWAY as error:
        words = "it does not answer: check that it runs; providers repeat what they could not deliver"
        return Finding("database", words, type(error).__name__)
    if late > LATE:
        words = f"messages that may leave have been waiting for {int(late)} seconds: look at the log"
        return Finding("outbox", words)
    return Finding("database")


def _own(service: "Service") -> Iterator[Finding]:
    """The parts of the program itself."""
    full = is_nearly_full(service.settings.data_dir)
    yield Finding("disk", "it is full, or nearly: make room in CARNET_DATA_DIR" if full else "")
    busy = service.writer.busy_for()
    if not service.writer.alive:
        yield Finding("writer", "it has stopped: restart the program, and report what the log says")
    elif busy > STUCK:
        yield Finding("writer", f"it has been busy with one batch for {int(busy)} seconds: see the database")
    else:
        yield Finding("writer")
    for task in service.tasks:
        dead = task.done() and not task.cancelled() and task.exception()
        code = type(task.exception()).__name__ if dead else ""
        words = "it has stopped: restart the program, and report what the log says" if dead else ""
        yield Finding(task.get_name(), words, code)
    idle = time.monotonic() - service.schedule.last_run
    late = f"no job has run for {int(idle)} seconds: restart the program" if idle > IDLE else ""
    yield Finding("schedule", late)


def _channels(service: "Service") -> Iterator[Finding]:
    for account in service.sender.accounts.values():
        channel = account.transport.channel
        worst = min(service.troubles.of(channel).values(), key=lambda one: one.since, default=None)
        if worst is None:
            yield Finding(channel.value)
        else:
            yield Finding(channel.value, in_words(worst.code), worst.code, worst.since)
