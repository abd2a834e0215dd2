"""Noticing that somebody has set the clock: what sleeps until an hour of it would oversleep."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog

log = structlog.get_logger()

LOOK_EVERY = 5.0  # seconds
TOLERANCE = timedelta(seconds=5)  # a clock that is being slewed gains or loses less between two looks


def wall_clock() -> datetime:
    return datetime.now(UTC)


async def watch_clock(
    jumped: Callable[[timedelta], Awaitable[None]], clock: Callable[[], datetime] = wall_clock
) -> None:
    """Tell how far the clock was set, whenever it has gone another way than time did; until cancelled."""
    while True:
        seen, began = clock(), time.monotonic()
        await asyncio.sleep(LOOK_EVERY)
        off = clock() - seen - timedelta(seconds=time.monotonic() - began)
        if abs(off) > TOLERANCE:
            log.warning("clock.jumped", seconds=round(off.total_seconds()))
            await jumped(off)
