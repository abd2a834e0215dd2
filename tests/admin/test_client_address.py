"""Where a request comes from: by its connection, or by the word of our own proxy where there is one."""

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.serve import web_server
from tests.bot.driving import settings

PUBLIC = "https://carnet.example.org"


async def told(scope: Scope, receive: Receive, send: Send) -> None:
    """An app that answers with the client's address as the trainers' view sees it."""
    client = Request(scope).client
    await PlainTextResponse(client.host if client else "")(scope, receive, send)


@pytest.mark.parametrize(
    ("public_url", "connected_from", "forwarded", "address"),
    [
        pytest.param("", "127.0.0.1", "203.0.113.7", "127.0.0.1", id="no proxy: nobody is believed"),
        pytest.param(PUBLIC, "127.0.0.1", "203.0.113.7", "203.0.113.7", id="our proxy is believed"),
        pytest.param(PUBLIC, "::1", "203.0.113.7", "203.0.113.7", id="our proxy by IPv6"),
        pytest.param(PUBLIC, "198.51.100.4", "203.0.113.7", "198.51.100.4", id="a stranger is not"),
        pytest.param(PUBLIC, "127.0.0.1", "192.0.2.1, 203.0.113.7", "203.0.113.7", id="the last word counts"),
    ],
)
async def test_a_header_says_where_a_client_is_only_from_our_own_proxy(
    monkeypatch: pytest.MonkeyPatch, public_url: str, connected_from: str, forwarded: str, address: str
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    config = web_server(told, settings(public_url=public_url))
    config.load()
    transport = httpx.ASGITransport(config.loaded_app, client=(connected_from, 40000))
    async with httpx.AsyncClient(transport=transport, base_url="http://inside") as client:
        answer = await client.get("/", headers={"X-Forwarded-For": forwarded})
    assert answer.text == address
