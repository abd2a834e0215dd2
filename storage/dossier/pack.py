"""From one person to the archive with everything that is kept about them."""

from datetime import datetime

from sqlalchemy import Connection

from storage.database import Storage
from storage.dossier.archive import make_archive
from storage.dossier.attached import attached, contents
from storage.dossier.gather import gather
from storage.errors import KeyMissing


def pack(tx: Connection, storage: Storage, participant_id: str, zone: str, now: datetime) -> bytes:
    """The zip; hours are told in `zone`. KeyMissing if they were erased."""
    dossier = gather(tx, storage, participant_id, zone, now)
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if key is None:
        raise KeyMissing
    return make_archive(dossier, zone, contents(attached(tx, storage, key)))
