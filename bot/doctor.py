"""`carnet doctor`: is everything there that the program needs, and what is to be done where it is not.

A check is a function from the settings to its findings; a new one is added to CHECKS.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.files.recordable import report, unknown
from bot.files.recordings import MOST_BYTES, Recordings
from bot.room import is_nearly_full
from bot.settings import Settings, unknown_settings
from conversations.voice.tracks import OWN_NAMES
from storage.database import keys_url, make_engine
from storage.errors import MasterKeyMissing, NotMigrated, StorageError
from storage.keystore import KeyStore
from storage.migrate import require_migrated
from storage.vault import Cipher, MasterKeys, master_keys

SOME = 5  # names told of a long list, unless all of one track are asked for


class Health(StrEnum):
    """How it is with one thing."""

    WELL = "well"  # as it should be
    NOTE = "note"  # it works; somebody may want to do something
    WRONG = "wrong"  # it does not work, or will not


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: how it is, and what to do. Never a value of a setting, never anything of a person."""

    health: Health
    text: str


Check = Callable[[Settings, str], Iterator[Finding]]


def examine(settings: Settings, track: str = "") -> Iterator[tuple[str, Finding]]:
    """All findings, each with the name of its check; of one track every missing recording by its name."""
    for name, check in CHECKS.items():
        for finding in check(settings, track):
            yield name, finding


def _settings(_settings: Settings, _track: str) -> Iterator[Finding]:
    misspelt = unknown_settings()
    for name in misspelt:
        yield Finding(Health.NOTE, f"{name} is no setting of this version: look for a slip, or remove it.")
    if not misspelt:
        yield Finding(Health.WELL, "every setting can be used.")


def _data_folder(settings: Settings, _track: str) -> Iterator[Finding]:
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


def _database(settings: Settings, _track: str) -> Iterator[Finding]:
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


def _recordings(settings: Settings, track: str) -> Iterator[Finding]:
    found = Recordings(settings.recordings_folder).look()
    if not found.tracks:
        told = "none: people are not asked whether they would rather listen (docs/recordings.md)."
        yield Finding(Health.NOTE, told)
    for each in report(found):
        if track in ("", each.track):
            named = f"{each.track} ({OWN_NAMES[each.track]})" if each.track in OWN_NAMES else each.track
            health = Health.NOTE if each.missing else Health.WELL
            missing = f" {len(each.missing)} missing: {_listed(each.missing, track)}" if each.missing else ""
            yield Finding(health, f"{named}: {each.recorded} recorded.{missing}")
    if track and track not in found.tracks:
        yield Finding(Health.NOTE, f"{track}: nothing recorded. The folder is recordings/{track}.")
    for name in found.too_large:
        limit = f"over {MOST_BYTES // 1024} KB"
        yield Finding(Health.NOTE, f"{name} is not used: empty, or {limit}. Make it shorter or smaller.")
    for name in (*found.other, *unknown(found)):
        yield Finding(Health.NOTE, f"{name} is not used: nothing has this name. Look for a slip.")


def _listed(keys: tuple[str, ...], track: str) -> str:
    told = keys if track else keys[:SOME]
    rest = len(keys) - len(told)
    return ", ".join(told) + (f" and {rest} more (--language tells all)" if rest else "")


CHECKS: Mapping[str, Check] = {
    "Settings": _settings,
    "Data folder": _data_folder,
    "Database": _database,
    "Recordings": _recordings,
}
