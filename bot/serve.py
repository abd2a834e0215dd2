"""Serving: the event loop, the web server, and what is told at start."""

import asyncio
import signal

import uvicorn
from rich.console import Console
from starlette.types import ASGIApp

from bot import garbage
from bot.app import create_app
from bot.listening import take_place
from bot.service import Service, open_storage, system_clock
from bot.settings import LOOPBACK, Settings, TelegramMode, unknown_settings
from storage.cohorts import ensure_first_cohort
from storage.projects import lacking
from storage.staff import ensure_first_admin

LACKING = {
    "controller": "Not for real use: set who answers for the data, and its CNDP numbers, under Project.",
    "contacts": "No help contacts are set for people in danger: set them under Safety in the trainers' view.",
    "safeguarding": "Nobody reads reports about the team: add someone outside of it as safeguarding contact.",
    "hours": "The team's hours are not set: people in danger are not told when somebody reads.",
}
GRACE = 5  # seconds for open requests at the end; event streams would keep it alive for ever


def serve(settings: Settings, console: Console) -> None:
    """Serve until the process is told to end."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(settings, console))


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # not on Windows
    except ImportError:
        return None
    return uvloop.Loop


async def _serve(settings: Settings, console: Console) -> None:
    listening = take_place(settings.host, settings.port)
    storage = open_storage(settings)
    password = ensure_first_admin(storage, system_clock(), settings.default_language)
    code = ensure_first_cohort(storage)
    service = Service(settings, storage)
    config = web_server(create_app(service), settings)
    garbage.settle()
    listening.listen()
    _tell(settings, console, password, code)
    _tell_lacking(service, console)
    # uvicorn hands the signal on once it has stopped: to die of it then would leave the storage open.
    signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        await uvicorn.Server(config).serve(sockets=[listening])
    finally:
        storage.close()


def web_server(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """How the app is served. Where a client is, a header says only from a proxy of our own in front of us.

    A program with a PUBLIC_URL has one, on this computer; anybody else's X-Forwarded-For is an invention.
    """
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        proxy_headers=bool(settings.public_url),
        forwarded_allow_ips=list(LOOPBACK),
        timeout_graceful_shutdown=GRACE,
    )


def _tell_lacking(service: Service, console: Console) -> None:
    """What people would not be told, because nobody has set it."""
    for what in lacking(service.projects()):
        console.print(f"  [yellow]{LACKING[what]}[/yellow]")


def _tell(settings: Settings, console: Console, password: str | None, code: str | None) -> None:
    base = settings.base_url
    console.print("[bold]Carnet is running.[/bold] Stop it with Ctrl+C.")
    console.print(f"  Trainers' view    {base}/")
    if password:
        console.print(f"    sign in as [bold]admin[/bold], one-time password [bold]{password}[/bold]")
    if settings.simulator_on:
        console.print(f"  Simulated phone   {base}/phone")
    if code:
        console.print(f"    join with the code [bold]{code}[/bold]")
    if settings.telegram:
        way = "by polling" if settings.telegram_mode is TelegramMode.POLLING else "by webhook"
        console.print(f"  Telegram          connecting {way}")
    if settings.twilio_whatsapp_from:
        console.print(f"  WhatsApp          {base}/channels/whatsapp")
    if settings.twilio_sms_from or settings.twilio_messaging_service_sid:
        console.print(f"  SMS               {base}/channels/sms")
    for name in unknown_settings():
        console.print(f"  [yellow]{name} is no setting of this version; it is ignored.[/yellow]")
    console.print("  [dim]Not for real use yet: see the known limits in docs/architecture.md.[/dim]")
