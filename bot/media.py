"""Recordings and pictures of forms: which are sent, and the routes they are fetched from."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Response
from sqlalchemy import Connection

from bot.channels.sending import MediaFile
from conversations.messages import Media
from storage.database import Storage
from storage.forms import find_file
from storage.vault import Vault

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


def media_file(tx: Connection, vault: Vault, media: Media) -> MediaFile | None:
    """The file to send; None if it was not attached, is something else than it should be, or is too large."""
    if not content_type(media.name).startswith(f"{media.kind}/"):
        return None
    content = find_file(tx, media.version_id, media.name)
    if not content or len(content) > MOST_BYTES:
        return None
    name = quote(media.name, safe="")
    token = _token(vault, media.version_id, media.name)
    return MediaFile(media, content, f"/media/{token}/{quote(media.version_id, safe='')}/{name}")


def fetched_media_routes(storage: Storage) -> APIRouter:
    """`GET /media/{token}/{version}/{name}`: where a provider fetches what it was told to send."""
    router = APIRouter()

    @router.get("/media/{token}/{version_id}/{name:path}")
    def fetch(token: str, version_id: str, name: str) -> Response:
        expected = _token(storage.vault, version_id, name)
        if not hmac.compare_digest(token.encode(), expected.encode()):
            raise HTTPException(404)
        return _serve(storage, version_id, name)

    return router


def phone_media_routes(storage: Storage, guard: Guard) -> APIRouter:
    """`GET /phone/media/{version}/{name}`: what the simulated phone plays and shows, behind its guard."""
    router = APIRouter(prefix="/phone/media", dependencies=[Depends(guard)])

    @router.get("/{version_id}/{name:path}")
    def fetch(version_id: str, name: str) -> Response:
        return _serve(storage, version_id, name)

    return router


def _token(vault: Vault, version_id: str, name: str) -> str:
    return vault.blind("media", f"{version_id}/{name}")


def _serve(storage: Storage, version_id: str, name: str) -> Response:
    known = content_type(name)
    if not known:
        raise HTTPException(404)
    with storage.read() as tx:
        content = find_file(tx, version_id, name)
    if content is None:
        raise HTTPException(404)
    return Response(content, media_type=known, headers=HEADERS)
