"""One turn of one contestant: started, warmed, walked through by everyone, looked at, ended."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.contestants.carnet import Replies
from benchmarks.contestants.checks import check_answers, check_carnet, check_file
from benchmarks.contestants.people import settings_of
from benchmarks.contestants.processes import ROOT, cpu_seconds, free_port, program
from benchmarks.contestants.stores import Store
from benchmarks.contestants.walk import STEPS

CONNECTIONS = 64
WARM = 64  # people who walk before it counts
AIOGRAM = ROOT / ".venv-bench" / "bin" / "python"

QUIET = 1.0  # seconds without a reply: all have been sent
PATIENCE = 300.0  # seconds for all of them

RATE, P50, P99, CPU = "messages/s", "p50 ms", "p99 ms", "CPU µs/message"
ANSWERED = "answered/s"  # messages whose replies are all at the provider

Figures = dict[str, float]  # by measure


class Void(Exception):
    """A turn that counts for nothing; the text says why."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What all turns share."""

    folder: Path
    people: int  # who walk when it counts
    provider: str  # the address of a Bot API without limits

    @property
    def everyone(self) -> int:
        return self.people + WARM

    def empty(self, name: str) -> Path:
        """A folder of this name with nothing in it."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder


def bare(where: Stage) -> Figures:
    """A route that does nothing."""
    return _turn(where, "bare")


def ptb(where: Stage) -> Figures:
    """python-telegram-bot, its conversations in memory."""

    def check(port: int) -> None:
        check_answers(httpx.get(f"http://127.0.0.1:{port}/answers").json(), where.everyone)

    return _turn(where, "ptb", running=check)


def ptb_kept(where: Stage, provider: str = "") -> Figures:
    """python-telegram-bot, its conversations in SQLite; with a provider, it sends there over HTTP."""
    file = where.empty("ptb") / "file.db"
    figures = _turn(where, "ptb", str(file), provider, sends=bool(provider))
    check_file(file, where.everyone)
    return figures


def fsm(where: Stage, provider: str = "") -> Figures:
    """aiogram, its states in SQLite; with a provider, it sends there over HTTP."""
    file = where.empty("fsm") / "file.db"
    figures = _turn(where, "fsm", str(file), provider, python=AIOGRAM, sends=bool(provider))
    check_file(file, where.everyone)
    return figures


def carnet(where: Stage, store: Store, replies: Replies) -> Figures:
    """Carnet on this store."""
    folder = where.empty("carnet")
    url = store.copy(folder)
    sends = replies is Replies.SENT
    arguments = (str(folder), url, where.provider, replies)
    figures = _turn(where, "carnet", *arguments, store=store, sends=sends)
    check_carnet(settings_of(folder, url, 1, where.provider), where.everyone)
    return figures


def _turn(
    where: Stage,
    module: str,
    *arguments: str,
    python: Path | str = sys.executable,
    running: Callable[[int], None] | None = None,
    store: Store | None = None,
    sends: bool = False,
) -> Figures:
    """Start a contestant, let everyone walk, end it. `running` is called before it ends, with its port.

    One that `sends` has its turn until the last reply is at the provider.
    """
    port = free_port()
    name = f"benchmarks.contestants.{module}"
    with program(name, port, *arguments, python=python, log=where.folder / "log") as server:

        def used() -> float:
            """Seconds of processor, the database's own processes with it."""
            return sum(map(cpu_seconds, [server, *(store.processes() if store else ())]))

        with _loading(port, where.people) as walk:
            earlier = _all_sent(where)[0] if sends else 0
            before = used()
            seen = walk()
            replies, last = _all_sent(where) if sends else (0, 0.0)
            seconds = used() - before
        if running is not None:
            running(port)
    messages = where.people * STEPS
    if seen["refused"] or seen["messages"] != messages:
        raise Void(f"{module} refused {seen['refused']:.0f} messages")
    figures = {
        RATE: messages / seen["seconds"],
        P50: seen["p50"],
        P99: seen["p99"],
        CPU: seconds / messages * 1e6,
    }
    if sends:
        if replies - earlier < messages:
            raise Void(f"{module} sent {replies - earlier} replies to {messages} messages")
        figures[ANSWERED] = messages / max(seen["seconds"], seen["seconds"] + last - seen["ended"])
    return figures


def _all_sent(where: Stage) -> tuple[int, float]:
    """How many messages are at the provider once no more come, and when the last one came."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        told = httpx.get(where.provider).json()
        if time.monotonic() - told["last"] > QUIET:
            return told["messages"], told["last"]
        time.sleep(QUIET / 5)
    raise Void("the replies did not come to an end")


@contextmanager
def _loading(port: int, people: int) -> Iterator[Callable[[], Figures]]:
    """The load generator, the server warmed by it; a call lets everyone walk, and gives what it saw."""
    arguments = map(str, (port, WARM, people, CONNECTIONS))
    command: Sequence[str] = (sys.executable, "-m", "benchmarks.contestants.load", *arguments)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as load:
        assert load.stdin is not None
        assert load.stdout is not None
        asked, answers = load.stdin, load.stdout
        if answers.readline() != "ready\n":
            raise Void("the load generator did not come to its beginning")

        def walk() -> Figures:
            asked.write("\n")
            asked.flush()
            figures: Figures = json.loads(answers.readline())
            return figures

        yield walk
