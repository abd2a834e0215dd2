"""Carnet as `carnet run` serves it: `… carnet PORT FOLDER DATABASE PROVIDER REPLIES` (of `Replies`)."""

import sys
from enum import StrEnum
from pathlib import Path

import telegram
import uvicorn

from benchmarks.contestants.instant import Instant
from benchmarks.contestants.people import settings_of
from benchmarks.contestants.serving import serve
from benchmarks.contestants.walk import TOKEN
from bot import garbage
from bot.app import create_app
from bot.listening import take_place
from bot.logs import set_up_logs
from bot.sending.pace import UNLIMITED
from bot.serve import web_server
from bot.service import Service, open_storage
from bot.settings import Settings
from bot.zones import force_zone_rules


class Replies(StrEnum):
    """What becomes of them."""

    KEPT = "kept"  # committed with everything else; the send loop has no account to send for
    INSTANT = "instant"  # sent by the send loop, answered within the process
    SENT = "sent"  # sent by the send loop over HTTP, at no pace but the provider's


async def run(settings: Settings, replies: Replies) -> None:
    listening = take_place(settings.host, settings.port)
    storage = open_storage(settings)
    service = Service(settings, storage, limits=UNLIMITED)
    if replies is Replies.KEPT:
        service.sender.accounts = {}
    if replies is Replies.INSTANT and service.connections.telegram:
        service.connections.telegram.bot = telegram.Bot(
            TOKEN, request=Instant(), get_updates_request=Instant()
        )
    server = uvicorn.Server(web_server(create_app(service), settings))
    garbage.settle()
    listening.listen()
    try:
        await server.serve(sockets=[listening])
    finally:
        storage.close()


if __name__ == "__main__":
    port, folder, database, provider, replies = sys.argv[1:6]
    set_up_logs()
    force_zone_rules()
    serve(run(settings_of(Path(folder), database, int(port), provider), Replies(replies)))
