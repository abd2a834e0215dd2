"""The audit trail: what staff did, by ids and codes only; where a reason is asked for, it is kept sealed."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from storage.database import Storage
from storage.errors import StorageError
from storage.tables.core import AUDIT
from storage.tables.vocabulary import AuditAction

ONE_VISIT = timedelta(minutes=15)  # a page that refreshes itself is one reading, not hundreds
SHORTEST_REASON, LONGEST_REASON = 3, 200  # characters


class ReasonMissing(StorageError):
    """No reason was given, or one too short to say anything."""


class ReasonTooLong(StorageError):
    """A reason longer than the trail keeps."""


def reason_from(text: str) -> str:
    """A reason as staff typed it, in one line. ReasonMissing or ReasonTooLong if it is none.

    >>> reason_from(" report of\\n the quarter ")
    'report of the quarter'
    """
    reason = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if sum(sign.isalnum() for sign in reason) < SHORTEST_REASON:
        raise ReasonMissing
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong
    return reason


def note(
    tx: Connection,
    storage: Storage,
    now: datetime,
    action: AuditAction,
    staff_id: str | None,
    participant_id: str | None = None,
    reason: str = "",
) -> None:
    """Write one line of the trail; `staff_id` is None where nobody is signed in."""
    row_id = storage.ids.row()
    tx.execute(
        AUDIT.insert(),
        {
            "id": row_id,
            "at": now,
            "staff_id": staff_id,
            "action": action,
            "participant_id": participant_id,
            "reason": storage.vault.system.seal_text(reason, f"audit.reason:{row_id}") if reason else None,
        },
    )


def note_reading(storage: Storage, now: datetime, staff_id: str, participant_id: str) -> None:
    """Note that someone's logbook was looked at, once per visit of fifteen minutes."""
    _note_once(storage, now, AuditAction.PARTICIPANT_READ, staff_id, participant_id)


def note_opening(storage: Storage, now: datetime, staff_id: str, participant_id: str) -> None:
    """Note that files of someone were seen or heard, the same way: a player asks for one in many parts."""
    _note_once(storage, now, AuditAction.FILE_OPENED, staff_id, participant_id)


def _note_once(
    storage: Storage, now: datetime, action: AuditAction, staff_id: str, participant_id: str
) -> None:
    recent = select(AUDIT.c.id).where(
        AUDIT.c.staff_id == staff_id,
        AUDIT.c.participant_id == participant_id,
        AUDIT.c.action == action,
        AUDIT.c.at > now - ONE_VISIT,
    )
    with storage.read() as connection:
        known = connection.execute(recent.limit(1)).first()
    if not known:
        with storage.write() as tx:
            note(tx, storage, now, action, staff_id, participant_id)
