"""The folder of recordings: what is recorded in which track, and the routes the files are fetched from.

`<track>/<message id>.ogg` is a message, `<track>/<form id>/<question>.ogg` a question of a form, and
`<track>/<form id>/<question>.<choice>.ogg` one of its choices.
"""

import hmac
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.sending import MediaFile
from bot.files.form_media import HEADERS, content_type
from conversations.messages import Recording
from storage.vault import Vault

if TYPE_CHECKING:
    from fastapi import APIRouter  # the pages alone need it

MOST_BYTES = 50 * 1024  # a minute of speech at 6 kbit/s; people pay for every byte
SUFFIXES = (".ogg", ".opus", ".mp3", ".m4a")  # of two recordings of the same the earlier in this list is used
TRACK = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")  # BCP 47: a language, perhaps where it is spoken

Guard = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Found:
    """What the folder holds. Files are named by their path within it."""

    tracks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # track -> key -> file of the track
    too_large: tuple[str, ...] = ()
    other: tuple[str, ...] = ()  # what is no recording, by its place or its name


class Recordings:
    """The recordings in one folder; a missing one holds none. Calling it gives what can be sent now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self) -> Mapping[str, Mapping[str, str]]:
        return self.look().tracks

    def look(self) -> Found:
        """What the folder holds at this moment."""
        tracks: dict[str, dict[str, str]] = {}
        too_large, other = [], []
        for path in sorted(self._files(), key=_preferred):
            named = path.relative_to(self.folder).as_posix()
            track, _, name = named.partition("/")
            if not _fits(path, track, name):
                other.append(named)
            elif not 0 < path.stat().st_size <= MOST_BYTES:
                too_large.append(named)
            else:
                tracks.setdefault(track, {}).setdefault(name.removesuffix(path.suffix), name)
        return Found(tracks, tuple(too_large), tuple(other))

    def read(self, recording: Recording) -> bytes | None:
        """The sound; None where there is none that may be sent."""
        path = self.folder / recording.track / recording.name
        try:
            inside = path.resolve().is_relative_to(self.folder.resolve())
            if not inside or not _fits(path, recording.track, recording.name):
                return None
            content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
        except (OSError, ValueError):  # gone this moment, or a name that no file can have
            return None
        return content or None

    def file(self, vault: Vault, recording: Recording) -> MediaFile | None:
        """The file to send; None if it cannot be."""
        content = self.read(recording)
        if content is None:
            return None
        where = f"{recording.track}/{quote(recording.name)}"
        shown = recording.name.rpartition("/")[2]
        return MediaFile(recording, content, f"/recordings/{_token(vault, recording)}/{where}", shown)

    def _files(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from (path for path in self.folder.rglob("*") if path.is_file())


def _preferred(path: Path) -> tuple[int, str]:
    kind = path.suffix.lower()
    return SUFFIXES.index(kind) if kind in SUFFIXES else len(SUFFIXES), path.as_posix()


def _fits(path: Path, track: str, name: str) -> bool:
    """Whether it is a recording by its place and its name."""
    sound = path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
    return sound and bool(name) and name.count("/") <= 1 and TRACK.fullmatch(track) is not None


def fetched_recording_routes(recordings: Recordings, vault: Vault) -> "APIRouter":
    """`GET /recordings/{token}/{track}/{name}`: where a provider fetches what it was told to send."""
    from fastapi import APIRouter

    router = APIRouter()

    @router.get("/recordings/{token}/{track}/{name:path}")
    def fetch(token: str, track: str, name: str) -> Response:
        recording = Recording(track, name)
        if not hmac.compare_digest(token.encode(), _token(vault, recording).encode()):
            raise HTTPException(404)
        return _serve(recordings, recording)

    return router


def phone_recording_routes(recordings: Recordings, guard: Guard) -> "APIRouter":
    """`GET /phone/recordings/{track}/{name}`: what the simulated phone plays, behind its guard."""
    from fastapi import APIRouter, Depends

    router = APIRouter(prefix="/phone/recordings", dependencies=[Depends(guard)])

    @router.get("/{track}/{name:path}")
    def fetch(track: str, name: str) -> Response:
        return _serve(recordings, Recording(track, name))

    return router


def _token(vault: Vault, recording: Recording) -> str:
    return vault.blind("recording", f"{recording.track}/{recording.name}")


def _serve(recordings: Recordings, recording: Recording) -> Response:
    content = recordings.read(recording)
    if content is None:
        raise HTTPException(404)
    return Response(content, media_type=content_type(recording.name), headers=HEADERS)
