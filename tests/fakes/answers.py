"""What a provider can be told to do instead of its work, once for each time it is told."""

import asyncio
import threading
from collections import defaultdict, deque
from dataclasses import dataclass

from starlette.responses import JSONResponse, Response


@dataclass(frozen=True, slots=True)
class Answer:
    """A ready answer: JSON, or text as it is."""

    status: int
    body: dict[str, object] | list[object] | str = ""

    def response(self) -> Response:
        if isinstance(self.body, str):
            return Response(self.body, self.status, media_type="text/html")
        return JSONResponse(self.body, self.status)


@dataclass(frozen=True, slots=True)
class Silence:
    """The request is taken, and done where `done` says so, but never answered."""

    done: bool = False


Scripted = Answer | Silence

BAD_GATEWAY = Answer(502, "<html><body><h1>502 Bad Gateway</h1></body></html>")


class Script:
    """The scripted answers per method, and the silences that end when the server stops."""

    def __init__(self) -> None:
        self.answers: dict[str, deque[Scripted]] = defaultdict(deque)
        self.over = threading.Event()

    def add(self, method: str, *answers: Scripted) -> None:
        self.answers[method].extend(answers)

    def take(self, method: str) -> Scripted | None:
        return self.answers[method].popleft() if self.answers[method] else None

    async def keep_silent(self) -> Response:
        await asyncio.to_thread(self.over.wait)
        return Response(status_code=503)
