"""INSERT … ON CONFLICT, which both stores speak in dialects of their own."""

from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


@cache
def _upsert(dialect: str, table: Table, updated: tuple[str, ...]) -> postgresql.Insert | sqlite.Insert:
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    if not updated:
        return insert.on_conflict_do_nothing()
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_={name: insert.excluded[name] for name in updated}
    )


def upsert(tx: Connection, table: Table, *updated: str) -> postgresql.Insert | sqlite.Insert:
    """Insert rows; where the key is taken, update these columns.

    Without columns the row is left as it is, also where another unique value is taken.
    """
    return _upsert(tx.dialect.name, table, updated)
