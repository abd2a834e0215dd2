"""What Twilio still has of everybody's messages: noted for deletion a day after it is of no more use there.

Each source of messages is gone through once, in the order of time; how far is remembered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from conversations.vocabulary import DeliveryState
from storage.provider_deletions import AtProvider, deletable_accounts, note
from storage.tables.core import EVENTS, FILES, MESSAGES_IN, PARTS, PROGRAM_STATE
from storage.tables.vocabulary import FileState
from storage.upsert import upsert

KEPT_THERE = timedelta(hours=24)  # after the final status, or after it was handled
UNSETTLED_KEPT = timedelta(days=7)  # where no final status ever came
FILE_WAITS = timedelta(days=4)  # a file that was not fetched until then is given up
FINAL = (DeliveryState.DELIVERED, DeliveryState.READ, DeliveryState.FAILED)


@dataclass(frozen=True, slots=True)
class _Source:
    """Messages to go through: how far that has come is kept under its name."""

    name: str
    query: Select[Any]  # of rows with account_id, message, at
    at: ColumnElement[Any]
    message: ColumnElement[Any]
    account: ColumnElement[Any]
    age: timedelta


def _sent(name: str, age: timedelta, *conditions: ColumnElement[bool]) -> _Source:
    query = select(
        PARTS.c.account_id, PARTS.c.provider_message_id.label("message"), PARTS.c.changed_at.label("at")
    )
    found = query.where(*conditions)
    return _Source(name, found, PARTS.c.changed_at, PARTS.c.provider_message_id, PARTS.c.account_id, age)


SETTLED = _sent("deletions.settled", KEPT_THERE, PARTS.c.state.in_(FINAL))
UNSETTLED = _sent("deletions.unsettled", UNSETTLED_KEPT, PARTS.c.state.not_in(FINAL))
RECEIVED = _Source(
    "deletions.received",
    select(
        EVENTS.c.account_id,
        EVENTS.c.event_id.label("message"),
        EVENTS.c.received_at.label("at"),
        EVENTS.c.in_confidence,
    ),
    EVENTS.c.received_at,
    EVENTS.c.event_id,
    EVENTS.c.account_id,
    KEPT_THERE,
)


def note_old_copies(tx: Connection, now: datetime, limit: int) -> int:
    """Note what is old enough by now; at most so many messages of each source. How many were looked at."""
    accounts = deletable_accounts(tx)
    if not accounts:
        return 0
    waiting = _with_waiting_files(tx)

    def due_at(row: Row[Any]) -> datetime:
        """Not before its file was fetched; whose file it is nobody knows where it came in confidence."""
        waits = (row.account_id, row.message) in waiting or (row.in_confidence and None in waiting)
        return max(now, row.at + FILE_WAITS) if waits else now

    return (
        _go_on(tx, SETTLED, accounts, now, limit, lambda row: now)
        + _go_on(tx, UNSETTLED, accounts, now, limit, lambda row: now)
        + _go_on(tx, RECEIVED, accounts, now, limit, due_at)
    )


def _go_on(
    tx: Connection,
    source: _Source,
    accounts: Sequence[str],
    now: datetime,
    limit: int,
    due_at: Callable[[Row[Any]], datetime],
) -> int:
    """Note the next messages of one source."""
    known = tx.scalar(select(PROGRAM_STATE.c.value).where(PROGRAM_STATE.c.name == source.name))
    query = source.query.where(source.at <= now - source.age, source.account.in_(accounts))
    if known:
        moment, _, message = known.partition("~")
        at = datetime.fromisoformat(moment)
        query = query.where(or_(source.at > at, and_(source.at == at, source.message > message)))
    rows = tx.execute(query.order_by(source.at, source.message).limit(limit)).all()
    if not rows:
        return 0
    note(tx, [(AtProvider(row.account_id, row.message), due_at(row)) for row in rows])
    last = {"name": source.name, "value": f"{rows[-1].at.isoformat()}~{rows[-1].message}"}
    tx.execute(upsert(tx, PROGRAM_STATE, "value"), last)
    return len(rows)


def _with_waiting_files(tx: Connection) -> set[tuple[str, str] | None]:
    """The messages whose file is still to be fetched; None stands for those of reports."""
    query = (
        select(MESSAGES_IN.c.account_id, MESSAGES_IN.c.event_id)
        .select_from(FILES)
        .outerjoin(MESSAGES_IN, MESSAGES_IN.c.id == FILES.c.message_id)
        .where(FILES.c.state == FileState.AT_PROVIDER)
    )
    return {(row.account_id, row.event_id) if row.account_id else None for row in tx.execute(query)}
