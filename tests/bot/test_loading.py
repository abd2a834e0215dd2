"""What a message does not need is not loaded: the program starts soon, and stays small."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.fakes import telegram_server
from tests.fakes.telegram_server import FakeTelegram

ROOT = Path(__file__).parents[2]
START = 120.0  # seconds on a busy machine

# Loaded when they are used: by a page, a sheet, a file, a migration, a channel that is connected.
LATER = {
    "PIL",
    "alembic",
    "fastapi",
    "jinja2",
    "limits",
    "openpyxl",
    "pyxform",
    "segno",
    "telegram",
    "twilio",
    "typst",
    "xlrd",
    "xlsxwriter",
}
# What `carnet run` does, without the socket: everything is made, a stranger writes by Telegram where it is
# connected, somebody looks whether all is well.
RUN = """
import asyncio, json, sys

import httpx
from sqlalchemy import select

import bot.serve
from bot.app import create_app
from bot.service import Service, open_storage
from bot.settings import read_settings
from conversations.vocabulary import DeliveryState
from storage.migrate import migrate
from storage.tables.core import OUTBOX

def nothing_sent(storage):
    with storage.read() as tx:
        return not tx.scalar(select(OUTBOX.c.id).where(OUTBOX.c.state == DeliveryState.SENT))

async def main():
    given = read_settings()
    migrate(given.database)
    storage = open_storage(given)
    service = Service(given, storage)
    transport = httpx.ASGITransport(create_app(service))
    async with service.running(), httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        if given.telegram:
            secret = {"X-Telegram-Bot-Api-Secret-Token": given.telegram.webhook_secret}
            answer = await client.post("/channels/telegram", json=json.loads(sys.argv[1]), headers=secret)
            assert answer.status_code == 200
            while nothing_sent(storage):
                await asyncio.sleep(0.01)
        for path in ("/healthz", "/readyz", "/metrics"):
            assert (await client.get(path)).status_code in (200, 503), path
    storage.close()
    print(*{name.partition(".")[0] for name in sys.modules})

asyncio.run(main())
"""


def test_a_start_and_a_message_load_no_more_than_they_need(tmp_path: Path) -> None:
    loaded(tmp_path)  # the first start migrates, and compiles the forms
    assert loaded(tmp_path) & LATER == set()
    with FakeTelegram() as telegram:
        update = json.dumps(telegram.text(5_000_000_000, "salut"))
        connected = {
            "CARNET_PUBLIC_URL": "https://carnet.example.org",
            "CARNET_TELEGRAM_TOKEN": telegram_server.TOKEN,
            "CARNET_TELEGRAM_API_URL": telegram.url,
            "CARNET_TELEGRAM_MODE": "webhook",
            "CARNET_TELEGRAM_WEBHOOK_SECRET": telegram_server.SECRET,
        }
        assert loaded(tmp_path, update, **connected) & LATER == {"telegram"}
        assert telegram.called("sendMessage")


def loaded(folder: Path, update: str = "", **environment: str) -> set[str]:
    """The packages that the program has loaded when it ends, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, update],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "CARNET_DATA_DIR": str(folder)}
        | environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=START,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return set(done.stdout.splitlines()[-1].split())
