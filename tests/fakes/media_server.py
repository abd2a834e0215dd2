"""Where providers keep files: answers as scripted, remembers what it was asked and with which credentials."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fakes.server import Server


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    path: str
    authorization: str | None


@dataclass
class MediaServer:
    """A host with files: start it with `with`; `files` by path, `before` what comes first, once each."""

    files: dict[str, bytes] = field(default_factory=dict)
    before: list[int | str] = field(default_factory=list)  # a status, or where it leads
    asked: list[Asked] = field(default_factory=list)
    types: str = "image/jpeg"  # what it says of everything
    cut: int = 0  # so many bytes short of what was announced, this once
    refuses: tuple[int, dict[str, object]] | None = None  # the status and JSON of every answer
    endless: bool = False
    slow: bool = False

    def __post_init__(self) -> None:
        self.server = Server(Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "POST"])]))
        self.url = self.server.url

    def __enter__(self) -> "MediaServer":
        self.server.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self.server.__exit__(*exception)

    async def _answer(self, request: Request) -> Response:
        self.asked.append(Asked(request.url.path, request.headers.get("Authorization")))
        if self.before:
            match self.before.pop(0):
                case int(status):
                    return Response(status_code=status)
                case str(target):
                    return RedirectResponse(target)
        if self.refuses:
            return JSONResponse(self.refuses[1], self.refuses[0])
        content = self.files.get(request.url.path)
        if self.endless:
            return StreamingResponse(_for_ever(), media_type=self.types)
        if self.slow:
            return StreamingResponse(_drop_by_drop(), media_type=self.types)
        if content is None:
            return Response(status_code=404)
        if self.cut:
            announced = {"Content-Length": str(len(content))}
            cut, self.cut = self.cut, 0
            return StreamingResponse(_short(content[:-cut]), headers=announced, media_type=self.types)
        return Response(content, media_type=self.types)


async def _for_ever() -> AsyncIterator[bytes]:
    """Far more than is taken; nothing of it may outlive the test that asked."""
    yield b"OggS\0"
    for _ in range(1024):
        yield b"\0" * 65536
        await asyncio.sleep(0)  # or nobody hears that whoever asked has hung up


async def _drop_by_drop() -> AsyncIterator[bytes]:
    while True:
        yield b"OggS\0"
        await asyncio.sleep(0.05)


async def _short(content: bytes) -> AsyncIterator[bytes]:
    yield content
    raise ConnectionResetError
