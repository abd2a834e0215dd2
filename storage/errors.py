"""What can go wrong in storage, as one tree; and how a database says that it is away."""

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

# Locked, out of reach, on a full disk, or so slow that no connection gets free: it passes by itself.
UNAVAILABLE: tuple[type[Exception], ...] = (OperationalError, InterfaceError, PoolTimeout)


class StorageError(Exception):
    """The base of every error of this package."""


class SealBroken(StorageError):
    """A sealed value does not open: wrong key, wrong row, or changed bytes."""


class MasterKeyMissing(StorageError):
    """The data exists but the master key that opens it does not."""


class KeyMissing(StorageError):
    """A participant has no key: they were erased."""


class OutOfPerimeter(StorageError):
    """The row does not exist, or not for this member of staff."""


class NotMigrated(StorageError):
    """The database is not at the schema this program was made for."""
