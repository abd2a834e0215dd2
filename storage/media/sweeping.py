"""Files that belong to nothing any more: deleted by and by, so that a crash leaves none behind."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from storage.database import Storage
from storage.media.wanted import known
from storage.tables.core import FILES
from storage.tables.vocabulary import FileState

BEING_WRITTEN = timedelta(hours=1)  # by the clock of the disk; a file gets its row within minutes
AT_ONCE = 200  # files that are not allowed any more


def sweep(storage: Storage, disk_now: datetime) -> int:
    """Delete what no row names, and what was never finished. How many files."""
    gone, old = 0, disk_now - BEING_WRITTEN
    for names in storage.media.names(old):
        with storage.read() as look:
            orphans = set(names) - known(look, names)
        storage.media.remove(orphans)
        gone += len(orphans)
    return gone + storage.media.forget_unfinished(old)


def drop_not_allowed(storage: Storage) -> int:
    """Delete what people do not want kept any more. How many rows had something.

    The files first, then their names in the row: after a crash it is done again.
    """
    names_left = or_(FILES.c.stored != "", FILES.c.thumbnail != "")
    query = select(FILES.c.id, FILES.c.stored, FILES.c.thumbnail)
    query = query.where(FILES.c.state == FileState.NOT_ALLOWED, names_left).limit(AT_ONCE)
    with storage.read() as look:
        rows = look.execute(query).all()
    if not rows:
        return 0
    storage.media.remove(name for row in rows for name in (row.stored, row.thumbnail) if name)
    with storage.write() as tx:
        these = FILES.update().where(FILES.c.id.in_([row.id for row in rows]))
        tx.execute(these.values(stored="", thumbnail=""))
    return len(rows)
