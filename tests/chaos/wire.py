"""HTTP as it comes off the wire: a server that can also answer in ways no framework would."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

DRIP = 0.05  # seconds between two pieces of a slow answer
LONGEST_SILENCE = 30.0  # seconds; past any client's patience


class Manner(StrEnum):
    """How an answer reaches the client."""

    PLAIN = "plain"  # with its length, connection kept
    CLOSED = "closed"  # the connection ends after it
    CHUNKED = "chunked"
    GZIPPED = "gzipped"
    CONTINUED = "continued"  # «100 Continue» goes before it
    DRIPPING = "dripping"  # byte by byte, without an end in sight
    CUT = "cut"  # the connection ends in the middle of the body
    RESET = "reset"  # the connection is torn down instead of an answer
    SILENT = "silent"  # nothing comes at all


@dataclass(frozen=True, slots=True)
class Request:
    """One request, read in full."""

    method: str
    path: str
    headers: Mapping[str, str]  # by lower-case name
    body: bytes = field(repr=False)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered, and how."""

    status: int = 200
    body: bytes = b"{}"
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    manner: Manner = Manner.PLAIN


Handler = Callable[[Request], Awaitable[Reply]]


class Server:
    """Serves on a free port of the loopback from `with` to its end."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.url = ""
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Server":
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *exception: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while (request := await _read(reader)) is not None:
                if not await _write(writer, await self.handler(request)):
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return  # the program was killed or gave up, or the simulation is over
        finally:
            self._open.discard(task)
            writer.transport.abort()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection; None when the client has closed it."""
    head = await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b""
    if not head:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, urlsplit(path).path, headers, body)


async def _write(writer: asyncio.StreamWriter, reply: Reply) -> bool:
    """Answer; whether the connection stays open."""
    if reply.manner is Manner.RESET:
        return False
    if reply.manner is Manner.SILENT:
        await asyncio.sleep(LONGEST_SILENCE)
        return False
    if reply.manner is Manner.CONTINUED:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    body = gzip.compress(reply.body) if reply.manner is Manner.GZIPPED else reply.body
    writer.write(_head(reply, body))
    match reply.manner:
        case Manner.CHUNKED:
            middle = len(body) // 2
            for piece in (body[:middle], body[middle:], b""):
                if piece or not body or piece == b"":
                    writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        case Manner.CUT:
            writer.write(body[: len(body) // 2])
        case Manner.DRIPPING:
            for byte in body * 1000:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(DRIP)
        case _:
            writer.write(body)
    await writer.drain()
    if reply.manner in (Manner.CUT, Manner.CLOSED, Manner.DRIPPING):
        writer.close()
        await writer.wait_closed()
        return False
    return True


def _head(reply: Reply, body: bytes) -> bytes:
    headers = [("Content-Type", reply.content_type), *reply.headers]
    match reply.manner:
        case Manner.CHUNKED:
            headers.append(("Transfer-Encoding", "chunked"))
        case Manner.DRIPPING:
            headers.append(("Content-Length", str(len(body) * 1000)))
        case Manner.GZIPPED:
            headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
        case _:
            headers.append(("Content-Length", str(len(body))))
    if reply.manner is Manner.CLOSED:
        headers.append(("Connection", "close"))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {reply.status} Answer\r\n{lines}\r\n".encode("latin-1")
