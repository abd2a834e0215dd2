"""The folder of files that people sent: sealed in pieces with the key of whose they are.

A file is a row of sealed pieces, each bound to the file's id, its own number, and whether it is the last one:
what was cut, mixed or swapped does not open. Its name is a keyed hash of id and content: nobody sees
whether two people sent the same.
"""

import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from storage.errors import SealBroken
from storage.vault import KEY_ID_BYTES, NONCE_BYTES, Cipher

PIECE = 64 * 1024  # bytes of a file in one sealed piece
SEAL = KEY_ID_BYTES + NONCE_BYTES + 16  # bytes that sealing adds to a piece
ON_THE_WAY = "incoming"  # the folder of files that are being written
NAME_BYTES = 16


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is in the folder now."""

    name: str
    size: int  # bytes, before it was sealed


@dataclass(frozen=True, slots=True)
class MediaFolder:
    """The folder, made when the first file comes."""

    path: Path

    @contextmanager
    def writing(self, cipher: Cipher, file_id: str) -> Iterator["Writing"]:
        """Keep a file, whole or not at all: an unfinished one leaves nothing. OSError from a full disk."""
        incoming = self.path / ON_THE_WAY
        incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = incoming / uuid4().hex
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                yield Writing(self, cipher, file_id, unfinished, out)
        finally:
            unfinished.unlink(missing_ok=True)

    def write(self, cipher: Cipher, file_id: str, content: bytes) -> "Written":
        """Keep a file that is at hand."""
        with self.writing(cipher, file_id) as writing:
            writing.add(content)
            return writing.finish()

    def read(
        self, cipher: Cipher, file_id: str, name: str, start: int = 0, end: int | None = None
    ) -> Iterator[bytes]:
        """The bytes from `start` up to `end`, this one excluded. FileNotFoundError, or SealBroken."""
        with self.where(name).open("rb") as sealed:
            pieces = -(-os.fstat(sealed.fileno()).st_size // (PIECE + SEAL))
            for number in range(start // PIECE, pieces):
                offset = number * PIECE
                if end is not None and offset >= end:
                    return
                sealed.seek(number * (PIECE + SEAL))
                piece = cipher.open(
                    sealed.read(PIECE + SEAL), _place(file_id, number, last=number == pieces - 1)
                )
                yield piece[max(0, start - offset) : None if end is None else end - offset]
            if not pieces:
                raise SealBroken("media")

    def size(self, name: str) -> int:
        """Bytes of a file, before it was sealed. FileNotFoundError where there is none."""
        sealed = self.where(name).stat().st_size
        return sealed - SEAL * -(-sealed // (PIECE + SEAL))

    def remove(self, names: Iterable[str]) -> None:
        """Delete files; one that is not there is as good as deleted."""
        for name in names:
            self.where(name).unlink(missing_ok=True)

    def names(self, before: datetime) -> Iterator[list[str]]:
        """The names of all files that were written before this moment, part by part."""
        for part in sorted(self.path.glob("??")):
            yield [file.name for file in part.iterdir() if _is_older(file, before)]

    def forget_unfinished(self, before: datetime) -> int:
        """Delete what a crash left behind while it was written. How many."""
        left = [file for file in (self.path / ON_THE_WAY).glob("*") if _is_older(file, before)]
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)

    def where(self, name: str) -> Path:
        return self.path / name[:2] / name


class Writing:
    """A file on its way into the folder."""

    def __init__(
        self, folder: MediaFolder, cipher: Cipher, file_id: str, unfinished: Path, out: BinaryIO
    ) -> None:
        self.folder, self.cipher, self.file_id = folder, cipher, file_id
        self.unfinished, self.out = unfinished, out
        self.waiting = bytearray()  # the last piece is known as such only at the end
        self.names = _name_hash(cipher, file_id)
        self.pieces = 0
        self.size = 0

    def add(self, content: bytes) -> None:
        """Some more of it."""
        self.waiting += content
        while len(self.waiting) > PIECE:
            self._seal(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]

    def finish(self) -> Written:
        """All of it came: from now on it is in the folder, also after a power cut."""
        self._seal(bytes(self.waiting), last=True)
        self.out.flush()
        os.fsync(self.out.fileno())
        name = self.names.digest()[:NAME_BYTES].hex()
        there = self.folder.where(name)
        there.parent.mkdir(exist_ok=True, mode=0o700)
        self.unfinished.replace(there)
        _make_durable(there.parent)
        return Written(name, self.size)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self.names.update(piece)
        self.size += len(piece)
        self.out.write(self.cipher.seal(piece, _place(self.file_id, self.pieces, last=last)))
        self.pieces += 1


def _place(file_id: str, number: int, *, last: bool) -> str:
    return f"media.piece:{file_id}:{number}{':last' if last else ''}"


def _name_hash(cipher: Cipher, file_id: str) -> hmac.HMAC:
    """The hash that names a file, under a key of its own that follows from whose file it is."""
    key = hmac.digest(cipher.raw, b"carnet media names", "sha256")
    return hmac.new(key, file_id.encode(), "sha256")


def _is_older(file: Path, moment: datetime) -> bool:
    try:
        return file.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:  # gone this moment
        return False


def _make_durable(folder: Path) -> None:
    """A new name stays after a power cut only once its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
