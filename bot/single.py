"""One program per embedded database: SQLite has no way to tell a living sender from a dead one."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another Carnet works on this data; the text says what to do."""


@contextmanager
def alone_with(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for as long as the block runs; the system lets go of it even after a crash."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data_dir / "carnet.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                "another Carnet is running on this data: stop it, or set CARNET_DATA_DIR to another folder"
            ) from None
        yield
