"""The program's face on the network: providers' webhooks, the simulated phone, health, the trainers' view."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from admin.app import create_admin
from admin.guard import signed_in_staff
from bot.channels.phone.routes import phone_routes
from bot.channels.webhooks import telegram_routes, twilio_routes
from bot.files.documents import document_routes
from bot.files.form_media import fetched_media_routes, phone_media_routes
from bot.files.recordings import fetched_recording_routes, phone_recording_routes
from bot.service import Service
from bot.watching.counters import count_database_error
from bot.watching.routes import watching_routes
from storage.errors import UNAVAILABLE

log = structlog.get_logger()


def create_app(service: Service) -> ASGIApp:
    """The ASGI app around a service; the service lives as long as the app does."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with service.running():
            yield

    routes = [*_webhooks(service), Mount("/", _pages(service))]
    return Starlette(routes=routes, lifespan=lifespan, exception_handlers={ClientDisconnect: _gone})


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


def _pages(service: Service) -> FastAPI:
    """Everything else: what people and providers fetch, the simulated phone, health, the trainers' view."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    for unavailable in UNAVAILABLE:
        app.add_exception_handler(unavailable, _away)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.include_router(watching_routes(service))
    settings, connections = service.settings, service.connections
    if settings.twilio:
        app.include_router(fetched_media_routes(service.storage))
        app.include_router(fetched_recording_routes(service.recordings, service.storage.vault))
    app.include_router(document_routes(service.storage, service.admin_context.clock))
    if settings.simulator_on:

        async def guard(request: Request) -> None:
            """On a program that others can reach, the simulation is for signed-in staff."""
            if not settings.simulator_open and not signed_in_staff(service.admin_context, request):
                raise HTTPException(403)

        app.include_router(phone_routes(connections.phone, service.writer, guard, settings.default_language))
        app.include_router(phone_media_routes(service.storage, guard))
        app.include_router(phone_recording_routes(service.recordings, guard))
    app.mount("/", create_admin(service.admin_context))
    return app


def _gone(request: Request, error: Exception) -> Response:
    """Whoever was sending hung up in the middle: nobody reads this."""
    return Response(status_code=400)


def _away(request: Request, error: Exception) -> Response:
    """The database does not answer: whoever asked, a provider for a file, may ask again."""
    count_database_error("serve", error)
    log.error("database.unavailable", error=type(error).__name__)
    return Response(status_code=503, headers={"Retry-After": "5"})
