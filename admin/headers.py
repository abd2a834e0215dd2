"""The strict headers of every answer, and the limit of a request's body."""

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 1024 * 1024  # bytes
UPLOAD_LIMIT = 26 * 1024 * 1024  # bytes: a sheet of 5 MiB, files of 20 and what wraps them
UPLOADS = frozenset({"/forms"})  # read only after the sender has proved to be an admin

HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


class StrictHeaders:
    """Adds the headers; an answer that says nothing about caching is not stored (it shows people)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)  # a page may be stricter
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, strictly)


class BodyLimit:
    """Stops reading a body at the limit, whatever length it claims."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read, most = 0, UPLOAD_LIMIT if scope.get("path") in UPLOADS else BODY_LIMIT

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413)
            return message

        await self.app(scope, limited, send)
