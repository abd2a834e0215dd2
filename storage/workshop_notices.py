"""What is told about workshops when its hour has come: to the whole cohort, in one transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, select

from conversations.changes import ContactPlanned
from conversations.contacts.followups import next_allowed, to_utc
from conversations.messages import Prompt
from conversations.snapshot import Workshop
from conversations.vocabulary import Attendance, Channel, ContactKind
from conversations.workshops.texts import cancellation, invitation
from storage.audience import Listener, left_quickly, listeners
from storage.database import Storage
from storage.inbox.attendance import opened
from storage.keystore import PersonKey
from storage.outgoing import Outgoing, enqueue
from storage.plans import planned_row
from storage.tables.core import (
    ATTENDANCE,
    CONTACTS,
    PARTICIPANTS,
    TOKENS,
    WORKSHOP_NOTICES,
    WORKSHOP_SERIES,
    WORKSHOPS,
)
from storage.tables.vocabulary import WorkshopNoticeKind
from storage.upsert import upsert

FEEDBACK = "workshop-feedback"  # the form
TEXTS = {WorkshopNoticeKind.INVITATION: "invite", WorkshopNoticeKind.REMINDER: "remind"}


def give_notice(tx: Connection, storage: Storage, now: datetime, limit: int) -> int:
    """Do what is due about workshops: invite, remind, cancel, ask how it was. How many notices."""
    notices = WORKSHOP_NOTICES.c
    due = tx.execute(
        select(notices.workshop_id, notices.kind.label("notice"))
        .where(notices.done_at.is_(None), notices.due_at <= now)
        .order_by(notices.due_at, notices.workshop_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for row in due:
        workshop = tx.execute(
            select(WORKSHOPS, WORKSHOP_SERIES.c.title)
            .join(WORKSHOP_SERIES, WORKSHOP_SERIES.c.id == WORKSHOPS.c.series_id)
            .where(WORKSHOPS.c.id == row.workshop_id)
        ).one()
        if row.notice is WorkshopNoticeKind.FEEDBACK:
            _ask_how_it_was(tx, storage, workshop, now)
        elif workshop.starts_at > now:  # afterwards it is of no use any more
            _tell(tx, storage, workshop, row.notice, now)
        this = (notices.workshop_id == row.workshop_id) & (notices.kind == row.notice)
        tx.execute(WORKSHOP_NOTICES.update().where(this).values(done_at=now))
    return len(due)


def _tell(tx: Connection, storage: Storage, row: Row[Any], notice: WorkshopNoticeKind, now: datetime) -> None:
    """Tell the cohort, each in their language; who is not to be written to finds it in «my workshops»."""
    workshop = opened(row)
    everyone = listeners(tx, row.cohort_id, now)
    keys = storage.keystore.of_participants(one.participant_id for one in everyone)
    if notice is not WorkshopNoticeKind.CANCELLATION:
        _invite(tx, workshop.id, keys.values(), now)
    answers = select(ATTENDANCE).where(ATTENDANCE.c.workshop_id == workshop.id)
    said = {row.pseudonym: row.attendance for row in tx.execute(answers)}
    hidden = left_quickly(tx, everyone, keys)
    messages, tokens = [], []
    for one in everyone:
        key = keys.get(one.participant_id)
        if key is None or one.destination is None or one.channel is None or one.participant_id in hidden:
            continue
        if said.get(key.pseudonym) in (None, Attendance.NOT_COMING):
            continue  # never invited, or not coming: nothing to be reminded of
        prompt = _prompt(workshop, notice, one.channel, storage.ids.token())
        messages.append(_outgoing(one, key, prompt, workshop.starts_at))
        if prompt.token:
            meanings = [choice.value for choice in prompt.choices]
            tokens.append(
                {
                    "token": prompt.token,
                    "owner": one.destination.chat,
                    "participant_id": one.participant_id,
                    "meanings": meanings,
                    "asked_at": now,
                }
            )
    if tokens:
        tx.execute(TOKENS.insert(), tokens)
    enqueue(tx, storage, messages, now)


def _prompt(workshop: Workshop, notice: WorkshopNoticeKind, channel: Channel, token: str) -> Prompt:
    if notice is WorkshopNoticeKind.CANCELLATION:
        return cancellation(workshop)
    return invitation(workshop, TEXTS[notice], channel, token)


def _outgoing(one: Listener, key: PersonKey, prompt: Prompt, until: datetime) -> Outgoing:
    assert one.destination is not None  # noqa: S101 - for the type checker; `_tell` has looked
    return Outgoing(
        prompt=prompt,
        language=one.language,
        account_id=one.destination.account_id,
        chat=one.destination.chat,
        cipher=key.cipher,
        participant_id=one.participant_id,
        address_id=one.destination.address_id,
        expires_at=until,
    )


def _invite(tx: Connection, workshop_id: str, keys: Iterable[PersonKey], now: datetime) -> None:
    rows = [
        {
            "workshop_id": workshop_id,
            "pseudonym": key.pseudonym,
            "attendance": Attendance.INVITED,
            "provisional": False,
            "at": now,
            "marked_by": None,
        }
        for key in keys
    ]
    if rows:
        tx.execute(upsert(tx, ATTENDANCE), rows)


def _ask_how_it_was(tx: Connection, storage: Storage, row: Row[Any], now: datetime) -> None:
    """Plan the feedback of those present; the rules of follow-ups say when each of them is really asked."""
    if row.cancelled_at:
        return
    present = select(ATTENDANCE.c.pseudonym).where(
        ATTENDANCE.c.workshop_id == row.id, ATTENDANCE.c.attendance == Attendance.PRESENT
    )
    people = sorted(storage.keystore.of_pseudonyms(tx.scalars(present)).values())
    known = set(tx.scalars(select(PARTICIPANTS.c.id).where(PARTICIPANTS.c.id.in_(people))))
    contacts = [planned_row(one, _feedback(storage, row.zone, now)) for one in people if one in known]
    if contacts:
        tx.execute(CONTACTS.insert(), contacts)


def _feedback(storage: Storage, zone: str, now: datetime) -> ContactPlanned:
    at = next_allowed(now, zone)
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return ContactPlanned(storage.ids.row(), ContactKind.FORM, FEEDBACK, local, zone, at)


def follow_zone(tx: Connection) -> None:
    """Compute the workshops to come anew from their wall-clock time, and what waits to be told about them."""
    pending = select(WORKSHOP_NOTICES).where(WORKSHOP_NOTICES.c.done_at.is_(None))
    waiting = {(row.workshop_id, row.kind): row.due_at for row in tx.execute(pending)}
    ahead = (WORKSHOPS.c.closed_at.is_(None)) & WORKSHOPS.c.cancelled_at.is_(None)
    moved, shifted = [], []
    for row in tx.execute(select(WORKSHOPS).where(ahead)):
        starts_at = to_utc(datetime.fromisoformat(row.local_time), row.zone)
        by = starts_at - row.starts_at
        if by:
            moved.append({"workshop": row.id, "starts": starts_at, "ends": row.ends_at + by})
            shifted += [
                {"workshop": row.id, "notice": kind, "due": waiting[row.id, kind] + by}
                for kind in (WorkshopNoticeKind.REMINDER, WorkshopNoticeKind.FEEDBACK)
                if (row.id, kind) in waiting
            ]
    if moved:
        this = WORKSHOPS.update().where(WORKSHOPS.c.id == bindparam("workshop"))
        tx.execute(this.values(starts_at=bindparam("starts"), ends_at=bindparam("ends")), moved)
    if shifted:
        its = (WORKSHOP_NOTICES.c.workshop_id == bindparam("workshop")) & (
            WORKSHOP_NOTICES.c.kind == bindparam("notice")
        )
        tx.execute(WORKSHOP_NOTICES.update().where(its).values(due_at=bindparam("due")), shifted)
