"""A planned contact as a row."""

from typing import Any

from conversations.changes import ContactPlanned
from conversations.vocabulary import ContactKind, ContactState
from storage.tables.core import CONTACTS

ASKING = CONTACTS.c.kind != ContactKind.COMING_BACK  # those that want an answer
AHEAD = (ContactState.PLANNED, ContactState.SNOOZED)  # their hour is still to come
UNANSWERED = (ContactState.SENT, ContactState.REMINDED)
CLOSED = (ContactState.ANSWERED, ContactState.SAID, ContactState.MISSED, ContactState.CANCELLED)


def planned_row(participant_id: str, plan: ContactPlanned) -> dict[str, Any]:
    """What `planned_contacts` keeps of a plan; it waits for its hour."""
    return {
        "id": plan.contact_id,
        "participant_id": participant_id,
        "kind": plan.kind,
        "form_id": plan.form_id,
        "state": ContactState.PLANNED,
        "local_time": plan.local_time.isoformat(timespec="minutes"),
        "zone": plan.zone,
        "due_at": plan.due_at,
        "attempt": 0,
    }
