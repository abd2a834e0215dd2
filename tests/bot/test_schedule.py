"""The jobs by time: what runs is finished before the end, and nothing is begun any more."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from bot.schedule import Schedule
from tests.bot.driving import until


@dataclass
class Slow:
    """A job that waits for the test."""

    goes_on: threading.Event = field(default_factory=threading.Event)
    begun: int = 0
    done: int = 0

    @property
    def every(self) -> Mapping[str, tuple[int, Callable[[], int]]]:
        return {"slow": (60, self.run)}

    def run(self) -> int:
        self.begun += 1
        self.goes_on.wait()
        self.done += 1
        return self.done


async def test_what_runs_is_finished_before_the_end(capfd: pytest.CaptureFixture[str]) -> None:
    jobs = Slow()
    schedule = Schedule(jobs)  # type: ignore[arg-type]
    schedule.start()
    await until(lambda: jobs.begun)
    stopping = asyncio.create_task(schedule.stop())
    schedule.run_all_now()
    await asyncio.sleep(0.1)
    assert not stopping.done()
    jobs.goes_on.set()
    await stopping
    assert (jobs.begun, jobs.done) == (1, 1)
    assert "Traceback" not in capfd.readouterr().err
