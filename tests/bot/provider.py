"""A provider that repeats what was not acknowledged, and the real program in a process to be killed."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import httpx

from tests.bot.driving import until
from tests.fakes import telegram_server
from tests.fakes.telegram_server import FakeTelegram

AT_ONCE = 40  # deliveries in parallel, Telegram's `max_connections`
PAUSE = 0.05  # seconds before a delivery is repeated
CARNET = str(Path(sys.executable).with_name("carnet"))
START = 60.0  # seconds the program may take to start
SLOWEST = 240.0  # seconds that the deliveries up to a moment may take on a busy machine


class Process:
    """`carnet run` with a Telegram bot by webhook; it can be killed and started again."""

    def __init__(self, folder: Path, database_url: str, telegram: FakeTelegram) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "CARNET_PORT": str(port),
            "CARNET_DATA_DIR": str(folder),
            "CARNET_DATABASE_URL": database_url,
            "CARNET_PUBLIC_URL": self.url,
            "CARNET_TELEGRAM_TOKEN": telegram_server.TOKEN,
            "CARNET_TELEGRAM_API_URL": telegram.url,
            "CARNET_TELEGRAM_MODE": "webhook",
            "CARNET_TELEGRAM_CHAT_RATE": "1000",  # so that a conversation does not take minutes
            "CARNET_TELEGRAM_WEBHOOK_SECRET": telegram_server.SECRET,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [CARNET, "run"], cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START
        while not self._answers():
            assert self._process.poll() is None, (self.folder / "log").read_text()[-2000:]
            assert time.monotonic() < deadline, "the program did not start"
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", timeout=2).is_success
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """`kill -9`: no chance to finish anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        return self._process.wait(START)


class Provider:
    """Delivers each person's updates in their order, and each until it is acknowledged."""

    def __init__(self, url: str, seed: int) -> None:
        self.url, self.random = url, random.Random(seed)
        self.acknowledged = 0
        self.repeated = 0
        self._room = asyncio.Semaphore(AT_ONCE)

    async def deliver(self, people: Iterable[Sequence[Mapping[str, object]]]) -> None:
        """Returns when everything is acknowledged."""
        async with httpx.AsyncClient(timeout=15) as client, asyncio.TaskGroup() as group:
            for updates in people:
                group.create_task(self._deliver_all(client, updates))

    async def reaches(self, acknowledged: int) -> None:
        """Return once so many deliveries are acknowledged."""
        await until(lambda: self.acknowledged >= acknowledged, SLOWEST)

    async def _deliver_all(self, client: httpx.AsyncClient, updates: Sequence[Mapping[str, object]]) -> None:
        for update in updates:
            while not await self._accepted(client, update):
                self.repeated += 1
                await asyncio.sleep(PAUSE * (1 + self.random.random()))
            self.acknowledged += 1

    async def _accepted(self, client: httpx.AsyncClient, update: Mapping[str, object]) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": telegram_server.SECRET}
        async with self._room:
            try:
                answer = await client.post(f"{self.url}/channels/telegram", json=update, headers=headers)
            except httpx.TransportError:
                return False
            return answer.is_success
