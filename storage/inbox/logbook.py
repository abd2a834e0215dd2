"""What the outcomes record of people: submissions, milestones, consents, planned contacts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func

from conversations import changes as did
from conversations.vocabulary import ConsentPurpose, ConsentState, ContactKind, ContactState
from storage.codec import TEXTS
from storage.database import Storage
from storage.inbox.arrivals import Settled, changes_of, personal_changes
from storage.media.wanted import forbid, permit
from storage.plans import AHEAD, CLOSED, planned_row
from storage.tables.columns import Instant
from storage.tables.core import CONSENTS, CONTACTS, MILESTONES, SUBMISSIONS


def save_logbook(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    """Write what was recorded."""
    _submissions(tx, settled, now)
    _milestones(tx, settled, now)
    _consents(tx, storage, settled, now)
    _contacts(tx, settled, now)


def _submissions(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    rows = [
        {
            "id": done.submission_id,
            "pseudonym": key.pseudonym,
            "form_version_id": done.version_id,
            "coded": dict(done.coded),
            "instance": key.cipher.seal_text(done.instance_xml, f"submissions.instance:{done.submission_id}"),
            "submitted_at": now,
        }
        for key, done in personal_changes(settled, did.FormSubmitted)
    ]
    if rows:
        tx.execute(SUBMISSIONS.insert(), rows)


def _milestones(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    former = [
        {"step": step.milestone_id, "former": step.version - 1, "now": now}
        for _, step in personal_changes(settled, did.MilestoneRecorded)
        if step.version > 1
    ]
    if former:
        replaced = (MILESTONES.c.id == bindparam("step")) & (MILESTONES.c.version == bindparam("former"))
        tx.execute(MILESTONES.update().where(replaced).values(superseded_at=bindparam("now")), former)
    rows = []
    for key, step in personal_changes(settled, did.MilestoneRecorded):
        place = f"milestones.details:{step.milestone_id}"
        rows.append(
            {
                "id": step.milestone_id,
                "version": step.version,
                "pseudonym": key.pseudonym,
                "kind": step.kind,
                "stage": step.stage,
                "started_on": step.started_on,
                "ended_on": step.ended_on,
                "details": key.cipher.seal(TEXTS.dump_json(dict(step.details)), place),
                "verification": step.verification,
                "submission_id": step.submission_id,
                "recorded_at": now,
            }
        )
    if rows:
        tx.execute(MILESTONES.insert(), rows)


def _consents(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    rows = [
        {
            "id": storage.ids.row(),
            "participant_id": each.participant_id,
            "purpose": said.purpose,
            "state": said.state,
            "text_version": said.text_version,
            "language": said.language,
            "channel": each.case.reached.channel,
            "at": now,
        }
        for each, said in changes_of(settled, did.ConsentRecorded)
        if each.participant_id
    ]
    if rows:
        tx.execute(CONSENTS.insert(), rows)
    about_files = {
        key.participant_id: said.state
        for key, said in personal_changes(settled, did.ConsentRecorded)
        if said.purpose is ConsentPurpose.MEDIA
    }
    yes = [person for person, state in about_files.items() if state is ConsentState.GIVEN]
    if yes:
        permit(tx, yes, now)
    if len(yes) < len(about_files):
        forbid(tx, sorted(about_files.keys() - set(yes)))


def _contacts(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    cancelled = [key.participant_id for key, _ in personal_changes(settled, did.PlannedContactsCancelled)]
    if cancelled:
        tx.execute(
            CONTACTS.update()
            .where(CONTACTS.c.participant_id.in_(cancelled), CONTACTS.c.state.in_(AHEAD))
            .values(state=ContactState.CANCELLED, closed_at=now)
        )
    over = [
        {"person": key.participant_id, "form": cancelled.form_id, "now": now}
        for key, cancelled in personal_changes(settled, did.FollowUpsCancelled)
    ]
    if over:
        of_the_plan = (
            (CONTACTS.c.participant_id == bindparam("person"))
            & (CONTACTS.c.form_id == bindparam("form"))
            & (CONTACTS.c.kind == ContactKind.FOLLOW_UP)
            & CONTACTS.c.state.in_(AHEAD)
        )
        taken_back = CONTACTS.update().where(of_the_plan)
        tx.execute(taken_back.values(state=ContactState.CANCELLED, closed_at=bindparam("now")), over)
    planned = [
        planned_row(key.participant_id, plan) for key, plan in personal_changes(settled, did.ContactPlanned)
    ]
    if planned:
        tx.execute(CONTACTS.insert(), planned)
    _move_contacts(tx, settled, now)


def _move_contacts(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    moves = [move for _, move in changes_of(settled, did.ContactMoved)]
    by_id = CONTACTS.update().where(CONTACTS.c.id == bindparam("contact"))
    closed = [{"contact": move.contact_id, "to": move.state} for move in moves if move.state in CLOSED]
    if closed:
        tx.execute(by_id.values(state=bindparam("to"), closed_at=now), closed)
    for state, values in (
        (ContactState.SENT, {"sent_at": now}),
        (ContactState.REMINDED, {}),
        (ContactState.PLANNED, {"attempt": CONTACTS.c.attempt + 1}),
        (ContactState.SNOOZED, {"attempt": CONTACTS.c.attempt + 1}),
    ):
        rows = [{"contact": move.contact_id, "at": move.due_at} for move in moves if move.state is state]
        if rows:
            due_at = func.coalesce(bindparam("at", type_=Instant()), CONTACTS.c.due_at)
            tx.execute(by_id.values(state=state, due_at=due_at, **values), rows)
    planned = changes_of(settled, did.ReminderPlanned)
    reminders = [{"contact": each.contact_id, "at": each.remind_at} for _, each in planned]
    if reminders:
        tx.execute(by_id.values(remind_at=bindparam("at")), reminders)
