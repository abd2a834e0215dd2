"""How small and how soon: `carnet run` as people start it, on a database that is there, warm disk.

Memory is what is resident of the one process: at rest, and after so many strangers have joined as far as the
consent. The start counts from the command until the answer to a first message is at the provider; the message
goes out as soon as somebody listens.
"""

import asyncio
import http.client
import json
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.contestants.load import walk
from benchmarks.contestants.people import prepare, settings_of
from benchmarks.contestants.processes import ROOT, cpu_seconds, free_port, program, rss, started
from benchmarks.contestants.stage import CONNECTIONS
from benchmarks.contestants.walk import PATH, SECRET, TOKEN, updates
from benchmarks.results import Bound, Goal, Result
from storage.cohorts import FIRST_CODE
from storage.database import default_url

CARNET = (sys.executable, "-c", "from bot.cli import app; app()", "run")
REST = 3.0  # seconds until what a start still does is done
PATIENCE = 60.0  # seconds for a reply
JOINING = (FIRST_CODE, "1", "1")  # the code, French, 18 or over
KNOWN = range(16)  # people who have joined before
STRANGERS, ROUNDS = 10_000, 5
STRANGERS_QUICK, ROUNDS_QUICK = 1_000, 2

PHONE, CHANNELS = "simulated phone alone", "Telegram, WhatsApp and SMS"
MOST_AT_REST = Goal(Bound.AT_MOST, 150)  # MB
SOON = Goal(Bound.AT_MOST, 2.0)  # seconds


@dataclass(frozen=True, slots=True)
class Ground:
    """A prepared database and a provider."""

    folder: Path
    provider: int  # its port

    def fresh(self) -> Path:
        """A copy of the database in a folder of its own."""
        folder = self.folder / "run"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder / "prepared", folder)
        return folder


def run(quick: bool) -> list[Result]:
    """Everything in every round; the crowd once."""
    strangers, rounds = (STRANGERS_QUICK, ROUNDS_QUICK) if quick else (STRANGERS, ROUNDS)
    figures: dict[tuple[str, str, Goal | None], list[float]] = defaultdict(list)
    with ground() as prepared:
        first_reply(prepared)  # warms the disk
        for _ in range(rounds):
            for name, connected in ((PHONE, False), (CHANNELS, True)):
                figures[name, "MB at rest", MOST_AT_REST].append(at_rest(prepared, connected))
            whole, alone, used = first_reply(prepared)
            figures[CHANNELS, "start to first reply, s", SOON].append(whole)
            figures[CHANNELS, "its CPU, s", None].append(used)
            figures[CHANNELS, "message to reply, s", None].append(alone)
        figures[CHANNELS, f"MB after {strangers} people", None].append(after_a_crowd(prepared, strangers))
    return [
        Result("memory and start", who, what, tuple(values), goal)
        for (who, what, goal), values in figures.items()
    ]


@contextmanager
def ground() -> Iterator[Ground]:
    """Until the block is left."""
    with tempfile.TemporaryDirectory(prefix="carnet-") as name:
        folder, port = Path(name), free_port()
        prepared = folder / "prepared"
        prepared.mkdir()
        prepare(settings_of(prepared, default_url(prepared), 1, ""), len(KNOWN))
        with program("benchmarks.contestants.provider", port, log=folder / "log"):
            yield Ground(folder, port)


def at_rest(where: Ground, connected: bool) -> float:
    """Megabytes of a program that nobody writes to."""
    with _carnet(where, connected=connected) as (_, process):
        time.sleep(REST)
        return rss(process)


def first_reply(where: Ground) -> tuple[float, float, float]:
    """Seconds from the command to the first reply, those since the message, and those of processor."""
    begun = time.monotonic()
    with _carnet(where, connected=True) as (port, process):
        asked = time.monotonic()
        before = _sent(where.provider)
        _say(port)
        while _sent(where.provider) == before:
            if time.monotonic() > asked + PATIENCE:
                raise TimeoutError("no reply came")
            time.sleep(0.005)
        now = time.monotonic()
        return now - begun, now - asked, cpu_seconds(process)


def after_a_crowd(where: Ground, strangers: int) -> float:
    """Megabytes after so many people have joined."""
    with _carnet(where, connected=True) as (port, process):
        people = range(len(KNOWN), len(KNOWN) + strangers)
        seen = asyncio.run(walk(port, people, CONNECTIONS, JOINING))
        if seen["refused"]:
            raise RuntimeError(f"{seen['refused']:.0f} messages were refused")
        time.sleep(REST)
        return rss(process)


@contextmanager
def _carnet(where: Ground, connected: bool) -> Iterator[tuple[int, psutil.Process]]:
    """`carnet run`, from when it listens until the block is left: its port, its process."""
    port, folder = free_port(), where.fresh()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "CARNET_DATA_DIR": str(folder),
        "CARNET_PORT": str(port),
        **(_accounts(port, f"http://127.0.0.1:{where.provider}") if connected else {}),
    }
    with started(CARNET, port, folder / "log", environment) as process:
        yield port, process


def _accounts(port: int, provider: str) -> Mapping[str, str]:
    """One on each channel, all with the same provider."""
    return {
        "CARNET_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "CARNET_TELEGRAM_TOKEN": TOKEN,
        "CARNET_TELEGRAM_API_URL": provider,
        "CARNET_TELEGRAM_MODE": "webhook",
        "CARNET_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "CARNET_TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001",
        "CARNET_TWILIO_AUTH_TOKEN": "benchmark",
        "CARNET_TWILIO_API_URL": provider,
        "CARNET_TWILIO_CONTENT_URL": provider,
        "CARNET_TWILIO_WHATSAPP_FROM": "whatsapp:+15005550006",
        "CARNET_TWILIO_SMS_FROM": "+15005550006",
    }


def _say(port: int) -> None:
    """One person's first message."""
    _, body = next(updates(KNOWN))
    said = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    said.request("POST", PATH, body, {"X-Telegram-Bot-Api-Secret-Token": SECRET})
    if said.getresponse().status != 200:
        raise RuntimeError("the first message was refused")
    said.close()


def _sent(provider: int) -> int:
    """How many messages the provider was given."""
    asked = http.client.HTTPConnection("127.0.0.1", provider, timeout=PATIENCE)
    asked.request("GET", "/")
    messages: int = json.load(asked.getresponse())["messages"]
    asked.close()
    return messages
