"""The library's way to Telegram: with an end to every wait, and refusals read as what they are.

The library waits without end for an answer that comes byte by byte, and takes a 429 without parameters and a
redirect for a network error after which nobody knows whether the message arrived.
"""

import asyncio
import json
from http import HTTPStatus
from typing import Any

from telegram.error import RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

WHOLE = 45.0  # seconds that one exchange may take, besides a wait that was asked for; within the lease
LARGEST = 1e6  # seconds or codes; past it a number is nonsense


class Redirected(TelegramError):
    """The address leads elsewhere, so nothing was done: `TELEGRAM_API_URL` or a proxy is to be mended."""


class Request(HTTPXRequest):
    """The library's own, around which time runs out."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Status and body. Raises TimedOut, RetryAfter and Redirected beside what the library raises."""
        asked = kwargs.get("read_timeout")  # polling waits on purpose
        longest = WHOLE + (asked if isinstance(asked, int | float) else 0)
        try:
            async with asyncio.timeout(longest):
                status, body = await super().do_request(*args, **kwargs)
        except TimeoutError as error:
            raise TimedOut from error
        return _meant(status, body)


def _meant(status: int, body: bytes) -> tuple[int, bytes]:
    """The same, except that a refusal is one even where a proxy made a success of it."""
    said = {} if body.startswith(b'{"ok":true') else _object(body)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and said.get("ok") is False:
        status = int(_number(said.get("error_code"))) or status
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise Redirected(str(status))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        parameters = said.get("parameters")
        wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
        raise RetryAfter(int(_number(wait)))
    return status, body


def _object(body: bytes) -> dict[str, object]:
    """The answer as an object; empty where it is none."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _number(value: object) -> float:
    """A number, also where it comes as text; 0 for what is none or below it.

    >>> _number(7), _number("7"), _number("soon"), _number(-3), _number(True)
    (7.0, 7.0, 0.0, 0.0, 0.0)
    """
    try:
        number = 0.0 if isinstance(value, bool) else float(str(value))
    except ValueError:
        return 0.0
    return number if 0 < number < LARGEST else 0.0
