"""What a step asks to be written down, and its outcome. Of one event, all changes are applied or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from conversations.code_changes import CodeChange
from conversations.events import Content
from conversations.link_changes import LinkChange
from conversations.messages import Prompt
from conversations.session import Session
from conversations.snapshot import Newcomer
from conversations.vocabulary import (
    Attendance,
    ConsentPurpose,
    ConsentState,
    ContactKind,
    ContactState,
    Language,
    MilestoneKind,
    ReplyWay,
    Stage,
    Verification,
)
from conversations.voice_changes import VoiceChange


@dataclass(frozen=True, slots=True)
class NewcomerKept:
    """Remember where the joining stands; replaces what was remembered."""

    newcomer: Newcomer


@dataclass(frozen=True, slots=True)
class NewcomerForgotten:
    """They said no, or may not join: forget them once the answer is delivered."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A newcomer consented: a participant with a key of their own begins here."""

    participant_id: str
    pseudonym: str  # random: links coded rows to the person, only through the key store
    cohort_id: str
    language: Language
    track: str = ""  # of the recordings they listen to


@dataclass(frozen=True, slots=True)
class ConsentRecorded:
    """What the person said about one purpose, in which version and language of the text."""

    purpose: ConsentPurpose
    state: ConsentState
    text_version: str
    language: Language


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: Language


@dataclass(frozen=True, slots=True)
class NameGiven:
    first_name: str


@dataclass(frozen=True, slots=True)
class FormSubmitted:
    """A completed form. `coded` holds codes, numbers and dates only; free text is in the instance alone."""

    submission_id: str
    version_id: str
    instance_xml: str
    coded: Mapping[str, str | int | float]
    spoken: tuple[str, ...] = ()  # the answers by voice that belong to it


@dataclass(frozen=True, slots=True)
class MilestoneRecorded:
    """One version of a step of the working life, confirmed by the person; it supersedes the last."""

    milestone_id: str
    kind: MilestoneKind
    stage: Stage
    started_on: str
    ended_on: str
    details: Mapping[str, str]  # what else the form asks, by the names of its questions
    submission_id: str  # the answers it was made of
    verification: Verification = Verification.DECLARED
    version: int = 1


@dataclass(frozen=True, slots=True)
class PageMade:
    """A page for an employer is open; only a keyed hash of its token is kept."""

    page_id: str
    token: str = field(repr=False)
    label: str
    steps: tuple[str, ...]  # ids of the milestones it shows
    language: Language
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PageClosed:
    """The person closed a page: its link leads nowhere from now on."""

    page_id: str


@dataclass(frozen=True, slots=True)
class AttendanceSaid:
    """The person answered an invitation, or wrote the code of the room; the latter is provisional."""

    workshop_id: str
    attendance: Attendance


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
class MessagesPaused:
    """No message of our own before this moment; what is planned until then comes after it."""

    until: datetime


@dataclass(frozen=True, slots=True)
class PauseEnded:
    """Messages of our own are welcome again before the pause was over."""


@dataclass(frozen=True, slots=True)
class ContactsResumed:
    """What was held back until a moment comes at another one."""

    held_until: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ErasurePlanned:
    """Everything of the person is erased at this moment, unless they take it back before."""

    erase_at: datetime


@dataclass(frozen=True, slots=True)
class ErasureHastened:
    """The person does not want to wait: their goodbye is part of this outcome."""


@dataclass(frozen=True, slots=True)
class ErasureTakenBack:
    """The logbook stays."""


@dataclass(frozen=True, slots=True)
class TeamAwaited:
    """The person wrote something that a human should answer."""


@dataclass(frozen=True, slots=True)
class UrgentRaised:
    """The person wrote words of distress: a human should read this before everything else."""


@dataclass(frozen=True, slots=True)
class ChatCleared:
    """A quick exit: what waits to be sent here is taken back, what arrived is deleted where that can be."""


@dataclass(frozen=True, slots=True)
class ReportWritten:
    """Something for the safeguarding contact only; the first of a report opens it."""

    report_id: str
    content: Content
    urgent: bool = False  # words of distress stand in it


@dataclass(frozen=True, slots=True)
class ReportReplyChosen:
    """Whether the safeguarding contact may answer, and how."""

    report_id: str
    way: ReplyWay


@dataclass(frozen=True, slots=True)
class ReportNamed:
    """The person wants their first name to stand on the report."""

    report_id: str
    first_name: str


@dataclass(frozen=True, slots=True)
class AddressClosed:
    """The person blocked us here: nothing more is sent to this address."""


@dataclass(frozen=True, slots=True)
class AddressOpened:
    """The person can be written to here again."""


Change = (
    NewcomerKept
    | NewcomerForgotten
    | Enrolled
    | ConsentRecorded
    | LanguageChosen
    | NameGiven
    | FormSubmitted
    | VoiceChange
    | MilestoneRecorded
    | PageMade
    | PageClosed
    | AttendanceSaid
    | ContactPlanned
    | ContactMoved
    | FollowUpsCancelled
    | ReminderPlanned
    | PlannedContactsCancelled
    | MessagesPaused
    | PauseEnded
    | ContactsResumed
    | ErasurePlanned
    | ErasureHastened
    | ErasureTakenBack
    | CodeChange
    | TeamAwaited
    | UrgentRaised
    | ChatCleared
    | ReportWritten
    | ReportReplyChosen
    | ReportNamed
    | AddressClosed
    | AddressOpened
    | LinkChange
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from one event: the session as it stands now, what to say, what to write down."""

    session: Session
    prompts: tuple[Prompt, ...] = ()
    changes: tuple[Change, ...] = ()
    language: Language = Language.FRENCH  # the language the prompts are to be read in
    in_confidence: bool = False  # neither what came nor what is answered may be seen by the team
