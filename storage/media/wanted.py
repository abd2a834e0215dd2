"""Files that are to be fetched: claimed with a lease, settled, given up after some days.

Of a person's only with a yes to keeping photos and voice. What comes with a report about staff was sent to be
seen by its reader, and asks for no other yes.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from conversations.events import Attachment, AttachmentKind
from conversations.vocabulary import ConsentPurpose, ConsentState
from storage.database import Storage
from storage.errors import SealBroken
from storage.tables.core import CONSENTS, FILES
from storage.tables.vocabulary import FileState
from storage.vault import Cipher

LEASE = timedelta(minutes=10)  # how long one claim holds a file
FIRST_PAUSE = timedelta(seconds=5)  # Twilio's media may answer 404 for some seconds; doubling from there
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 22  # about three days
LOOK_AGAIN = timedelta(hours=1)  # at a file that waits for a yes
WAIT_FOR_YES = timedelta(days=3)  # a file nobody said yes to is not waited with for longer


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file to fetch."""

    id: str
    account_id: str
    kind: AttachmentKind
    reference: str
    size: int | None  # bytes, as the provider says
    attempts: int  # this one included
    cipher: Cipher  # of whose it is


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of it: the names of the file and of its small picture, and what it is by its bytes."""

    stored: str
    thumbnail: str
    mime_type: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one attempt. Without an end it is tried again."""

    wanted: Wanted
    end: Kept | FileState | None = None


def file_row(file_id: str, content: Attachment, cipher: Cipher, now: datetime) -> dict[str, Any]:
    """A file that has just come, without whose it is; to be fetched at once."""
    return {
        "id": file_id,
        "kind": content.kind,
        "reference": cipher.seal_text(content.reference, f"files.reference:{file_id}"),
        "mime_type": content.mime_type,
        "size": content.size,
        "state": FileState.AT_PROVIDER,
        "arrived_at": now,
        "due_at": now,
    }


def allowed() -> ColumnElement[bool]:
    """Whether a file may be kept: the last word of the person about photos and voice is a yes."""
    last_word = (
        select(CONSENTS.c.state)
        .where(CONSENTS.c.participant_id == FILES.c.participant_id)
        .where(CONSENTS.c.purpose == ConsentPurpose.MEDIA)
        .order_by(CONSENTS.c.at.desc(), CONSENTS.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    said_yes = func.coalesce(last_word, "") == ConsentState.GIVEN.value  # nothing said is no yes
    return FILES.c.participant_id.is_(None) | said_yes


def _due(account_ids: Sequence[str], now: datetime) -> ColumnElement[bool]:
    waiting = (FILES.c.state == FileState.AT_PROVIDER) & (FILES.c.due_at <= now)
    return waiting & FILES.c.account_id.in_(account_ids)


def is_due(tx: Connection, account_ids: Sequence[str], now: datetime) -> bool:
    """Whether there is a file of these accounts to be looked after."""
    return tx.execute(select(FILES.c.id).where(_due(account_ids, now)).limit(1)).first() is not None


def claim(
    tx: Connection, storage: Storage, account_ids: Sequence[str], now: datetime, limit: int
) -> list[Wanted]:
    """Lease the next files of these accounts to whoever asks, the longest due first.

    Those that nobody said yes to are looked at again in an hour, or when the yes comes.
    """
    due = _due(account_ids, now)
    tx.execute(FILES.update().where(due, ~allowed()).values(due_at=now + LOOK_AGAIN))
    next_ones = select(FILES).where(due, allowed()).order_by(FILES.c.due_at).limit(limit)
    rows = tx.execute(next_ones.with_for_update(skip_locked=True, of=FILES)).all()
    if not rows:
        return []
    these = FILES.update().where(FILES.c.id.in_([row.id for row in rows]))
    tx.execute(these.values(due_at=now + LEASE, attempts=FILES.c.attempts + 1))
    keys = storage.keystore.of_participants(row.participant_id for row in rows if row.participant_id)
    claimed, broken = [], []
    for row in rows:
        key = keys.get(row.participant_id)
        cipher = key.cipher if key else storage.vault.safeguarding
        if row.participant_id and key is None:  # erased this moment: the row goes with them
            continue
        try:
            reference = cipher.open_text(row.reference, f"files.reference:{row.id}")
        except SealBroken:
            broken.append(row.id)
            continue
        claimed.append(
            Wanted(row.id, row.account_id, row.kind, reference, row.size, row.attempts + 1, cipher)
        )
    if broken:
        tx.execute(FILES.update().where(FILES.c.id.in_(broken)).values(state=FileState.GONE))
    return claimed


def settle(tx: Connection, results: Iterable[Fetched], now: datetime) -> list[str]:
    """Write what came of the attempts. The names of files that nobody wants any more: to be removed."""
    unwanted = []
    for result in results:
        this = FILES.update().where(FILES.c.id == result.wanted.id, FILES.c.state == FileState.AT_PROVIDER)
        match result.end:
            case Kept(stored, thumbnail, mime_type, size):
                kept = this.where(allowed()).values(
                    state=FileState.STORED,
                    stored=stored,
                    thumbnail=thumbnail,
                    mime_type=mime_type,
                    size=size,
                )
                if not tx.execute(kept).rowcount:  # erased, or the yes was taken back, meanwhile
                    unwanted += [name for name in (stored, thumbnail) if name]
            case FileState() as state:
                tx.execute(this.values(state=state))
            case None if result.wanted.attempts >= MOST_ATTEMPTS:
                tx.execute(this.values(state=FileState.GONE))
            case None:
                tx.execute(this.values(due_at=now + pause(result.wanted.attempts)))
    return unwanted


def pause(attempts: int) -> timedelta:
    """How long until the next attempt: doubling, and up to half as long again by chance."""
    doubled = FIRST_PAUSE * 2 ** min(attempts - 1, 20)
    wait: timedelta = min(LONGEST_PAUSE, doubled)
    return wait * (1 + random.random() / 2)  # noqa: S311 - no secret


def permit(tx: Connection, participant_ids: Sequence[str], now: datetime) -> None:
    """They said yes to keeping photos and voice: what waited for it is fetched now."""
    waiting = (FILES.c.state == FileState.AT_PROVIDER) & (FILES.c.attempts == 0)
    theirs = FILES.c.participant_id.in_(participant_ids)
    tx.execute(FILES.update().where(theirs, waiting).values(due_at=now))


def forbid(tx: Connection, participant_ids: Sequence[str]) -> None:
    """They said no to keeping photos and voice: nothing is fetched, and what was is deleted by and by."""
    theirs = FILES.c.participant_id.in_(participant_ids)
    tx.execute(FILES.update().where(theirs).values(state=FileState.NOT_ALLOWED))


def give_up(tx: Connection, now: datetime) -> int:
    """Wait no longer for a yes that did not come. How many files."""
    waiting = (FILES.c.state == FileState.AT_PROVIDER) & (FILES.c.arrived_at < now - WAIT_FOR_YES)
    given_up = FILES.update().where(waiting, ~allowed())
    return tx.execute(given_up.values(state=FileState.NOT_ALLOWED)).rowcount


def known(tx: Connection, names: Sequence[str]) -> set[str]:
    """Which of these files in the folder belong to a row."""
    stored, thumbnails = (
        select(column).where(column.in_(names)) for column in (FILES.c.stored, FILES.c.thumbnail)
    )
    return set(tx.scalars(stored.union(thumbnails)))
