"""What is on this computer: settings, folder, database, master key, time zone rules."""

import os
import zoneinfo
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.doctor.findings import Finding, Health
from bot.room import is_nearly_full
from bot.settings import Settings, unknown_settings
from bot.zones import PIN
from storage.database import keys_url, make_engine
from storage.errors import MasterKeyMissing, NotMigrated, StorageError
from storage.keystore import KeyStore
from storage.migrate import require_migrated
from storage.vault import Cipher, MasterKeys, master_keys

OTHERS = 0o077  # what the group and everybody else may do


def spelling(_settings: Settings, _track: str) -> Iterator[Finding]:
    misspelt = unknown_settings()
    for name in misspelt:
        yield Finding(Health.NOTE, f"{name} is no setting of this version: look for a slip, or remove it.")
    if not misspelt:
        yield Finding(Health.WELL, "every setting can be used.")


def data_folder(settings: Settings, _track: str) -> Iterator[Finding]:
    folder = settings.data_dir
    if not folder.is_dir():
        yield Finding(Health.WRONG, "CARNET_DATA_DIR is not there: `carnet run` makes it.")
    elif not os.access(folder, os.W_OK):
        yield Finding(
            Health.WRONG, "CARNET_DATA_DIR cannot be written to: name a folder that this user owns."
        )
    elif is_nearly_full(folder):
        yield Finding(Health.WRONG, "the disk of CARNET_DATA_DIR is full, or nearly: make room there.")
    else:
        yield Finding(Health.WELL, "it can be written to.")
    if folder.is_dir() and folder.stat().st_mode & OTHERS:
        told = "others on this computer can look into CARNET_DATA_DIR: `chmod 700` it."
        yield Finding(Health.NOTE, told)


def database(settings: Settings, _track: str) -> Iterator[Finding]:
    if settings.embedded and not _embedded_is_there(settings):
        yield Finding(Health.WRONG, "there is none yet: run `carnet migrate`, or simply `carnet run`.")
        return
    try:
        for name, url in (("main", settings.database), ("keys", keys_url(settings.database))):
            engine = make_engine(url)
            try:
                require_migrated(engine, name)
            finally:
                engine.dispose()
        yield from _keys(settings)
    except DBAPIError as error:
        what = type(error.orig).__name__
        yield Finding(Health.WRONG, f"it does not answer ({what}): check CARNET_DATABASE_URL.")
    except NotMigrated:
        yield Finding(Health.WRONG, "it is of another version of the program: run `carnet migrate`.")


def _embedded_is_there(settings: Settings) -> bool:
    """Opening a SQLite database would make it."""
    made = (make_url(settings.database).database, keys_url(settings.database).database)
    return all(file and Path(file).is_file() for file in made)


def _keys(settings: Settings) -> Iterator[Finding]:
    given, file = settings.master_key.get_secret_value(), settings.master_key_file
    there = bool(given) or file.exists()
    engine = make_engine(keys_url(settings.database))
    try:
        masters = master_keys(given, file) if there else MasterKeys((Cipher.new(),))
        KeyStore(engine, masters).try_master_keys()
    except MasterKeyMissing:
        lost = "the master key does not open it" if there else "its master key is gone"
        yield Finding(Health.WRONG, f"{lost}: put master.key back, or set CARNET_MASTER_KEY.")
    except (StorageError, ValueError, OSError) as error:
        what = type(error).__name__
        yield Finding(Health.WRONG, f"the master key cannot be read ({what}): it is base64 of 32 bytes.")
    else:
        yield Finding(Health.WELL, "it answers, is up to date, and opens with the master key.")
    finally:
        engine.dispose()


def master_key_file(settings: Settings, _track: str) -> Iterator[Finding]:
    """Whether the key is there, for its owner alone. Whether it opens the database is told there."""
    file = settings.master_key_file
    if settings.master_key.get_secret_value():
        yield Finding(Health.WELL, "it is given by CARNET_MASTER_KEY; keep a copy away from the data.")
    elif not file.is_file():
        yield Finding(Health.NOTE, "there is none yet: the first `carnet run` makes it.")
    elif file.stat().st_mode & OTHERS:
        told = "others on this computer can read master.key, and with it everything: `chmod 600` it."
        yield Finding(Health.WRONG, told)
    else:
        yield Finding(Health.WELL, "it is for its owner alone; keep a copy away from the data.")


def zone_rules(_settings: Settings, _track: str) -> Iterator[Finding]:
    """Whether the hours of people are computed with rules that know what Morocco decided."""
    release, wanted = version("tzdata"), ".".join(map(str, PIN))
    if tuple(int(part) for part in release.split(".") if part.isdecimal()) < PIN:
        yield Finding(Health.WRONG, f"tzdata {release} is older than {wanted}: run `make install`.")
    elif zoneinfo.TZPATH:
        yield Finding(Health.WRONG, "the operating system's own files are in use; this should not happen.")
    else:
        yield Finding(Health.WELL, f"tzdata {release}; the operating system's own files are not used.")
