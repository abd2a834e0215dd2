"""Files that people sent, for who may see them: what became of each, and its bytes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from conversations.events import AttachmentKind
from storage.database import Storage
from storage.errors import OutOfPerimeter, SealBroken
from storage.media.kinds import FILMS, PICTURES, SOUNDS, suffix
from storage.perimeter import Perimeter
from storage.tables.core import FILES
from storage.tables.vocabulary import FileState
from storage.vault import Cipher

THUMBNAIL = "image/jpeg"  # the type of every small picture


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file as a page tells of it."""

    id: str
    kind: AttachmentKind
    state: FileState
    mime_type: str  # as its bytes say, once it is stored
    has_thumbnail: bool

    @property
    def shown_as(self) -> str:
        """How a page shows it: `picture`, `sound`, `film`, `saved`, or `missing`."""
        if self.state is not FileState.STORED:
            return "missing"
        kinds = (("picture", PICTURES), ("sound", SOUNDS), ("film", FILMS))
        return next((name for name, types in kinds if self.mime_type in types), "saved")


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A stored file to be read."""

    name: str  # to save it under; names nobody
    mime_type: str
    size: int  # bytes
    read: Callable[[int, int], Iterator[bytes]]  # from a byte up to another, this one excluded


def files_of_messages(tx: Connection, message_ids: Sequence[str]) -> dict[str, KeptFile]:
    """The files that came with these messages, by message."""
    if not message_ids:
        return {}
    rows = tx.execute(select(FILES).where(FILES.c.message_id.in_(message_ids)))
    return {row.message_id: kept_file(row) for row in rows}


def proofs(tx: Connection, storage: Storage, participant_id: str) -> dict[str, KeptFile]:
    """The files of one person by what their steps keep of them, which is the provider's reference."""
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if key is None:  # erased this moment
        return {}
    found = {}
    for row in tx.execute(select(FILES).where(FILES.c.participant_id == participant_id)):
        try:
            found[key.cipher.open_text(row.reference, f"files.reference:{row.id}")] = kept_file(row)
        except SealBroken:
            continue
    return found


def open_file(
    tx: Connection, storage: Storage, perimeter: Perimeter, participant_id: str, file_id: str
) -> OpenedFile:
    """A stored file of someone within the perimeter. OutOfPerimeter as everywhere."""
    perimeter.require_participant(tx, participant_id)
    row, cipher = _stored(tx, storage, participant_id, file_id)
    return opened(storage, row, cipher)


def open_thumbnail(
    tx: Connection, storage: Storage, perimeter: Perimeter, participant_id: str, file_id: str
) -> OpenedFile:
    """The small picture of a photo, under the same rule."""
    perimeter.require_participant(tx, participant_id)
    row, cipher = _stored(tx, storage, participant_id, file_id)
    if not row.thumbnail:
        raise OutOfPerimeter
    return opened_thumbnail(storage, row, cipher)


def kept_file(row: Row[Any]) -> KeptFile:
    return KeptFile(row.id, row.kind, row.state, row.mime_type, bool(row.thumbnail))


def opened(storage: Storage, row: Row[Any], cipher: Cipher) -> OpenedFile:
    """The file of a row."""

    def read(start: int, end: int) -> Iterator[bytes]:
        return storage.media.read(cipher, row.id, row.stored, start, end)

    name = f"{row.kind}-{row.id[-6:]}.{suffix(row.mime_type)}"
    return OpenedFile(name, row.mime_type, row.size or 0, read)


def opened_thumbnail(storage: Storage, row: Row[Any], cipher: Cipher) -> OpenedFile:
    """The small picture of a row that has one."""
    file_id = thumbnail_id(row.id)

    def read(start: int, end: int) -> Iterator[bytes]:
        return storage.media.read(cipher, file_id, row.thumbnail, start, end)

    size = storage.media.size(row.thumbnail)
    return OpenedFile(f"{row.kind}-{row.id[-6:]}.jpg", THUMBNAIL, size, read)


def thumbnail_id(file_id: str) -> str:
    """What the small picture of a file is bound to."""
    return f"{file_id}:thumbnail"


def _stored(tx: Connection, storage: Storage, participant_id: str, file_id: str) -> tuple[Row[Any], Cipher]:
    theirs: ColumnElement[bool] = (FILES.c.id == file_id) & (FILES.c.participant_id == participant_id)
    row = tx.execute(select(FILES).where(theirs, FILES.c.state == FileState.STORED)).first()
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if row is None or key is None:
        raise OutOfPerimeter
    return row, key.cipher
