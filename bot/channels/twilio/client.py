"""The Twilio library's way to the network, and what all that call it share."""

import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import httpx

from bot.channels.accounts import TwilioAccount
from bot.channels.http_logs import silence_libraries
from bot.channels.twilio.codes import number

if TYPE_CHECKING:
    from twilio.http.response import Response

TWILIO = "https://api.twilio.com"  # what the library puts before every path
TWILIO_CONTENT = "https://content.twilio.com"  # the same, of the Content API
CONTENT_PATHS = ("/v1/Content", "/v2/Content")
TIMEOUT = httpx.Timeout(15, connect=5, pool=5)  # seconds; the library's async client ignores its own
WHOLE = 45.0  # seconds for an answer that comes byte by byte; within the lease
LONGEST_ANSWER = 1024 * 1024  # bytes; Twilio's have one or two thousand, a page of contents some more


class TimedHttpClient:
    """The library's way to the network: with timeouts, to another host where one is set, and without logs.

    How long Twilio asks to wait stands in a header only, which the library's errors do not carry: `wait` has
    it for the thread that asked last.
    """

    is_async = False

    def __init__(self, account: TwilioAccount) -> None:
        silence_libraries()
        self.api_url = account.api_url.rstrip("/")
        self.content_url = (account.content_url or TWILIO_CONTENT).rstrip("/")
        self.client = httpx.Client(timeout=TIMEOUT)
        self._waits = threading.local()

    @property
    def wait(self) -> float | None:
        """Seconds, as the last answer to this thread said; None if it did not."""
        wait: float | None = getattr(self._waits, "seconds", None)
        return wait

    def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,  # the library's signature
    ) -> "Response":
        """One request; the parameters and the answer are the library's."""
        from twilio.http.response import Response

        is_json = headers is not None and headers.get("Content-Type") == "application/json"
        self._waits.seconds = None
        deadline = time.monotonic() + WHOLE
        with self.client.stream(
            method,
            self._url(uri),
            params=params,
            data=None if is_json else data,
            json=_without_nulls(data) if is_json else None,
            headers=headers,
            auth=auth,
            timeout=TIMEOUT if timeout is None else timeout,
            follow_redirects=allow_redirects,
        ) as answer:
            body = _body(answer, deadline)
        self._waits.seconds = number(answer.headers.get("Retry-After")) or None
        return Response(answer.status_code, body.decode("utf-8", "replace"), answer.headers)

    def _url(self, uri: str) -> str:
        """Where the request goes. The address of a next page comes from outside: our secret follows none."""
        parts = httpx.URL(uri)
        if parts.path.startswith(CONTENT_PATHS):
            return self.content_url + parts.raw_path.decode()
        return uri.replace(TWILIO, self.api_url, 1)


def _body(answer: httpx.Response, deadline: float) -> bytes:
    """The body, if it comes before `deadline` on the monotonic clock. Raises httpx.HTTPError."""
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("it does not end")
        if len(body) > LONGEST_ANSWER:
            raise httpx.ReadError("it is too long")
    return bytes(body)


def _without_nulls(value: Any) -> Any:
    """The library writes every field it knows, those that are not set as null."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(each) for key, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value
