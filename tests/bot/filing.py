"""Somebody who sends files, and a look at what became of them."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import Row, select

from bot.channels.downloads import MediaSource
from bot.files.fetching import Fetcher
from conversations.events import AttachmentKind
from conversations.vocabulary import Channel, ConsentPurpose, ConsentState, Language
from storage.accounts import account_id
from storage.database import Storage
from storage.tables.core import CONSENTS, FILES, MESSAGES_IN, PARTICIPANTS
from storage.tables.vocabulary import ConsentWay, FileState, MessageState
from tests.bot.driving import Clock, rows

OPUS = b"OggS\0\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01" + bytes(range(256)) * 400
ORIENTATION, GPS, LATITUDE = 0x0112, 0x8825, 2


def photo(width: int, height: int, *, place: bool = False, turned: bool = False) -> bytes:
    """A photo; with where it was taken, and with its top at a side."""
    picture, exif, made = Image.effect_noise((width, height), 60).convert("RGB"), Image.Exif(), BytesIO()
    if turned:
        exif[ORIENTATION] = 6
    if place:
        exif.get_ifd(GPS)[LATITUDE] = (34.0, 1.0, 2.0)
    picture.save(made, "JPEG", exif=exif)
    return made.getvalue()


@dataclass
class Files:
    """One person, the files they sent on WhatsApp, and who fetches them."""

    storage: Storage
    clock: Clock
    source: MediaSource
    person: str = field(init=False)
    account: str = field(init=False)

    def __post_init__(self) -> None:
        ids = self.storage.ids
        self.person, self.account = ids.row(), account_id(self.storage, Channel.WHATSAPP, "ours")
        key = self.storage.keystore.create([(self.person, ids.pseudonym())], self.clock())[self.person]
        self.cipher = key.cipher
        with self.storage.write() as tx:
            tx.execute(
                PARTICIPANTS.insert(),
                {
                    "id": self.person,
                    "language": Language.FRENCH,
                    "prompting": ConsentState.GIVEN,
                    "joined_at": self.clock(),
                    "changed_at": self.clock(),
                },
            )
        self.fetcher = Fetcher(self.storage, {self.account: self.source}, self.clock)

    def came(
        self,
        reference: str,
        kind: AttachmentKind = AttachmentKind.VOICE,
        *,
        size: int | None = None,
        consent: ConsentState | None = ConsentState.GIVEN,
    ) -> str:
        """A file came; its id. Beside it what the person says of keeping files, if anything."""
        ids, now = self.storage.ids, self.clock()
        message, file_id = ids.row(), ids.row()
        if consent:
            self.consents(consent)
        with self.storage.write() as tx:
            tx.execute(
                MESSAGES_IN.insert(),
                {
                    "id": message,
                    "account_id": self.account,
                    "event_id": message,
                    "participant_id": self.person,
                    "received_at": now,
                    "state": MessageState.HANDLED,
                    "error": "",
                },
            )
            tx.execute(
                FILES.insert(),
                {
                    "id": file_id,
                    "participant_id": self.person,
                    "message_id": message,
                    "account_id": self.account,
                    "kind": kind,
                    "reference": self.cipher.seal_text(reference, f"files.reference:{file_id}"),
                    "size": size,
                    "state": FileState.AT_PROVIDER,
                    "arrived_at": now,
                    "due_at": now,
                },
            )
        return file_id

    def consents(self, state: ConsentState) -> None:
        """What they say about keeping photos and voice, from now on."""
        self.clock.advance(seconds=1)
        with self.storage.write() as tx:
            tx.execute(
                CONSENTS.insert(),
                {
                    "id": self.storage.ids.row(),
                    "participant_id": self.person,
                    "purpose": ConsentPurpose.MEDIA,
                    "state": state,
                    "text_version": "1",
                    "language": Language.FRENCH,
                    "way": ConsentWay.CHAT,
                    "channel": Channel.WHATSAPP,
                    "at": self.clock(),
                },
            )

    def fetch(self) -> int:
        return self.fetcher.run()

    def row(self, file_id: str) -> Row[Any]:
        [row] = rows(self.storage, select(FILES).where(FILES.c.id == file_id))
        return row

    def content(self, file_id: str, *, small: bool = False) -> bytes:
        """The kept file, opened with the person's key."""
        row = self.row(file_id)
        kept = (f"{file_id}:thumbnail", row.thumbnail) if small else (file_id, row.stored)
        return b"".join(self.storage.media.read(self.cipher, *kept))

    def on_disk(self) -> list[str]:
        """Every file in the folder, also what was not finished."""
        return sorted(path.name for path in self.storage.media.path.rglob("*") if path.is_file())
