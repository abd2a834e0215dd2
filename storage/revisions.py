"""At which revision a database is, and whether that is the newest: told without alembic.

alembic costs 7 MB and a tenth of a second, and is of use only where there is something to move.
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"


def newest(name: str) -> str:
    """The newest revision of a database (`main` or `keys`): files are named by their revision, in order.

    >>> newest("keys") >= "k0002"
    True
    """
    return max(_revisions(name))


def found(engine: Engine) -> str | None:
    """The revision a database is at; None for one that no migration has touched."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _revisions(name: str) -> Iterator[str]:
    for path in (MIGRATIONS / name).glob("*.py"):
        yield path.stem.partition("_")[0]
