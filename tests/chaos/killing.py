"""The program as a process of its own: started, killed, started again, and counted."""

import asyncio
import os
import random
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.chaos.dying import DIES_AT
from tests.chaos.program import CLOCK
from tests.fakes import telegram_server, twilio_server

ROOT = Path(__file__).parents[2]
START = 120.0  # seconds the program may take to start on a busy machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    """The program on a port that stays its own from start to start."""

    def __init__(
        self, folder: Path, database_url: str, telegram_url: str, twilio_url: str, dies_at: str = ""
    ) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "log"
        self.clock = folder / "clock"
        self.folder = folder
        self.starts_failed = 0  # for want of a database
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            CLOCK: str(self.clock),
            DIES_AT: dies_at,  # the first time it comes there; empty: nowhere
            "CARNET_PORT": str(port),
            "CARNET_DATA_DIR": str(folder),
            "CARNET_DATABASE_URL": database_url,
            "CARNET_PUBLIC_URL": twilio_server.PUBLIC_URL,
            "CARNET_TELEGRAM_TOKEN": telegram_server.TOKEN,
            "CARNET_TELEGRAM_API_URL": telegram_url,
            "CARNET_TELEGRAM_MODE": "webhook",
            "CARNET_TELEGRAM_CHAT_RATE": "1000",  # so that a conversation does not take minutes
            "CARNET_TELEGRAM_WEBHOOK_SECRET": telegram_server.SECRET,
            "CARNET_TWILIO_ACCOUNT_SID": twilio_server.ACCOUNT_SID,
            "CARNET_TWILIO_AUTH_TOKEN": twilio_server.AUTH_TOKEN,
            "CARNET_TWILIO_API_URL": twilio_url,
            "CARNET_TWILIO_WHATSAPP_FROM": twilio_server.WHATSAPP_FROM,
            "CARNET_TWILIO_SMS_FROM": twilio_server.SMS_FROM,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def begin(self) -> None:
        """Start it; returns before it answers."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.chaos.program",
                "run",
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    async def answers(self) -> bool:
        """Return once it answers; whether it does, for it may have ended by itself."""
        assert self._process is not None
        deadline = time.monotonic() + START
        async with httpx.AsyncClient(timeout=2) as client:
            while time.monotonic() < deadline and self._process.returncode is None:
                try:
                    if (await client.get(f"{self.url}/healthz")).is_success:
                        return True
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        return False

    async def gone(self) -> None:
        """Return once it has ended by itself."""
        assert self._process is not None
        await self._process.wait()

    async def end(self, how: signal.Signals) -> int:
        """Send the signal; the exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        return await self._process.wait()


async def keep_killing(
    program: Program, chance: random.Random, kills: int, longest: float, in_flight: Callable[[], int]
) -> int:
    """Kill -9 and start again, so often; each time after up to `longest` seconds of answering.

    Every fourth is killed while it starts. Returns how many sends the kills cut off, as `in_flight` says.
    """
    cut_off = 0
    for number in range(kills):
        if number % 4 == 3:
            await asyncio.sleep(chance.uniform(0.1, 1.5))
        else:
            await have_it_answer(program)
            await asyncio.sleep(chance.uniform(0.1, longest))
        await program.end(signal.SIGKILL)
        cut_off += await asyncio.to_thread(in_flight)
        await program.begin()
    await have_it_answer(program)
    return cut_off


async def have_it_answer(program: Program) -> None:
    """Return once it answers; started again when it ended by itself, as whoever supervises it would."""
    while not await program.answers():
        program.starts_failed += 1
        await program.end(signal.SIGKILL)
        await asyncio.sleep(0.5)
        await program.begin()
