"""Planned contacts whose hour has come, has passed unanswered, or must be computed anew."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from conversations.contacts.followups import MISSED_AFTER, plan_next_check_in, to_utc
from conversations.events import ContactDue
from conversations.vocabulary import ConsentState, ContactKind, ContactState
from storage.database import Storage
from storage.inbox.arrivals import Arrival
from storage.plans import AHEAD, UNANSWERED, planned_row
from storage.tables.core import CONTACTS, PARTICIPANTS, PROGRAM_STATE
from storage.upsert import upsert
from storage.workshop_notices import follow_zone

REMINDERS = {ContactState.SENT: 0, ContactState.REMINDED: 1}  # how many an unanswered contact had
ZONES_RELEASE = "tzdata"


def due_contacts(tx: Connection, now: datetime, limit: int) -> list[str]:
    """The contacts whose hour has come, or that of their next reminder; the longest overdue first."""
    due = select(CONTACTS.c.id).where(_comes(now))
    return list(tx.scalars(due.order_by(CONTACTS.c.due_at, CONTACTS.c.id).limit(limit)))


def _comes(now: datetime) -> Any:
    ahead = CONTACTS.c.state.in_(AHEAD) & (CONTACTS.c.due_at <= now)
    return ahead | (CONTACTS.c.state.in_(UNANSWERED) & (CONTACTS.c.remind_at <= now))


def claim_due(tx: Connection, contact_ids: Sequence[str], now: datetime) -> list[Arrival]:
    """Those that are still due, at most one per person, locked until this transaction ends."""
    rows = tx.execute(
        select(CONTACTS)
        .where(CONTACTS.c.id.in_(contact_ids), _comes(now))
        .order_by(CONTACTS.c.due_at, CONTACTS.c.id)
        .with_for_update(skip_locked=True)
    )
    first: dict[str, Any] = {}
    for row in rows:
        first.setdefault(row.participant_id, row)
    return [
        Arrival(
            "",
            ContactDue(
                row.id,
                row.form_id,
                row.asked_by is not None,
                kind=row.kind,
                reminders=REMINDERS.get(row.state),
            ),
            now,
            participant_id=row.participant_id,
        )
        for row in first.values()
    ]


def cancel_contacts(tx: Connection, contact_ids: Sequence[str], now: datetime) -> None:
    """Close contacts that cannot be made."""
    if contact_ids:
        cancelled = CONTACTS.update().where(CONTACTS.c.id.in_(contact_ids))
        tx.execute(cancelled.values(state=ContactState.CANCELLED, closed_at=now))


def miss_unanswered(tx: Connection, storage: Storage, zone: str, now: datetime, limit: int) -> int:
    """Check-ins that stayed unanswered too long count as missed, and the next one is planned. How many."""
    rows = tx.execute(
        select(CONTACTS.c.id, CONTACTS.c.kind, CONTACTS.c.participant_id, PARTICIPANTS.c.prompting)
        .join(PARTICIPANTS, PARTICIPANTS.c.id == CONTACTS.c.participant_id)
        .where(CONTACTS.c.state.in_(UNANSWERED), CONTACTS.c.sent_at < now - MISSED_AFTER)
        .order_by(CONTACTS.c.id)
        .limit(limit)
        .with_for_update(of=CONTACTS, skip_locked=True)
    ).all()
    if not rows:
        return 0
    missed = CONTACTS.update().where(CONTACTS.c.id.in_([row.id for row in rows]))
    tx.execute(missed.values(state=ContactState.MISSED, closed_at=now))
    planned = select(CONTACTS.c.participant_id).where(
        CONTACTS.c.state == ContactState.PLANNED,
        CONTACTS.c.participant_id.in_([row.participant_id for row in rows]),
    )
    already = set(tx.scalars(planned))
    plans = [
        (row.participant_id, plan_next_check_in(storage.ids.row(), now, zone))
        for row in rows
        if row.kind is ContactKind.CHECK_IN
        and row.prompting is ConsentState.GIVEN
        and row.participant_id not in already
    ]
    if plans:
        tx.execute(
            CONTACTS.insert(),
            [planned_row(participant_id, plan) for participant_id, plan in plans],
        )
    return len(rows)


def follow_zone_rules(storage: Storage, release: str) -> int:
    """Compute planned moments anew when the time zone release has changed since they were. How many.

    What was postponed keeps its moment: its wall-clock time is not the plan any more.
    """
    with storage.write() as tx:
        known = tx.scalar(select(PROGRAM_STATE.c.value).where(PROGRAM_STATE.c.name == ZONES_RELEASE))
        if known == release:
            return 0
        tx.execute(upsert(tx, PROGRAM_STATE, "value"), {"name": ZONES_RELEASE, "value": release})
        planned = tx.execute(
            select(CONTACTS.c.id, CONTACTS.c.local_time, CONTACTS.c.zone).where(
                CONTACTS.c.state == ContactState.PLANNED, CONTACTS.c.attempt == 0
            )
        )
        follow_zone(tx)
        moments = [
            {"contact": row.id, "moment": to_utc(datetime.fromisoformat(row.local_time), row.zone)}
            for row in planned
        ]
        if moments:
            move = CONTACTS.update().where(CONTACTS.c.id == bindparam("contact"))
            tx.execute(move.values(due_at=bindparam("moment")), moments)
        return len(moments)
