"""Files that go with a message: which of them can be sent, and a few at a time in memory."""

import asyncio
from datetime import datetime

from sqlalchemy import Connection

from bot.channels.sending import MediaFile, SendResult, Transport
from bot.files.documents import document_file
from bot.files.form_media import can_be_sent, media_file
from bot.files.recordings import Recordings
from conversations.messages import Document, Media, Recording
from conversations.render.parts import Part
from conversations.vocabulary import SendOutcome
from storage.database import Storage
from storage.outbox import Claimed

AT_ONCE = 8  # recordings and pictures in memory, each 16 MB at most
LONGEST_WAIT = 10.0  # seconds a message may wait for its turn; well within the lease


class Files:
    """The files of messages, as they are at the moment of sending."""

    def __init__(self, storage: Storage, recordings: Recordings) -> None:
        self.storage, self.recordings = storage, recordings
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def without_missing(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """The parts without the files that cannot be sent, and their numbers: the check of the sheet warned.

        They go before the parts are counted, so those that are out already keep their numbers.
        """
        if not any(part.media for part in parts):
            return parts
        return await asyncio.to_thread(self._sendable, parts)

    async def hand_over(
        self, transport: Transport, message: Claimed, part: Part, now: datetime
    ) -> SendResult:
        """Send the file of this part, when it is its turn. DocumentNotMade if it cannot be made."""
        if part.media is None:
            raise ValueError("the part carries no file")
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await self._turns.acquire()
        except TimeoutError:
            return SendResult(SendOutcome.RETRY_LATER, code="files", retry_after=LONGEST_WAIT)
        try:
            file = await asyncio.to_thread(self._read, message, part.media, now)
            if file is None:  # replaced this moment
                return SendResult(SendOutcome.DEFECT, code="file_gone")
            return await transport.send_media(message.address, file, part.text, message.outbox_id)
        finally:
            self._turns.release()

    def _sendable(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        with self.storage.read() as tx:
            return tuple(part for part in parts if self._is_there(tx, part.media or part.announces))

    def _is_there(self, tx: Connection, file: Media | Recording | Document | None) -> bool:
        match file:
            case Media():
                return can_be_sent(tx, file)
            case Recording():
                return self.recordings.read(file) is not None
            case _:
                return True

    def _read(self, message: Claimed, media: Media | Recording | Document, now: datetime) -> MediaFile | None:
        if isinstance(media, Recording):
            return self.recordings.file(self.storage.vault, media)
        with self.storage.read() as tx:
            if isinstance(media, Document):
                return document_file(tx, self.storage, message, media, now)
            return media_file(tx, self.storage.vault, media)
