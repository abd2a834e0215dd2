"""The photos, recordings and documents that go with the file: under which names, and their bytes."""

from collections.abc import Iterator
from dataclasses import dataclass

import structlog
from sqlalchemy import Connection, select

from storage.database import Storage
from storage.errors import SealBroken
from storage.keystore import PersonKey
from storage.media.kinds import suffix
from storage.media.showing import OpenedFile, opened
from storage.tables.core import FILES
from storage.tables.vocabulary import FileState

log = structlog.get_logger(__name__)

MOST_BYTES = 40 * 2**20  # of all files: a bot can send 50 MB; of more, the newest go along


@dataclass(frozen=True, slots=True)
class Attached:
    """One file beside the page."""

    name: str  # its path in the archive; names nobody
    file: OpenedFile

    def read(self) -> bytes | None:
        """Its bytes; None where they do not open any more."""
        try:
            return b"".join(self.file.read(0, self.file.size))
        except (FileNotFoundError, SealBroken) as error:
            log.error("file.unreadable", error=type(error).__name__)
            return None


def attached(tx: Connection, storage: Storage, key: PersonKey) -> dict[str, Attached]:
    """The files that go along, by their ids."""
    theirs = (FILES.c.participant_id == key.participant_id) & (FILES.c.state == FileState.STORED)
    newest_first = tx.execute(select(FILES).where(theirs).order_by(FILES.c.arrived_at.desc(), FILES.c.id))
    chosen, room = [], MOST_BYTES
    for row in newest_first:
        room -= row.size or 0
        if room < 0:
            break
        chosen.append(row)
    return {
        row.id: Attached(
            f"files/{number:03}-{row.kind}.{suffix(row.mime_type)}", opened(storage, row, key.cipher)
        )
        for number, row in enumerate(reversed(chosen), start=1)
    }


def contents(files: dict[str, Attached]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes, one file after the other."""
    for each in files.values():
        if content := each.read():
            yield each.name, content
