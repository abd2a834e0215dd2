"""Migrations go up and down on both stores, and end at exactly the schema of the tables."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from storage.database import keys_url, make_engine
from storage.errors import NotMigrated
from storage.migrate import METADATA, migrate, require_migrated, run
from storage.revisions import MIGRATIONS, newest


@pytest.mark.parametrize("name", ["main", "keys"])
def test_the_migrated_schema_is_the_schema_of_the_tables(database_url: str, name: str) -> None:
    engine = make_engine(database_url if name == "main" else keys_url(database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA[name]) == []
    engine.dispose()


@pytest.mark.parametrize("name", ["main", "keys"])
def test_the_newest_revision_is_known_by_its_file(name: str) -> None:
    script = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS / name)])
    assert newest(name) == script.get_current_head()


def test_down_leaves_nothing_and_up_brings_it_back(database_url: str) -> None:
    engine = make_engine(database_url)
    run(engine, "main", "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    with pytest.raises(NotMigrated):
        require_migrated(engine)
    migrate(database_url)
    require_migrated(engine)
    engine.dispose()
