"""Reading the body of a request without being flooded."""

from starlette.requests import Request

BODY_LIMIT = 1024 * 1024  # bytes; the largest real delivery is some 20 KB


class TooLarge(Exception):
    """The body is over the limit; it was not read further."""


async def read_body(request: Request) -> bytes:
    """The body, at most BODY_LIMIT bytes. Raises TooLarge, however the length was announced."""
    announced = request.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > BODY_LIMIT:
        raise TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise TooLarge
    return bytes(body)
