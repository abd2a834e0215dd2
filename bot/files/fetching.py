"""Fetch the files that people sent: from the provider into the folder, sealed on the way."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

import httpx
import structlog

from bot.channels.downloads import (
    MOST_BYTES,
    MOST_SECONDS,
    DownloadFailed,
    FileGone,
    FileTooLarge,
    MediaSource,
    make_client,
)
from bot.files.pictures import NoPicture, Picture, prepare
from bot.files.sniffing import HEAD, PICTURES, sniff
from bot.room import is_nearly_full
from storage.database import Storage
from storage.media.folder import Written
from storage.media.showing import thumbnail_id
from storage.media.telling import tell_of_unkept
from storage.media.wanted import Fetched, Kept, Wanted, claim, is_due, settle
from storage.tables.vocabulary import FileState

log = structlog.get_logger(__name__)

AT_ONCE = 4  # downloads
CLAIMED = 8  # files; two rounds of them end within the lease
ROUNDS = 25  # of one run: a job that never ends tells nothing


class NotKept(Exception):
    """By its bytes it is of a kind that is not kept."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches what is due, a few files at a time."""

    storage: Storage
    sources: Mapping[str, MediaSource]  # by our account
    clock: Callable[[], datetime]  # aware, UTC

    def run(self) -> int:
        """Fetch until nothing is due. How many files were settled for good."""
        done = 0
        for _ in range(ROUNDS):
            if is_nearly_full(self.storage.media.path.parent) or not (wanted := self._claim()):
                break
            results = asyncio.run(self._fetch_all(wanted))
            with self.storage.write() as tx:
                unwanted = settle(tx, results, self.clock())
                tell_of_unkept(tx, self.storage, results, self.clock())
            self.storage.media.remove(unwanted)
            done += sum(result.end is not None for result in results)
        return done

    def _claim(self) -> list[Wanted]:
        ours, now = list(self.sources), self.clock()
        with self.storage.read() as look:
            if not is_due(look, ours, now):  # mostly: nobody who writes is to wait for that
                return []
        with self.storage.write() as tx:
            return claim(tx, self.storage, ours, now, CLAIMED)

    async def _fetch_all(self, wanted: list[Wanted]) -> list[Fetched]:
        room, drawing = asyncio.Semaphore(AT_ONCE), asyncio.Lock()
        async with make_client() as client:

            async def one(each: Wanted) -> Fetched:
                async with room:
                    return Fetched(each, await self._fetch(client, each, drawing))

            return await asyncio.gather(*(one(each) for each in wanted))

    async def _fetch(
        self, client: httpx.AsyncClient, wanted: Wanted, drawing: asyncio.Lock
    ) -> Kept | FileState | None:
        """What came of one attempt; None: again later."""
        if wanted.size is not None and wanted.size > MOST_BYTES:
            return FileState.TOO_LARGE
        try:
            async with asyncio.timeout(MOST_SECONDS):
                source = self.sources[wanted.account_id].read(client, wanted.reference)
                async with aclosing(source):
                    return await self._keep(source, wanted, drawing)
        except FileTooLarge:
            return FileState.TOO_LARGE
        except FileGone as error:
            log.warning("media.gone", file_id=wanted.id, code=str(error))
            return FileState.GONE
        except (NotKept, NoPicture):
            return FileState.REFUSED
        except (DownloadFailed, TimeoutError, OSError) as error:
            code = str(error) if isinstance(error, DownloadFailed) else type(error).__name__
            log.info("media.later", file_id=wanted.id, attempts=wanted.attempts, code=code)
            return None
        except Exception as error:  # whatever one file does, the others are fetched
            log.error("media.failed", file_id=wanted.id, error=type(error).__name__)
            return None

    async def _keep(self, source: AsyncGenerator[bytes, None], wanted: Wanted, drawing: asyncio.Lock) -> Kept:
        head = b""
        async for piece in source:
            head += piece
            if len(head) >= HEAD:
                break
        media_type = sniff(head)
        if not media_type:
            raise NotKept
        if media_type in PICTURES:
            content = head + b"".join([piece async for piece in source])
            async with drawing:  # a large one takes hundreds of megabytes for a moment
                picture = await prepare(content, media_type)
            return self._keep_picture(picture, wanted)
        with self.storage.media.writing(wanted.cipher, wanted.id) as writing:
            writing.add(head)
            async for piece in source:
                writing.add(piece)
            written = writing.finish()
        return Kept(written.name, "", media_type, written.size)

    def _keep_picture(self, picture: Picture, wanted: Wanted) -> Kept:
        small = self._write(wanted, thumbnail_id(wanted.id), picture.thumbnail)
        whole = self._write(wanted, wanted.id, picture.content)
        return Kept(whole.name, small.name, picture.media_type, whole.size)

    def _write(self, wanted: Wanted, file_id: str, content: bytes) -> Written:
        return self.storage.media.write(wanted.cipher, file_id, content)
