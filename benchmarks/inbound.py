"""Messages in: a signed webhook, 64 connections, everyone in the same conversation of three questions.

Each contestant is a process of its own behind the same web server, the requests come from another. They take
turns, round by round, each time from an empty or a freshly copied database. After each turn it is looked up
that every acknowledged message was handled; one that was not makes the run void.

What is measured is the way in. The other bots answer a message before they acknowledge it: their calls are
answered within the process. Carnet commits its replies and acknowledges; its send loop is at rest, as it
nearly is in life, where Telegram takes 30 messages a second.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from benchmarks.contestants.carnet import Replies
from benchmarks.contestants.checks import check_answers, check_carnet, check_file
from benchmarks.contestants.people import prepare, settings_of
from benchmarks.contestants.processes import ROOT, cpu_seconds, free_port, program
from benchmarks.contestants.walk import STEPS
from benchmarks.results import Bound, Goal, Result, find, ratio
from storage.database import default_url

CONNECTIONS = 64
WARM = 64  # people who walk before it counts

BARE = "a route that does nothing (Starlette)"
PTB = "PTB ConversationHandler, in memory"
PTB_KEPT = "PTB ConversationHandler, SQLite"
CARNET = "Carnet, SQLite"

RATE, P50, P99, CPU = "messages/s", "p50 ms", "p99 ms", "CPU µs/message"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    people: int
    rounds: int


FULL, QUICK = Size(1024, 5), Size(256, 2)


@dataclass(frozen=True, slots=True)
class Stage:
    """What all turns share: folders, people, the provider."""

    folder: Path
    size: Size
    provider: str

    @property
    def everyone(self) -> int:
        return self.size.people + WARM

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def empty(self, name: str) -> Path:
        """A folder of this name with nothing in it."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder


Figures = dict[str, float]
Turn = Callable[[Stage], Figures]


def run(quick: bool) -> list[Result]:
    """Every contestant in every round, and the ratios that there are goals for."""
    with stage(QUICK if quick else FULL) as where:
        results = measure(where, {BARE: bare, PTB: ptb, PTB_KEPT: ptb_kept, CARNET: carnet})
    rate = partial(find, results, measure=RATE)
    return [
        *results,
        ratio("Carnet ÷ PTB in memory", rate(CARNET), rate(PTB), Goal(Bound.AT_LEAST, 1.0)),
        ratio("Carnet ÷ PTB with SQLite", rate(CARNET), rate(PTB_KEPT), Goal(Bound.AT_LEAST, 4.0)),
        ratio(
            "p99 of Carnet ÷ p99 of PTB with SQLite",
            find(results, CARNET, P99),
            find(results, PTB_KEPT, P99),
            Goal(Bound.AT_MOST, 0.5),
        ),
    ]


@contextmanager
def stage(size: Size) -> Iterator[Stage]:
    """Folders, a database of people who have joined, and a provider that listens."""
    with tempfile.TemporaryDirectory(prefix="carnet-benchmark-") as name:
        folder, port = Path(name), free_port()
        prepared = folder / "prepared"
        prepared.mkdir()
        prepare(settings_of(prepared, default_url(prepared), port, ""), size.people + WARM)
        with program("benchmarks.contestants.provider", port, log=folder / "log"):
            yield Stage(folder, size, f"http://127.0.0.1:{port}")


def measure(where: Stage, contestants: dict[str, Turn]) -> list[Result]:
    """All take turns, round by round."""
    figures: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(where.size.rounds):
        for name, turn in contestants.items():
            for what, value in turn(where).items():
                figures[name, what].append(value)
    return [Result("inbound", name, what, tuple(values)) for (name, what), values in figures.items()]


def bare(where: Stage) -> Figures:
    return _turn(where, "benchmarks.contestants.bare")


def ptb(where: Stage) -> Figures:
    def check(port: int) -> None:
        check_answers(httpx.get(f"http://127.0.0.1:{port}/answers").json(), where.everyone)

    return _turn(where, "benchmarks.contestants.ptb", running=check)


def ptb_kept(where: Stage) -> Figures:
    file = where.empty("ptb") / "file.db"
    figures = _turn(where, "benchmarks.contestants.ptb", str(file))
    check_file(file, where.everyone)
    return figures


def carnet(where: Stage, replies: Replies = Replies.KEPT) -> Figures:
    folder = where.empty("carnet")
    shutil.copytree(where.folder / "prepared", folder, dirs_exist_ok=True)
    url = default_url(folder)
    figures = _turn(where, "benchmarks.contestants.carnet", str(folder), url, where.provider, replies.value)
    check_carnet(settings_of(folder, url, 1, where.provider), where.everyone)
    return figures


def _turn(
    where: Stage, module: str, *arguments: str, running: Callable[[int], None] | None = None
) -> Figures:
    """Start one contestant, let everyone walk, end it. `running` is called before it ends, with its port."""
    port = free_port()
    with program(module, port, *arguments, log=where.log) as server:
        load = ["benchmarks.contestants.load", str(port), str(WARM), str(where.size.people), str(CONNECTIONS)]
        with _loading(load) as begin:
            before = cpu_seconds(server)
            seen = begin()
            used = cpu_seconds(server) - before
        if running is not None:
            running(port)
    if seen["refused"] or seen["messages"] != where.size.people * STEPS:
        raise RuntimeError(f"{module} refused {seen['refused']:.0f} messages")
    return {
        RATE: seen["messages"] / seen["seconds"],
        P50: seen["p50"],
        P99: seen["p99"],
        CPU: used / seen["messages"] * 1e6,
    }


@contextmanager
def _loading(arguments: Sequence[str]) -> Iterator[Callable[[], Figures]]:
    """The load generator, warmed; a call walks everyone and gives what it saw."""
    command = [sys.executable, "-m", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as load:
        assert load.stdin is not None
        assert load.stdout is not None
        asked, answers = load.stdin, load.stdout
        if answers.readline() != "ready\n":
            raise RuntimeError("the load generator did not come to its beginning")

        def begin() -> Figures:
            asked.write("\n")
            asked.flush()
            figures: Figures = json.loads(answers.readline())
            return figures

        yield begin
