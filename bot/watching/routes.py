"""`/healthz`, `/readyz` and `/metrics`: for whoever, or whatever, watches the program."""

from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest

from bot.watching.health import report
from bot.watching.standing import Gauges

if TYPE_CHECKING:
    from bot.service import Service


def watching_routes(service: "Service") -> APIRouter:
    """The three routes; none of them says anything of a person."""
    router = APIRouter()
    accounts = {id: account.transport.channel for id, account in service.sender.accounts.items()}
    own = CollectorRegistry()  # of this service alone: a process may hold several, one after the other
    own.register(Gauges(service.watch, accounts, service.troubles, service.writer.waiting))

    @router.get("/healthz")
    def alive() -> Response:
        """The process answers."""
        return PlainTextResponse("ok")

    @router.get("/readyz")
    async def ready() -> Response:
        """200 where all is well; else 503, with each part that is not and what to do."""
        told, well = await report(service)
        return JSONResponse(told, 200 if well else 503)

    @router.get("/metrics")
    def metrics() -> Response:
        """Counters in Prometheus' text format; numbers only."""
        return Response(generate_latest(REGISTRY) + generate_latest(own), media_type=CONTENT_TYPE_LATEST)

    return router
