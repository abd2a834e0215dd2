"""The program's face on the network: webhooks, what watches the program, and behind them the pages."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.webhooks import telegram_routes, twilio_routes
from bot.service import Service
from bot.watching.routes import watching_routes


def create_app(service: Service) -> ASGIApp:
    """The ASGI app around a service; the service lives as long as the app does."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with service.running():
            yield

    def pages() -> ASGIApp:
        from bot.pages import make_pages  # FastAPI and the trainers' view

        return make_pages(service)

    routes = [*_webhooks(service), *watching_routes(service), Mount("/", Later(pages))]
    return Starlette(routes=routes, lifespan=lifespan, exception_handlers={ClientDisconnect: gone})


class Later:
    """An app that is made when something is first asked of it, in a thread, so that nobody else waits.

    The pages are 20 MB and a third of the start, and no message needs them.
    """

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._made: ASGIApp | None = None
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
        await self._made(scope, receive, send)


def _webhooks(service: Service) -> list[BaseRoute]:
    """Where providers deliver. They come first and need nothing of FastAPI, which costs more than they do."""
    settings, connections, clock = service.settings, service.connections, service.admin_context.clock
    routes: list[BaseRoute] = []
    if settings.telegram and connections.telegram:
        acknowledge = connections.telegram.acknowledge
        routes += telegram_routes(settings.telegram, service.writer, acknowledge, clock)
    if settings.twilio:
        routes += twilio_routes(settings.twilio, service.writer, clock)
    return routes


def gone(request: Request, error: Exception) -> Response:
    """Whoever was sending hung up in the middle: nobody reads this."""
    return Response(status_code=400)
