"""A minute in which everything goes wrong at once, and the calm after it."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import func, select

from conversations.vocabulary import DeliveryState
from storage.database import Storage
from storage.tables.core import OUTBOX
from tests.bot.driving import rows
from tests.chaos.databases import Database
from tests.chaos.faults import Chance
from tests.chaos.killing import Program, keep_killing
from tests.chaos.people import Crowd
from tests.chaos.program import Offset
from tests.chaos.reporting import Reports
from tests.chaos.team import Team

SHARE = 0.12  # of the sends go wrong
HOUR = 3600.0  # seconds
LONGEST_LIFE = 4.0  # seconds between an answer of the program and its end
PATIENCE = 240.0  # seconds within which all that is due must be out once the storm is over


@dataclass(frozen=True, slots=True)
class Storm:
    """Everything that takes part."""

    storage: Storage  # by a way of its own, which nothing disturbs
    program: Program
    database: Database
    crowd: Crowd
    team: Team
    reports: Reports
    offset: Offset
    chance: Chance
    random: random.Random

    async def rage(self, seconds: float, kills: int) -> int:
        """Everything at once, for so long and until the last kill; how many sends were cut off by kills."""
        self.chance.share = SHARE
        talking = asyncio.create_task(self.crowd.talk())
        async with (
            _until_over(self.team.work()),
            _until_over(self._take_the_database_away()),
            _until_over(self._move_the_clock()),
        ):
            began = time.monotonic()
            cut_off = await keep_killing(self.program, self.random, kills, LONGEST_LIFE, self._in_flight)
            await asyncio.sleep(max(0.0, seconds - (time.monotonic() - began)))
        self.chance.share = 0.0
        self.crowd.over.set()
        await talking
        return cut_off

    async def calm(self) -> None:
        """Providers and database are well: return once nothing is left to be done."""
        deadline = time.monotonic() + PATIENCE
        unfinished = self._unfinished()
        while unfinished or self.reports.under_way:
            assert time.monotonic() < deadline, f"still unfinished: {unfinished}"
            await asyncio.sleep(1.5)
            before, unfinished = unfinished, self._unfinished()
            if before == unfinished:  # what waits for a moment ahead: a lease, a pause
                self.offset.move(600)

    async def _take_the_database_away(self) -> None:
        while True:
            await asyncio.sleep(self.random.uniform(1, 6))
            await self.database.trouble(self.random, self.random.uniform(0.5, 4))

    async def _move_the_clock(self) -> None:
        """An hour forwards, an hour backwards, as often as there is time for it."""
        while True:
            for seconds in (HOUR, -HOUR, -HOUR, HOUR):
                await asyncio.sleep(self.random.uniform(2, 8))
                self.offset.move(seconds)

    def _in_flight(self) -> int:
        query = select(func.count()).where(OUTBOX.c.state == DeliveryState.SENDING)
        return int(rows(self.storage, query)[0][0])

    def _unfinished(self) -> dict[str, int]:
        states = OUTBOX.c.state.in_([DeliveryState.QUEUED, DeliveryState.SENDING])
        query = select(OUTBOX.c.state, func.count().label("number")).where(states).group_by(OUTBOX.c.state)
        return {str(row.state): row.number for row in rows(self.storage, query)}


@asynccontextmanager
async def _until_over(work: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """Something goes on beside the block."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
