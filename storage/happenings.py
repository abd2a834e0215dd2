"""What a timeline is made of: the kinds of entries, each with its moment and id."""

from dataclasses import dataclass
from datetime import datetime

from conversations.events import Content
from conversations.messages import Prompt, PromptKind
from conversations.vocabulary import (
    Channel,
    ConsentPurpose,
    ConsentState,
    ContactKind,
    ContactState,
    DeliveryState,
    Language,
)
from storage.media.showing import KeptFile
from storage.milestones import MilestoneVersion
from storage.tables.vocabulary import ConsentWay, ContactMode, FailureReason, MessageState


@dataclass(frozen=True, slots=True)
class Unreadable:
    """In place of a stored value that does not open: changed bytes, or another key."""


@dataclass(frozen=True, slots=True)
class Received:
    """The person sent something. A failed one is our fault: it was kept but not handled."""

    at: datetime
    id: str
    channel: Channel
    content: Content | Unreadable | None  # None once it was forgotten
    state: MessageState
    file: KeptFile | None = None  # what came with it


@dataclass(frozen=True, slots=True)
class Sent:
    """We sent something, or mean to."""

    at: datetime
    id: str
    channel: Channel
    kind: PromptKind
    prompt: Prompt | Unreadable | None  # None once it was forgotten
    language: Language
    state: DeliveryState
    reason: FailureReason | None
    code: str  # the provider's own error code
    author: str  # the name of the member of staff, or empty
    broadcast_id: str | None


@dataclass(frozen=True, slots=True)
class StepRecorded:
    """A version of a milestone was recorded."""

    at: datetime
    id: str
    milestone: MilestoneVersion
    author: str = ""  # who of the team wrote it down; empty: the person themselves


@dataclass(frozen=True, slots=True)
class FormAnswered:
    """A form was completed; the instance holds every answer."""

    at: datetime
    id: str
    form_version_id: str
    instance_xml: str | Unreadable | None  # None once it was forgotten


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """A check-in: planned, or what came of it. Its moment is when it was or is due."""

    at: datetime
    id: str
    kind: ContactKind
    state: ContactState
    asked_by: str  # the name of the member of staff who asked now, or empty


@dataclass(frozen=True, slots=True)
class ConsentSaid:
    """The person said yes or no to a purpose."""

    at: datetime
    id: str
    purpose: ConsentPurpose
    state: ConsentState
    text_version: str
    language: Language
    way: ConsentWay
    channel: Channel | None  # of a chat
    witness: str = ""  # the name of the member of staff who heard it


@dataclass(frozen=True, slots=True)
class ContactRecorded:
    """Staff were in touch outside of the chat."""

    at: datetime
    id: str
    mode: ContactMode
    note: str | Unreadable | None
    author: str


Happening = Received | Sent | StepRecorded | FormAnswered | ContactPlan | ConsentSaid | ContactRecorded
