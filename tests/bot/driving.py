"""The whole program, served on a loopback port, with a clock that the test moves."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import uvicorn
from pydantic import SecretStr
from sqlalchemy import Row, Select, select

from bot.app import create_app
from bot.sending.pace import UNLIMITED
from bot.service import Service
from bot.settings import Settings, TelegramMode
from conversations.vocabulary import DeliveryState
from storage.cohorts import FIRST_CODE, ensure_first_cohort
from storage.database import Storage
from storage.tables.core import OUTBOX
from tests.fakes import telegram_server, twilio_server
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

CODE = FIRST_CODE
PATIENCE = 20.0  # seconds until something that must happen counts as not happening

UNSETTLED = (DeliveryState.QUEUED, DeliveryState.SENDING)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **duration: float) -> datetime:
        self.moment += timedelta(**duration)
        return self.moment


@dataclass(frozen=True, slots=True)
class House:
    """The running program and what a test may look at."""

    service: Service
    storage: Storage
    clock: Clock
    client: httpx.AsyncClient

    async def quiet(self) -> None:
        """Return when nothing is left to be sent at this hour of the clock."""
        await until(self._nothing_due)

    def _nothing_due(self) -> bool:
        due = (OUTBOX.c.state == DeliveryState.SENDING) | (
            (OUTBOX.c.state == DeliveryState.QUEUED) & (OUTBOX.c.due_at <= self.clock())
        )
        return not rows(self.storage, select(OUTBOX.c.id).where(due).limit(1))

    async def pass_time(self, **duration: float) -> None:
        """Move the clock, do what falls due by it, and wait until it is sent."""
        self.clock.advance(**duration)
        await asyncio.to_thread(self.service.jobs.tell_of_workshops)
        await asyncio.to_thread(self.service.jobs.send_due)
        self.service.wake()
        await self.quiet()


def rows(storage: Storage, query: Select[Any]) -> list[Row[Any]]:
    """What the database holds."""
    with storage.read() as tx:
        return list(tx.execute(query))


async def until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    """Return once it is true; TimeoutError if it stays false. It is looked at in another thread."""
    async with asyncio.timeout(patience):
        while not await asyncio.to_thread(true):  # noqa: ASYNC110 - true in a database or another server
            await asyncio.sleep(0.01)


def settings(**values: object) -> Settings:
    """Settings of these values only, whatever the environment holds."""
    return Settings(_env_file=None, **values)  # type: ignore[call-arg, arg-type]


def telegram_settings(fake: FakeTelegram, mode: TelegramMode) -> Settings:
    return settings(
        telegram_token=SecretStr(telegram_server.TOKEN),
        telegram_api_url=fake.url,
        telegram_mode=mode,
        telegram_webhook_secret=SecretStr(telegram_server.SECRET),
        public_url=twilio_server.PUBLIC_URL,
    )


def twilio_settings(fake: FakeTwilio) -> Settings:
    return settings(
        twilio_account_sid=twilio_server.ACCOUNT_SID,
        twilio_auth_token=SecretStr(twilio_server.AUTH_TOKEN),
        twilio_api_url=fake.url,
        twilio_whatsapp_from=twilio_server.WHATSAPP_FROM,
        twilio_sms_from=twilio_server.SMS_FROM,
        public_url=twilio_server.PUBLIC_URL,
    )


@asynccontextmanager
async def running(given: Settings, storage: Storage, clock: Clock) -> AsyncIterator[House]:
    """The program with these settings, until the block is left; a first cohort can be joined with CODE."""
    ensure_first_cohort(storage)
    service = Service(given, storage, clock, UNLIMITED)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        create_app(service),
        log_level="error",
        ws="none",
        timeout_keep_alive=60,  # a slow machine must not find its connection closed between two messages
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listening]))
    await until(lambda: server.started or serving.done())
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=base, timeout=PATIENCE) as client:
        try:
            yield House(service, storage, clock, client)
        finally:
            server.should_exit = True
            await serving
            listening.close()
