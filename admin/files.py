"""Photos, recordings and documents that people sent: for who may see the person, and noted in the trail."""

from collections.abc import Iterator
from itertools import chain
from typing import Annotated

import structlog
from fastapi import APIRouter, Header, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from admin.byte_range import streamed
from admin.desk import desk_of
from admin.guard import RowId, Staff
from storage.audit import note_opening
from storage.errors import SealBroken
from storage.media.kinds import SHOWN
from storage.media.showing import OpenedFile, open_file, open_thumbnail

log = structlog.get_logger(__name__)

router = APIRouter(prefix="/participants/{participant_id}/files/{file_id}")

# What somebody sent runs nothing and fetches nothing, also where it is opened by itself.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


@router.get("")
def show(
    request: Request,
    participant_id: RowId,
    file_id: RowId,
    signed_in: Staff,
    wanted: Annotated[str, Header(alias="Range")] = "",
) -> Response:
    """The file: shown or played where a browser can, saved otherwise."""
    desk, perimeter = desk_of(request), signed_in.member.perimeter
    with desk.storage.read() as look:
        file = open_file(look, desk.storage, perimeter, participant_id, file_id)
    note_opening(desk.storage, desk.now(), signed_in.member.id, participant_id)
    return answer_with(file, wanted)


@router.get("/thumbnail")
def show_small(request: Request, participant_id: RowId, file_id: RowId, signed_in: Staff) -> Response:
    """The small picture of a photo, which stands on the person's page: opening that is noted."""
    desk, perimeter = desk_of(request), signed_in.member.perimeter
    with desk.storage.read() as look:
        file = open_thumbnail(look, desk.storage, perimeter, participant_id, file_id)
    return answer_with(file, "")


def answer_with(file: OpenedFile, wanted: str) -> Response:
    """The bytes of a file, or the part that is wanted; 404 where they do not open."""
    way = "inline" if file.mime_type in SHOWN else "attachment"
    headers = HEADERS | {"Content-Disposition": f'{way}; filename="{file.name}"'}

    def read(start: int, end: int) -> Iterator[bytes]:
        pieces = file.read(start, end)
        try:
            first = next(pieces, b"")
        except (FileNotFoundError, SealBroken) as error:
            log.error("file.unreadable", error=type(error).__name__)
            raise HTTPException(404) from None
        return chain((first,), pieces)

    return streamed(read, file.size, wanted, file.mime_type, headers)
