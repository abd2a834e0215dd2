"""Bring both databases to the schema this program was made for.

Revisions live in `storage/migrations/main` and `storage/migrations/keys`. On SQLite they run with foreign
keys off, since rebuilding a table would otherwise delete the rows that hang on it, and end with a check.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, MetaData, create_engine, text
from sqlmodel import SQLModel

from storage.database import keys_url, make_engine
from storage.errors import NotMigrated
from storage.revisions import MIGRATIONS, found, newest
from storage.tables.keys import KeyStoreModel

if TYPE_CHECKING:
    from alembic.config import Config

METADATA: dict[str, MetaData] = {"main": SQLModel.metadata, "keys": KeyStoreModel.metadata}


def migrate(url: str) -> None:
    """Upgrade the database and its key store, which is created first where it does not exist."""
    _create_keys_database(url)
    for name, engine in (("keys", make_engine(keys_url(url))), ("main", make_engine(url))):
        if found(engine) != newest(name):
            run(engine, name, "head")
        engine.dispose()


def run(engine: Engine, name: str, revision: str) -> None:
    """Move one database up or down to a revision (`head`, `base`, or its id)."""
    from alembic import command  # of use only when there is something to move

    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        move = command.downgrade if revision == "base" else command.upgrade
        move(_config(name, connection), revision)
        if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise NotMigrated(f"{len(broken)} rows would lose what they refer to")
        connection.commit()
        if sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def require_migrated(engine: Engine, name: str = "main") -> None:
    """NotMigrated unless the database is at the newest revision."""
    if found(engine) != newest(name):
        raise NotMigrated("run `carnet migrate` first")


def _config(name: str, connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(MIGRATIONS / name))
    config.set_main_option("path_separator", "os")
    config.attributes |= {"connection": connection, "metadata": METADATA[name]}
    return config


def _create_keys_database(url: str) -> None:
    """PostgreSQL: make the key store's own database, which needs the right CREATEDB once."""
    target = keys_url(url)
    if target.get_backend_name() != "postgresql":
        return
    server = create_engine(make_engine(url).url, isolation_level="AUTOCOMMIT", hide_parameters=True)
    with server.connect() as connection:
        known = connection.execute(
            text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": target.database}
        ).first()
        if not known:
            quoted = connection.dialect.identifier_preparer.quote(target.database or "")
            connection.exec_driver_sql(f"CREATE DATABASE {quoted}")
    server.dispose()
