"""What the file about a person tells. Moments are UTC; codes are those of `conversations.vocabulary`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from conversations.events import AttachmentKind
from conversations.vocabulary import (
    Attendance,
    Channel,
    ConsentPurpose,
    ConsentState,
    ContactKind,
    ContactState,
    DeliveryState,
    Language,
    MilestoneKind,
    Stage,
    Verification,
)
from storage.tables.vocabulary import ConsentWay, ContactMode


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the person is to us."""

    first_name: str
    language: Language
    messages_welcome: ConsentState
    joined_at: datetime
    groups: tuple[str, ...]
    paused_until: datetime | None
    erase_at: datetime | None
    minor_until: datetime | None
    guardian: str  # who agreed for a minor, and when; empty if nobody had to


@dataclass(frozen=True, slots=True)
class SaidYesOrNo:
    """One answer about one purpose; the newest of a purpose holds."""

    purpose: ConsentPurpose
    answer: ConsentState
    text_version: str
    language: Language
    way: ConsentWay  # in the chat, aloud, on paper
    channel: Channel | None  # of the chat
    at: datetime


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """Where the person is reached."""

    channel: Channel
    address: str
    last_message_at: datetime


@dataclass(frozen=True, slots=True)
class StepVersion:
    """One version of a step; the one that nothing replaced holds."""

    id: str
    version: int
    kind: MilestoneKind
    stage: Stage
    started_on: str  # 2025, 2025-03 or 2025-03-12
    ended_on: str
    details: Mapping[str, str]
    verification: Verification
    recorded_at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A question as it was worded, and the answer to it."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class CompletedForm:
    """One completed form: as questions and answers, and as it is stored."""

    form: str
    title: str
    submitted_at: datetime
    answers: tuple[Answer, ...]
    coded: Mapping[str, str | int | float]
    xml: str


@dataclass(frozen=True, slots=True)
class MessageFrom:
    """What the person sent."""

    at: datetime
    channel: Channel
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class MessageTo:
    """What went to the person, or waits to."""

    at: datetime
    channel: Channel
    language: Language
    text: str
    state: DeliveryState
    from_the_team: bool


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file the person sent."""

    kind: AttachmentKind
    type: str
    bytes: int | None
    received_at: datetime
    name: str  # in this archive; empty where we do not have it


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """When we wrote or mean to write first, and what came of it."""

    kind: ContactKind
    form: str
    state: ContactState
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Met:
    """A call or a visit that the team wrote down."""

    mode: ContactMode
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class InvitedTo:
    """A workshop the person was invited to, and what is known of their coming."""

    title: str
    place: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    attendance: Attendance
    to_be_confirmed: bool  # their own word; the sheet is not closed yet
    cancelled: bool
    at: datetime  # of the last change


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A page for an employer: for whom, which steps it shows, until when, how often it was opened."""

    label: str
    steps: tuple[str, ...]  # their ids
    language: Language
    made_at: datetime
    expires_at: datetime
    closed_at: datetime | None
    views: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything kept about one person."""

    made_at: datetime
    profile: Profile
    consents: tuple[SaidYesOrNo, ...]
    addresses: tuple[KnownAddress, ...]
    steps: tuple[StepVersion, ...]
    forms: tuple[CompletedForm, ...]
    messages_from: tuple[MessageFrom, ...]
    messages_to: tuple[MessageTo, ...]
    files: tuple[KnownFile, ...]
    planned: tuple[PlannedMessage, ...]
    met: tuple[Met, ...]
    workshops: tuple[InvitedTo, ...]
    pages: tuple[SharedPage, ...]
