"""Whoever sends hangs up in the middle of it: nothing is stored, nothing is logged as an error of ours."""

import asyncio
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from bot.settings import TelegramMode
from storage.database import Storage
from storage.tables.core import EVENTS
from tests.bot.driving import Clock, House, rows, running, telegram_settings
from tests.fakes.telegram_server import SECRET, FakeTelegram


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", ["/channels/telegram", "/sign-in", "/phone/say"])
async def test_half_a_request_is_no_error_of_ours(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        await _send_half(house, path)
        assert (await house.client.get("/healthz")).is_success
    assert rows(storage, select(EVENTS)) == []
    assert "Traceback" not in capfd.readouterr().err


async def _send_half(house: House, path: str) -> None:
    place = urlsplit(str(house.client.base_url))
    _, writer = await asyncio.open_connection(place.hostname, place.port)
    head = f"POST {path} HTTP/1.1\r\nHost: carnet\r\nContent-Length: 100\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n"
    writer.write(f"{head}X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n\r\ntext=Bon".encode())
    await writer.drain()
    await asyncio.sleep(0.2)  # so that it is being read
    writer.close()
    await writer.wait_closed()
    await asyncio.sleep(0.2)
