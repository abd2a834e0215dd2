"""Ask someone now: a check-in, or another form, planned by a member of staff for this minute."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, or_, select

from conversations.contacts.followups import CHECK_IN
from conversations.vocabulary import ConsentState, ContactKind, ContactState
from storage.audit import note
from storage.database import Storage
from storage.outgoing import preferred_destinations, quiet
from storage.perimeter import Perimeter
from storage.plans import UNANSWERED
from storage.tables.core import CONTACTS, PARTICIPANTS
from storage.tables.vocabulary import AuditAction


class Asked(StrEnum):
    """What came of the wish to ask someone now."""

    PLANNED = "planned"  # the question goes out within the minute
    ALREADY = "already"  # one is on its way or waits for an answer
    NO_CONSENT = "no_consent"  # the person does not want to be written to first
    NO_ADDRESS = "no_address"  # there is no open address to write to
    NO_SMS = "no_sms"  # only SMS is left, and the person has not said yes to notices there
    PAUSED = "paused"  # the person wants no messages of ours for a while, or is leaving


def ask_now(
    tx: Connection,
    storage: Storage,
    perimeter: Perimeter,
    participant_id: str,
    zone: str,
    now: datetime,
    form_id: str = CHECK_IN,
) -> Asked:
    """Plan a form for now, unless it is open already. OutOfPerimeter if the person is not theirs to ask."""
    perimeter.require_participant(tx, participant_id)
    person = tx.execute(
        select(PARTICIPANTS).where(PARTICIPANTS.c.id == participant_id).with_for_update()
    ).one()
    if person.prompting is not ConsentState.GIVEN:
        return Asked.NO_CONSENT
    destination = preferred_destinations(tx, [participant_id]).get(participant_id)
    if destination is None:
        return Asked.NO_ADDRESS
    if destination.answers_only:
        return Asked.NO_SMS
    if tx.execute(select(PARTICIPANTS.c.id).where(PARTICIPANTS.c.id == participant_id, quiet(now))).first():
        return Asked.PAUSED
    wanted = (CONTACTS.c.due_at <= now) | CONTACTS.c.asked_by.is_not(None)
    due = (CONTACTS.c.state == ContactState.PLANNED) & wanted
    running = or_(CONTACTS.c.state.in_(UNANSWERED), due)
    same = (CONTACTS.c.participant_id == participant_id) & (CONTACTS.c.form_id == form_id)
    if tx.execute(select(CONTACTS.c.id).where(same, running)).first():
        return Asked.ALREADY
    tx.execute(
        CONTACTS.insert(),
        {
            "id": storage.ids.row(),
            "participant_id": participant_id,
            "kind": ContactKind.CHECK_IN if form_id == CHECK_IN else ContactKind.FORM,
            "form_id": form_id,
            "state": ContactState.PLANNED,
            "local_time": now.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(timespec="minutes"),
            "zone": zone,
            "due_at": now,
            "attempt": 0,
            "asked_by": perimeter.staff_id,
        },
    )
    note(tx, storage, now, AuditAction.CHECK_IN_ASKED, perimeter.staff_id, participant_id)
    return Asked.PLANNED
