"""One question to a server, with little patience; of what goes wrong only the kind is told.

An error's own words may hold the address, and with it a token.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from bot.channels.http_logs import silence_libraries

TIMEOUT = httpx.Timeout(5, connect=3)  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; status 0 where it said nothing."""

    status: int
    body: Mapping[str, object] = field(default_factory=dict, repr=False)  # of JSON; empty where it is none
    text: str = field(default="", repr=False)
    trouble: str = ""  # the kind of error, where there was no answer
    clock: timedelta | None = None  # how far ahead of ours the server's clock is

    @property
    def went_well(self) -> bool:
        return self.status == httpx.codes.OK

    @property
    def told(self) -> str:
        """What came of it, in a word or two, for a sentence."""
        return self.trouble or f"status {self.status}"


def ask(url: str, account: tuple[str, str] | None = None, params: Mapping[str, str] | None = None) -> Answer:
    """Ask once, with GET. Nothing is raised."""
    silence_libraries()
    try:
        with httpx.Client(timeout=TIMEOUT) as client:
            answer = client.get(url, auth=account, params=params)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Answer(0, trouble=type(error).__name__)
    try:
        body = answer.json()
    except ValueError:
        body = {}
    ahead = _ahead(answer.headers.get("Date", ""))
    return Answer(answer.status_code, body if isinstance(body, dict) else {}, answer.text[:200], clock=ahead)


def _ahead(date: str) -> timedelta | None:
    try:
        return parsedate_to_datetime(date) - datetime.now(UTC)
    except (TypeError, ValueError):
        return None
