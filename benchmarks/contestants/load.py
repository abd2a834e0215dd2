"""The requests, on many connections: `python -m benchmarks.contestants.load PORT WARM COUNT CONNECTIONS`.

So many walkers go first, to warm the server. Then it says `ready`, waits for a line, walks the others, and
writes what it saw as JSON. A client of its own: the usual ones cost more than the servers they would measure.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from statistics import quantiles
from typing import cast

import uvloop

from benchmarks.contestants.walk import PATH, SECRET, updates

HEAD = (
    f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: "
)
LENGTH = b"content-length: "


class Caller(asyncio.Protocol):
    """One connection: sends a request, waits for its answer, sends the next."""

    def __init__(self, requests: Iterator[bytes], done: asyncio.Future[None]) -> None:
        self.requests, self.done = requests, done
        self.taken: list[float] = []  # seconds from request to answer
        self.refused = 0
        self._begun = 0.0
        self._answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance
        self._next()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, end, body = self._answer.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return
        self.taken.append(time.perf_counter() - self._begun)
        self.refused += not head.startswith(b"HTTP/1.1 200")
        self._answer = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionResetError("the server hung up"))

    def _next(self) -> None:
        request = next(self.requests, None)
        if request is None:
            self.done.set_result(None)
            self.transport.close()
            return
        self._begun = time.perf_counter()
        self.transport.write(request)


def _length(head: bytes) -> int:
    """How long the body is, from its head."""
    said = head.lower().partition(LENGTH)[2]
    return int(said.partition(b"\r\n")[0] or 0)


async def walk(port: int, walkers: range, connections: int, says: tuple[str, ...] = ()) -> dict[str, float]:
    """Everyone walks, or says this; each person's messages go one after the other, on one connection."""
    lanes: list[list[bytes]] = [[] for _ in range(connections)]
    for walker, body in updates(walkers, says):
        lanes[walker.number % connections].append(f"{HEAD}{len(body)}\r\n\r\n".encode() + body)
    loop = asyncio.get_running_loop()
    callers = [Caller(iter(lane), loop.create_future()) for lane in lanes]
    begun = time.perf_counter()
    for caller in callers:
        await loop.create_connection(lambda caller=caller: caller, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*(caller.done for caller in callers))
    seconds = time.perf_counter() - begun
    taken = [each for caller in callers for each in caller.taken]
    cuts = quantiles(taken, n=100)
    return {
        "messages": len(taken),
        "refused": sum(caller.refused for caller in callers),
        "seconds": seconds,
        "ended": time.monotonic(),
        "p50": cuts[49] * 1000,  # milliseconds
        "p99": cuts[98] * 1000,
    }


async def main(port: int, warm: int, count: int, connections: int) -> None:
    await walk(port, range(warm), connections)
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(await walk(port, range(warm, warm + count), connections)), flush=True)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*map(int, sys.argv[1:5])))
