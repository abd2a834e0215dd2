"""`/healthz`, `/readyz` and `/metrics`: for whoever, or whatever, watches the program."""

from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.watching.health import report
from bot.watching.standing import Gauges

if TYPE_CHECKING:
    from bot.service import Service


def watching_routes(service: "Service") -> list[BaseRoute]:
    """The three routes; none of them says anything of a person."""
    accounts = {id: account.transport.channel for id, account in service.sender.accounts.items()}
    own = CollectorRegistry()  # of this service alone: a process may hold several, one after the other
    own.register(Gauges(service.watch, accounts, service.troubles, service.writer.waiting))

    def alive(_request: Request) -> Response:
        """The process answers."""
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        """200 where all is well; else 503, with each part that is not and what to do."""
        told, well = await report(service)
        return JSONResponse(told, 200 if well else 503)

    def metrics(_request: Request) -> Response:
        """Counters in Prometheus' text format; numbers only."""
        return Response(generate_latest(REGISTRY) + generate_latest(own), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]
