"""The pages: what people and providers fetch, the simulated phone, the trainers' view."""

import structlog
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response
from starlette.requests import ClientDisconnect

from admin.app import create_admin
from admin.guard import signed_in_staff
from bot.app import gone
from bot.channels.phone.routes import phone_routes
from bot.files.documents import document_routes
from bot.files.form_media import fetched_media_routes, phone_media_routes
from bot.files.recordings import fetched_recording_routes, phone_recording_routes
from bot.service import Service
from bot.watching.counters import count_database_error
from storage.errors import UNAVAILABLE

log = structlog.get_logger()


def make_pages(service: Service) -> FastAPI:
    """Everything else: what people and providers fetch, the simulated phone, health, the trainers' view."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    for unavailable in UNAVAILABLE:
        app.add_exception_handler(unavailable, _away)
    app.add_exception_handler(ClientDisconnect, gone)
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


def _away(request: Request, error: Exception) -> Response:
    """The database does not answer: whoever asked, a provider for a file, may ask again."""
    count_database_error("serve", error)
    log.error("database.unavailable", error=type(error).__name__)
    return Response(status_code=503, headers={"Retry-After": "5"})
