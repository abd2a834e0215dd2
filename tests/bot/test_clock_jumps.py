"""Somebody sets the clock: it is noticed, and what sleeps until an hour of it is woken."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import clock_jumps
from bot.clock_jumps import watch_clock
from tests.bot.driving import until


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(hours=-1)], ids=str)
async def test_a_clock_that_was_set_is_noticed_once(off: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_jumps, "LOOK_EVERY", 0.01)
    moved, jumps = timedelta(0), list[timedelta]()

    async def jumped(by: timedelta) -> None:
        jumps.append(round(by / timedelta(hours=1)) * timedelta(hours=1))

    watching = asyncio.create_task(watch_clock(jumped, lambda: datetime.now(UTC) + moved))
    await asyncio.sleep(0.1)
    assert jumps == []
    moved = off
    await until(lambda: jumps)
    await asyncio.sleep(0.1)
    assert jumps == [off]
    watching.cancel()
