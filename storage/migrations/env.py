"""Alembic's entry for both databases; `storage.migrate` hands over the connection and the metadata."""

from typing import Any, Literal

from alembic import context

configuration = context.config.attributes


def render_plain(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """Write our own column types as the plain ones they are stored as: a migration must outlive them."""
    plain = {
        "Instant": "sa.DateTime(timezone=True)",
        "Code": "sa.String(length=32)",
        "AutoString": "sa.String()",
    }
    return plain.get(type(item).__name__, False) if kind == "type" else False


context.configure(
    connection=configuration["connection"],
    target_metadata=configuration["metadata"],
    render_item=render_plain,
    render_as_batch=True,  # SQLite rebuilds a table to alter it
)
with context.begin_transaction():
    context.run_migrations()
