"""The part of a file that a player asks for: HTTP's byte ranges, one at a time (RFC 9110, section 14)."""

import re
from collections.abc import Callable, Iterable

from starlette.responses import Response, StreamingResponse

ONE_RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?", re.IGNORECASE)


def ranged(content: bytes, wanted: str, media_type: str, headers: dict[str, str]) -> Response:
    """The content, or the part that the header `Range` asks for; 416 where there is no such part."""
    return streamed(lambda start, end: (content[start:end],), len(content), wanted, media_type, headers)


def streamed(
    read: Callable[[int, int], Iterable[bytes]],
    size: int,
    wanted: str,
    media_type: str,
    headers: dict[str, str],
) -> Response:
    """The same of what is read piece by piece: from the first byte wanted, up to the last, this one excluded.

    Several ranges, and what is no range, are answered with all of it, as the rules allow.
    """
    headers = headers | {"Accept-Ranges": "bytes"}
    asked = ONE_RANGE.fullmatch(wanted.strip())
    status, start, end = 200, 0, size
    if asked is not None and asked.groups() != (None, None):
        start, end = bounds(asked[1], asked[2], size)
        if start >= end:
            return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"})
        status, headers["Content-Range"] = 206, f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    return StreamingResponse(read(start, end), status, headers, media_type)


def bounds(first: str | None, last: str | None, size: int) -> tuple[int, int]:
    """From where and up to which byte, this one excluded; without a first, the last so many bytes.

    >>> bounds("2", "4", 10), bounds("2", None, 10), bounds(None, "3", 10), bounds("10", None, 10)
    ((2, 5), (2, 10), (7, 10), (10, 10))
    """
    if first is None:
        return max(0, size - int(last or 0)), size
    return int(first), min(size, int(last) + 1 if last is not None else size)
