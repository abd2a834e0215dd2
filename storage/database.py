"""The engines, and the one way to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url

from storage.ids import Ids
from storage.keystore import KeyStore
from storage.media.folder import MediaFolder
from storage.tables.core import MESSAGES_IN, OUTBOX
from storage.vault import MasterKeys, Vault

BUSY_SECONDS = 10  # how long a writer waits for another before «database is locked»
CACHE_KIB = 16 * 1024  # of each connection to SQLite, at most
LOG_PAGES = 8_000  # of 4 KiB; SQLite's write-ahead log is emptied when it has so many


def default_url(data_dir: Path) -> str:
    """The embedded database."""
    return URL.create("sqlite", database=str(data_dir / "carnet.db")).render_as_string()


def keys_url(url: str) -> URL:
    """The key store beside a database: `keys.db` in the same folder, or `<name>_keys` on the same server.

    >>> keys_url("postgresql+psycopg://localhost/carnet").database
    'carnet_keys'
    """
    main = make_url(url)
    if main.get_backend_name() == "sqlite":
        return main.set(database=str(Path(main.database or "carnet.db").with_name("keys.db")))
    return main.set(database=f"{main.database}_keys")


def make_engine(url: str | URL) -> Engine:
    """An engine whose errors never print parameters. `postgresql://` means psycopg 3."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, hide_parameters=True, pool_pre_ping=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we write BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        # A batch of messages touches some 300 pages: what does not fit the cache is written twice, and each
        # time the log is emptied every page is written once more, while everybody waits.
        f"cache_size=-{CACHE_KIB}",
        f"wal_autocheckpoint={LOG_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def _last_rows(engine: Engine) -> list[str]:
    """The newest ids of the tables whose order by id is the order of what happened."""
    with engine.connect() as connection:
        newest = [connection.scalar(select(func.max(table.c.id))) for table in (MESSAGES_IN, OUTBOX)]
    return [row_id for row_id in newest if row_id]


@dataclass(frozen=True, slots=True)
class Storage:
    """Everything that is kept: the database, the key store, the vault, files, and the source of ids."""

    engine: Engine
    keystore: KeyStore
    vault: Vault
    ids: Ids
    media: MediaFolder  # what people sent
    turns: Lock = field(default_factory=Lock, repr=False)  # of this process's writers, on SQLite

    @classmethod
    def open(cls, url: str, masters: MasterKeys, data_dir: Path = Path(".carnet")) -> "Storage":
        """Open a migrated database, its key store, and the folder of files in the data folder."""
        keystore = KeyStore(make_engine(keys_url(url)), masters)
        engine, media = make_engine(url), MediaFolder(data_dir / "media")
        return cls(engine, keystore, keystore.open_vault(), Ids.after(_last_rows(engine)), media)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One unit of writing, committed on leaving, undone on error.

        SQLite takes the write lock at once: a read-then-write under a plain BEGIN would fail with «database
        is locked» whatever the timeout.
        """
        with (
            self._turn(),
            self.engine.connect().execution_options(sqlite_begin="BEGIN IMMEDIATE") as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The threads of one process take turns: SQLite lets whoever waits sleep for up to 100 ms at a time.

        Who does not get a turn in time asks the database all the same, which then says that it is locked.
        """
        taken = not self.locks_rows and self.turns.acquire(timeout=BUSY_SECONDS)
        try:
            yield
        finally:
            if taken:
                self.turns.release()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent look at the data."""
        with self.engine.connect() as connection:
            yield connection

    @property
    def locks_rows(self) -> bool:
        """Whether several writers can be at work (PostgreSQL), so that rows must be locked."""
        return self.engine.dialect.name == "postgresql"

    def scrub(self) -> None:
        """Leave nothing of what was just deleted in the files' slack; best effort while others read.

        SQLite's log keeps old pages until it is emptied; PostgreSQL keeps old rows until they are vacuumed.
        """
        for engine in (self.keystore.engine, self.engine):
            with engine.connect() as connection:
                if self.locks_rows:
                    connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")
                else:
                    connection.exec_driver_sql("ROLLBACK")
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()
        self.keystore.engine.dispose()
