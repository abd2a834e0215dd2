"""Recordings and pictures of forms: which are sent, and the routes they are fetched from."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.responses import Response

from admin.byte_range import ranged
from bot.channels.sending import MediaFile
from conversations.messages import Media
from storage.database import Storage
from storage.forms import file_size, find_file
from storage.vault import Vault

if TYPE_CHECKING:
    from fastapi import APIRouter  # the pages alone need it

MOST_BYTES = 16 * 2**20  # WhatsApp's limit for one file
HEADERS = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
# Only what can be heard or seen and runs nothing: SVG, which may hold scripts, is not among them.
TYPES: Mapping[str, str] = MappingProxyType(
    {
        "ogg": "audio/ogg",
        "oga": "audio/ogg",
        "opus": "audio/ogg",
        "mp3": "audio/mpeg",
        "m4a": "audio/mp4",
        "aac": "audio/aac",
        "amr": "audio/amr",
        "wav": "audio/wav",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "png": "image/png",
        "gif": "image/gif",
        "webp": "image/webp",
        "mp4": "video/mp4",
        "3gp": "video/3gpp",
        "webm": "video/webm",
    }
)

Guard = Callable[..., Awaitable[None]]


def content_type(name: str) -> str:
    """The type of a file by its name; empty for anything that is not sound, picture or film.

    >>> content_type("Bien.OGG"), content_type("page.html")
    ('audio/ogg', '')
    """
    return TYPES.get(name.rpartition(".")[2].lower(), "")


def can_be_sent(tx: Connection, media: Media) -> bool:
    """Whether the file was attached, is what it should be, and is not too large."""
    fits = content_type(media.name).startswith(f"{media.kind}/")
    return fits and 0 < file_size(tx, media.version_id, media.name) <= MOST_BYTES


def media_file(tx: Connection, vault: Vault, media: Media) -> MediaFile | None:
    """The file to send; None if it cannot be."""
    content = find_file(tx, media.version_id, media.name) if can_be_sent(tx, media) else None
    if content is None:
        return None
    name = quote(media.name, safe="")
    token = _token(vault, media.version_id, media.name)
    return MediaFile(media, content, f"/media/{token}/{quote(media.version_id, safe='')}/{name}", media.name)


def fetched_media_routes(storage: Storage) -> "APIRouter":
    """`GET /media/{token}/{version}/{name}`: where a provider fetches what it was told to send."""
    from fastapi import APIRouter, Header

    router = APIRouter()

    @router.get("/media/{token}/{version_id}/{name:path}")
    def fetch(
        token: str, version_id: str, name: str, wanted: Annotated[str, Header(alias="Range")] = ""
    ) -> Response:
        expected = _token(storage.vault, version_id, name)
        if not hmac.compare_digest(token.encode(), expected.encode()):
            raise HTTPException(404)
        return _serve(storage, version_id, name, wanted)

    return router


def phone_media_routes(storage: Storage, guard: Guard) -> "APIRouter":
    """`GET /phone/media/{version}/{name}`: what the simulated phone plays and shows, behind its guard."""
    from fastapi import APIRouter, Depends, Header

    router = APIRouter(prefix="/phone/media", dependencies=[Depends(guard)])

    @router.get("/{version_id}/{name:path}")
    def fetch(version_id: str, name: str, wanted: Annotated[str, Header(alias="Range")] = "") -> Response:
        return _serve(storage, version_id, name, wanted)

    return router


def _token(vault: Vault, version_id: str, name: str) -> str:
    return vault.blind("media", f"{version_id}/{name}")


def _serve(storage: Storage, version_id: str, name: str, wanted: str) -> Response:
    known = content_type(name)
    if not known:
        raise HTTPException(404)
    with storage.read() as tx:
        content = find_file(tx, version_id, name)
    if content is None:
        raise HTTPException(404)
    return ranged(content, wanted, known, HEADERS)
