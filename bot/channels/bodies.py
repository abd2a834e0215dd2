"""Reading the body of a request without being flooded."""

from starlette.datastructures import QueryParams
from starlette.requests import Request

BODY_LIMIT = 1024 * 1024  # bytes; the largest real delivery is some 20 KB
FIELD_LIMIT = 200  # fields of a form; Twilio sends some 40, with ten files some 60


class TooLarge(Exception):
    """The body is over a limit; it was not read further."""


async def read_body(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """The body, at most `limit` bytes. Raises TooLarge, however the length was announced."""
    announced = request.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLarge
    return bytes(body)


async def read_form(request: Request) -> QueryParams:
    """The fields of a form with its blanks, at most FIELD_LIMIT of them. Raises TooLarge."""
    body = await read_body(request)
    if body.count(b"&") >= FIELD_LIMIT:  # counted before anything is made of them
        raise TooLarge
    return QueryParams(body)
