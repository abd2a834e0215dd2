"""Style sheets, htmx and the Arabic font, from their wheels, with their own small style sheet."""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

router = APIRouter()

YEAR = "public, max-age=31536000, immutable"  # the address holds the content's hash
HOUR = "public, max-age=3600"

SOURCES: dict[str, tuple[Traversable, str]] = {
    "bootstrap.css": (files("bootstrap") / "css" / "bootstrap.min.css", "text/css"),
    "bootstrap.rtl.css": (files("bootstrap") / "css" / "bootstrap.rtl.min.css", "text/css"),
    "admin.css": (files("admin") / "static" / "admin.css", "text/css"),
    "employer.css": (files("admin") / "static" / "employer.css", "text/css"),
    "icon.svg": (files("admin") / "static" / "icon.svg", "image/svg+xml"),
    "htmx.js": (files("js_lib_htmx") / "static" / "htmx" / "htmx.min.js", "text/javascript"),
    "noto-sans-arabic.ttf": (
        files("fontpkg_noto_sans_arabic") / "files" / "NotoSansArabic[wdth,wght].ttf",
        "font/ttf",
    ),
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    content: bytes
    zipped: bytes
    media_type: str
    version: str


@cache
def static_file(name: str) -> StaticFile:
    """One of our files, read once. KeyError if it is none of ours."""
    source, media_type = SOURCES[name]
    content = source.read_bytes()
    return StaticFile(content, gzip.compress(content), media_type, sha256(content).hexdigest()[:12])


def static_url(name: str) -> str:
    """Where a page finds the file; another content has another address."""
    return f"/static/{name}?v={static_file(name).version}"


@router.get("/static/{name}")
def serve(request: Request, name: str) -> Response:
    if name not in SOURCES:
        raise HTTPException(404)
    file = static_file(name)
    zips = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "cache-control": YEAR if request.query_params.get("v") == file.version else HOUR,
        "vary": "accept-encoding",
        **({"content-encoding": "gzip"} if zips else {}),
    }
    return Response(file.zipped if zips else file.content, headers=headers, media_type=file.media_type)
