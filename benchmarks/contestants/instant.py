"""python-telegram-bot without a network: every call is answered within the process."""

from typing import Any

from telegram.request import BaseRequest, RequestData

from benchmarks.contestants.replies import ME, sent


class Instant(BaseRequest):
    """Answers every call within the process."""

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        return

    async def shutdown(self) -> None:
        return

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: Any, **_named: Any
    ) -> tuple[int, bytes]:
        if request_data is None or not url.endswith("/sendMessage"):
            return 200, ME
        given = request_data.parameters
        return 200, sent(int(str(given["chat_id"])), str(given["text"]))
