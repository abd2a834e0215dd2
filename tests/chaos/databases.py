"""What happens to databases: one is held by somebody else, the other is out of reach."""

import asyncio
import random
import sqlite3
import threading
import time
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import URL


class Database(Protocol):
    """A database that can be taken away for a while."""

    counts: Counter[str]

    async def trouble(self, chance: random.Random, seconds: float) -> None:
        """Take it away for so long, then give it back."""


class SqliteFiles:
    """Files that another connection writes to, so that nobody else may."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts: Counter[str] = Counter()

    async def trouble(self, chance: random.Random, seconds: float) -> None:
        names = chance.choice([["carnet.db"], ["carnet.db"], ["keys.db"], ["keys.db", "carnet.db"]])
        self.counts[f"{' and '.join(names)} locked"] += 1
        await asyncio.to_thread(self._hold, names, seconds)

    def _hold(self, names: list[str], seconds: float) -> None:
        held = [sqlite3.connect(self.folder / name, timeout=30, isolation_level=None) for name in names]
        for connection in held:
            connection.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        for connection in held:
            connection.execute("ROLLBACK")
            connection.close()


class Road(StrEnum):
    """The way to a database over the network."""

    OPEN = "open"
    REFUSED = "refused"  # whoever comes is sent away, whoever is there is cut off
    CUT = "cut"  # whoever is there is cut off; the next may come
    STALLED = "stalled"  # nothing moves, in neither direction


class Proxy:
    """Stands between the program and PostgreSQL's own socket, in a thread of its own."""

    def __init__(self, behind: URL) -> None:
        self.behind = behind  # reached by PostgreSQL's own socket, in the folder that `host` names
        self.counts: Counter[str] = Counter()
        self.port = 0
        self._road = Road.OPEN
        self._moves = asyncio.Event()
        self._moves.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        """The database as the program reaches it."""
        over_here = self.behind.set(host="127.0.0.1", port=self.port, query={"sslmode": "disable"})
        return over_here.render_as_string(hide_password=False)

    def __enter__(self) -> "Proxy":
        self._thread.start()
        starting = asyncio.start_server(self._accept, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *exception: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def trouble(self, chance: random.Random, seconds: float) -> None:
        road = chance.choice([Road.REFUSED, Road.CUT, Road.STALLED])
        self.counts[f"PostgreSQL {road}"] += 1
        self.become(road)
        try:
            await asyncio.sleep(seconds)
        finally:
            self.become(Road.OPEN)

    def become(self, road: Road) -> None:
        """The road is like this from now on; from any thread."""

        async def change() -> None:
            self._road = road
            if road in (Road.REFUSED, Road.CUT):
                self._cut()
            if road is Road.STALLED:
                self._moves.clear()
            else:
                self._moves.set()

        asyncio.run_coroutine_threadsafe(change(), self._loop).result()

    def _cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _end(self) -> None:
        self._server.close()
        self._cut()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._road is Road.REFUSED:
            writer.transport.abort()
            return
        socket = f"{self.behind.query['host']}/.s.PGSQL.5432"
        inside, outside = await asyncio.open_unix_connection(socket)
        ends = {writer, outside}
        self._writers |= ends
        carrying = {
            asyncio.create_task(self._carry(reader, outside)),
            asyncio.create_task(self._carry(inside, writer)),
        }
        try:
            await asyncio.wait(carrying, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._writers -= ends
            for task in carrying:
                task.cancel()
            await asyncio.gather(*carrying, return_exceptions=True)
            for end in ends:
                end.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hand on what comes until either side goes away."""
        try:
            while piece := await reader.read(65536):
                await self._moves.wait()
                writer.write(piece)
                await writer.drain()
        except OSError:
            return
