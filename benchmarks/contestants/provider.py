"""A Bot API, and Twilio's, that take everything at once, without limits: `… provider PORT`.

`GET /` tells how many messages were sent to it, and when the last one came.
"""

import asyncio
import json
import sys
import time
from typing import cast
from urllib.parse import parse_qs

import uvloop

from benchmarks.contestants.replies import DONE, ME, sent


class Api(asyncio.Protocol):
    """One connection; requests come one after the other."""

    messages = 0
    last = 0.0  # when the last of them came, by the machine's monotonic clock

    def __init__(self) -> None:
        self._request = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance

    def data_received(self, data: bytes) -> None:
        self._request += data
        head, end, body = self._request.partition(b"\r\n\r\n")
        said = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if not end or len(body) < int(said or 0):
            return
        self._request = b""
        answer = self._answer(head.split(b" ", 2)[1], body)
        self.transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (len(answer), answer)
        )

    def _answer(self, path: bytes, body: bytes) -> bytes:
        if path == b"/":
            return json.dumps({"messages": Api.messages, "last": Api.last}).encode()
        match path.rpartition(b"/")[2]:
            case b"getMe":
                return ME
            case b"sendMessage":
                Api.messages += 1
                Api.last = time.monotonic()
                given = json.loads(body) if body.startswith(b"{") else _form(body)
                return sent(int(given["chat_id"]), str(given["text"]))
            case b"Messages.json":
                return b'{"sid":"SM00000000000000000000000000000001","status":"queued"}'
            case _:
                return DONE


def _form(body: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


async def main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Api, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(int(sys.argv[1])))
