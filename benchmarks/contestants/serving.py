"""The web server, the same for all: uvicorn with uvloop and httptools, as `bot/serve.py` sets it up."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.contestants.walk import PATH, SECRET


def config(app: Any, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=True,
        forwarded_allow_ips=["127.0.0.1", "::1", "localhost"],
        timeout_graceful_shutdown=5,
    )


def serve(server: Awaitable[None]) -> None:
    """Run this until the process is told to end."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_awaited(server))


async def _awaited(server: Awaitable[None]) -> None:
    await server


def webhook(handle: Callable[[Any], Awaitable[None]]) -> Starlette:
    """The least a webhook does: the secret compared, the JSON read, then `handle`; 200 when that is done."""

    async def deliver(request: Request) -> Response:
        said = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(said.encode(), SECRET.encode()):
            return Response(status_code=403)
        await handle(json.loads(await request.body()))
        return Response()

    return Starlette(routes=[Route(PATH, deliver, methods=["POST"])])
