"""What a step asks to be written down: when we write first."""

from dataclasses import dataclass
from datetime import datetime

from conversations.vocabulary import ContactKind, ContactState


@dataclass(frozen=True, slots=True)
class ContactPlanned:
    """We will write first at a local wall time; `due_at` is that time in UTC under today's zone rules."""

    contact_id: str
    kind: ContactKind
    form_id: str
    local_time: datetime  # naive, the wall clock in `zone`
    zone: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ContactMoved:
    """A planned contact goes on to another state; with `due_at` it is postponed instead, not lost."""

    contact_id: str
    state: ContactState
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FollowUpsCancelled:
    """What this form was to follow up is over, or began at another time: its plan is taken back."""

    form_id: str


@dataclass(frozen=True, slots=True)
class ReminderPlanned:
    """A contact that was made is brought back to mind at this moment; None: not again."""

    contact_id: str
    remind_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlannedContactsCancelled:
    """The person does not want to be written to: everything planned is taken back."""


@dataclass(frozen=True, slots=True)
class ContactsResumed:
    """What was held back until a moment comes at another one."""

    held_until: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class MessagesPaused:
    """No message of our own before this moment; what is planned until then comes after it."""

    until: datetime


@dataclass(frozen=True, slots=True)
class PauseEnded:
    """Messages of our own are welcome again before the pause was over."""


ContactChange = (
    ContactPlanned
    | ContactMoved
    | FollowUpsCancelled
    | ReminderPlanned
    | PlannedContactsCancelled
    | ContactsResumed
    | MessagesPaused
    | PauseEnded
)
