"""The real `carnet`, with a clock that others move: `python -m tests.chaos.program run`.

The wall clock, and nothing else, is moved by as many seconds as a file says: monotonic time goes on, as it
does where somebody sets a computer's clock. Waiting is shortened so that a minute holds what an hour would.
"""

import mmap
import os
import struct
import sys
import time
from datetime import UTC, datetime, timedelta, tzinfo
from importlib import import_module
from pathlib import Path

import httpx

from tests.chaos.dying import DIES_AT, Place, die_at

CLOCK = "CHAOS_CLOCK"  # the file's path, in the environment
OFFSET = struct.Struct("<d")  # seconds
OURS = ("bot.", "admin.", "storage.", "apscheduler.")
PATIENCE = 2.0  # seconds for an answer of a provider
FASTER = 10  # times as often the jobs run

_real_now, _real_time_ns = datetime.now, time.time_ns


class Offset:
    """How far the clock is off, as all that share the file see it."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(OFFSET.pack(0.0))
        with path.open("r+b") as file:
            self.shared = mmap.mmap(file.fileno(), OFFSET.size)

    @property
    def seconds(self) -> float:
        return float(OFFSET.unpack(self.shared[:])[0])

    def move(self, seconds: float) -> None:
        self.shared[:] = OFFSET.pack(self.seconds + seconds)

    def now(self) -> datetime:
        return _real_now(UTC) + timedelta(seconds=self.seconds)


def move_clock(offset: Offset) -> None:
    """From here on our modules and the scheduler read the moved clock."""

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return _real_now(tz) + timedelta(seconds=offset.seconds)

    for name, module in list(sys.modules.items()):
        if name.startswith(OURS) and getattr(module, "datetime", None) is datetime:
            module.datetime = Moved  # type: ignore[attr-defined]
    time.time_ns = lambda: _real_time_ns() + int(offset.seconds * 1_000_000_000)


def shorten_waiting() -> None:
    """Time-outs and pauses of seconds instead of half a minute."""
    from bot import clock_jumps, schedule
    from bot.channels.telegram import transport as telegram
    from bot.channels.twilio import client as twilio
    from bot.sending import resting
    from storage.outbox import policy

    telegram.ANSWER_TIMEOUT = PATIENCE
    twilio.TIMEOUT = httpx.Timeout(PATIENCE)
    policy.UNKNOWN_RETRY = timedelta(seconds=1)
    policy.PAUSE = resting.PAUSE = timedelta(seconds=1)  # type: ignore[attr-defined]
    clock_jumps.LOOK_EVERY = 1.0
    every = schedule.Jobs.every.fget  # type: ignore[attr-defined]
    sooner = property(
        lambda jobs: {name: (max(1, s // FASTER), run) for name, (s, run) in every(jobs).items()}
    )
    schedule.Jobs.every = sooner  # type: ignore[assignment, method-assign]


def main() -> None:
    from bot import cli

    import_module("bot.serve")  # with it comes all that reads the clock
    shorten_waiting()
    if place := os.environ.get(DIES_AT):
        die_at(Place(place), Path.cwd())
    move_clock(Offset(Path(os.environ[CLOCK])))
    cli.app()


if __name__ == "__main__":
    main()
