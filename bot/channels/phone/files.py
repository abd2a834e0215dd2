"""What people send from the simulated phone: files in memory, and the places they are at."""

import secrets
from collections import OrderedDict
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from bot.channels.bodies import read_body
from bot.channels.cleaning import clean
from bot.channels.places import place
from bot.files.form_media import content_type
from conversations.events import AttachmentKind, Location, Unsupported

MOST_BYTES = 5 * 2**20  # of one file
KEPT_BYTES = 64 * 2**20  # of all files together; the oldest go first
ENVELOPE = 4096  # bytes of a form around its file
LONGEST_NAME = 100  # characters
# By the sort of the media type; anything else is a document.
KINDS: Mapping[str, AttachmentKind] = {
    "image": AttachmentKind.PHOTO,
    "audio": AttachmentKind.VOICE,
    "video": AttachmentKind.VIDEO,
}


class NoFile(Exception):
    """Nothing was chosen, or what came is no form with a file."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as the simulated provider has it."""

    address: str  # of the phone that sent it
    name: str
    media_type: str  # empty for what is not sound, picture or film
    content: bytes = field(repr=False)

    @property
    def kind(self) -> AttachmentKind:
        return KINDS.get(self.media_type.partition("/")[0], AttachmentKind.DOCUMENT)


class SentFiles:
    """The newest files, by their references."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, SentFile] = OrderedDict()

    def keep(self, file: SentFile) -> str:
        """The reference under which it can be had again."""
        reference = secrets.token_urlsafe(16)
        self._files[reference] = file
        while sum(len(kept.content) for kept in self._files.values()) > KEPT_BYTES:
            self._files.popitem(last=False)
        return reference

    def find(self, reference: str, address: str) -> SentFile | None:
        """The file; None if it is gone, or another phone's."""
        found = self._files.get(reference)
        return found if found and found.address == address else None

    def content(self, reference: str) -> bytes | None:
        """What was sent; None if it is gone."""
        found = self._files.get(reference)
        return found.content if found else None


async def read_file(request: Request, address: str) -> SentFile:
    """The file of a posted form. TooLarge, or NoFile where there is none."""
    body = await read_body(request, MOST_BYTES + ENVELOPE)
    if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        raise NoFile
    try:
        form = await MultiPartParser(request.headers, _once(body), max_files=1, max_fields=1).parse()
    except (MultiPartException, KeyError):  # KeyError: a form without its boundary
        raise NoFile from None
    try:
        given = form.get("file")
        content = await given.read() if isinstance(given, UploadFile) else b""
        if not isinstance(given, UploadFile) or not content:
            raise NoFile
        name = clean(given.filename or "").rpartition("/")[2][-LONGEST_NAME:]
        return SentFile(address, name or "file", content_type(name), content)
    finally:
        await form.close()


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


def read_place(form: Mapping[str, str]) -> Location | Unsupported:
    """The place of a posted form; Unsupported where it is none."""
    return place(_number(form.get("latitude", "")), _number(form.get("longitude", "")))


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None
