"""What a step may know of one person: read before it, never changed by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from conversations.answers import Spot
from conversations.entry.consent import Controller
from conversations.forms import Form
from conversations.safety.facts import Safety
from conversations.session import Place, Session
from conversations.vocabulary import (
    Attendance,
    Channel,
    ConsentPurpose,
    ConsentState,
    Language,
    MilestoneKind,
    Situation,
    Stage,
    Verification,
)


@dataclass(frozen=True, slots=True)
class Project:
    """What is the same for everyone: the forms and the settings of the project."""

    zone: str  # IANA name, the local time of participants
    default_language: Language
    forms: Mapping[str, Form]  # every stored version by its version id
    current_forms: Mapping[str, str]  # form id -> version id that new conversations begin with
    safety: Safety = field(default_factory=Safety)
    controller: Controller = field(default_factory=Controller)
    public_url: str = ""  # what links begin with; without it there are none
    recordings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # track -> key -> file

    def current(self, form_id: str) -> Form:
        return self.forms[self.current_forms[form_id]]


@dataclass(frozen=True, slots=True)
class Invitation:
    """A join code that the person's message contained."""

    cohort_id: str
    closed: bool = False  # nobody joins with this code any more
    meant: str = ""  # the known code, where the one that was written is a slip of it


@dataclass(frozen=True, slots=True)
class Entry:
    """A one-time code in the message of someone without a logbook: the one that staff opened for them."""

    participant_id: str
    language: Language


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Someone who has not consented yet: all that may be kept of them (product.md, «Consent»)."""

    cohort_id: str
    place: Place
    language: Language
    token: str = ""
    track: str = ""  # of the recordings they listen to; empty: they read
    code: str = ""  # of the cohort
    contact: str = ""  # how people reach the association of the cohort, where it is set


class Proof(StrEnum):
    """What a message proves on the way to a logbook that was there before."""

    NONE = "none"  # nothing: no code is open, or it was tried too often or too late
    WRONG = "wrong"  # it is not the code
    RIGHT = "right"  # both addresses are of one person


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of one person, in numbers. Counted only for who may ask for it: see `my_data`."""

    steps: int = 0
    answers: int = 0  # completed forms
    received: int = 0  # messages from them
    sent: int = 0  # messages to them
    files: int = 0
    consents: Mapping[ConsentPurpose, tuple[ConsentState, datetime]] = field(default_factory=dict)
    channels: tuple[Channel, ...] = ()  # of their addresses

    def said(self, purpose: ConsentPurpose) -> ConsentState | None:
        """What they said last about a purpose; None if they were never asked."""
        return self.consents[purpose][0] if purpose in self.consents else None


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who has a logbook."""

    id: str
    language: Language
    prompting: ConsentState  # may we write first?
    joined_at: datetime
    first_name: str = ""
    contact_planned: bool = False  # a check-in waits for its hour
    sms: ConsentState | None = None  # may an SMS say that there is a message? None: never asked
    media: ConsentState | None = None  # may photos and voice be kept? None: never asked
    follow_up_at: datetime | None = None  # the next follow-up that waits for its hour
    followed_up_at: datetime | None = None  # when the last one went out
    team_awaited: bool = False  # they wrote something that a human has not answered yet
    paused_until: datetime | None = None  # no message of our own before this moment; None when it has passed
    erase_at: datetime | None = None  # everything of them is erased then, unless they take it back
    minor: bool = False  # 15 to 17: nothing is shown to employers
    track: str = ""  # of the recordings they listen to; empty: they read
    code: str = field(default="", repr=False)  # a hash of the code that guards the logbook; empty: none
    code_failures: int = 0  # wrong codes since the last right one
    name_spoken: bool = False  # they said their first name; nobody has written it down yet
    leaving: bool = False  # that moment has come: nothing is taken back any more
    held: Held | None = None  # only where this event may lead to my data
    unsure_since: datetime | None = None  # since then nobody knows who has this address; None: it is theirs

    @property
    def unsure(self) -> bool:
        """Whether it may be somebody else who writes from here."""
        return self.unsure_since is not None

    @property
    def quiet_until(self) -> datetime | None:
        """Before this moment nothing goes out on our own account."""
        return max(filter(None, (self.paused_until, self.erase_at)), default=None)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One recorded step of the working life, in its latest version. Dates are as exact as `Day` allows."""

    id: str
    version: int
    kind: MilestoneKind
    stage: Stage
    started_on: str
    recorded_at: datetime  # of this version
    ended_on: str = ""
    details: Mapping[str, str] = field(default_factory=dict)  # by the names of its form's questions
    verification: Verification = Verification.DECLARED
    submission_id: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the person last answered about their situation, in the profile or a check-in."""

    situation: Situation
    at: datetime


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """A page for an employer that is open."""

    id: str
    label: str  # for whom, in the person's words
    until: date  # local
    views: int


@dataclass(frozen=True, slots=True)
class Sharing:
    """What a person shows to employers. Read only where this event may lead to it."""

    allowed: bool = False  # they said yes to it
    pages: tuple[EmployerPage, ...] = ()  # the oldest first


@dataclass(frozen=True, slots=True)
class Workshop:
    """One workshop the person is invited to, or whose room code they wrote."""

    id: str
    title: str
    starts_at: datetime  # aware, UTC
    ends_at: datetime  # aware, UTC
    zone: str  # IANA name, of the place
    place: str
    attendance: Attendance | None = None  # None: they were not invited
    cancelled: bool = False
    closed: bool = False  # the sheet is final: nothing can be answered any more
    spot: Spot | None = None  # where the place is on the map, if staff told


@dataclass(frozen=True, slots=True)
class Tapped:
    """What the tapped button meant when it was sent to this person."""

    token: str
    value: str


@dataclass(frozen=True, slots=True)
class Sharer:
    """One of those whose logbooks share an address."""

    participant_id: str
    called: str  # by their initial: all that may be shown before it is clear who writes
    name: str = field(default="", repr=False)
    reporting: bool = False  # about the team, which must learn nothing of it


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One person at one moment. Neither newcomer nor participant: someone we never heard of."""

    project: Project
    channel: Channel
    language_hint: Language | None = None
    newcomer: Newcomer | None = None
    participant: Participant | None = None
    session: Session = field(default_factory=Session)
    session_touched_at: datetime | None = None
    milestones: tuple[Milestone, ...] = ()
    said: Said | None = None
    sharing: Sharing = field(default_factory=Sharing)
    workshops: tuple[Workshop, ...] = ()  # the person's, the earliest first
    room: Workshop | None = None  # the workshop whose room code the message is
    invitation: Invitation | None = None
    entry: Entry | None = None
    tapped: Tapped | None = None
    sharers: tuple[
        Sharer, ...
    ] = ()  # where several logbooks share the address; with none of them: who writes?
    who_asked: str = ""  # the open asking for that
    words_lapse: bool = False  # what waits there was written half an hour ago or more, and not taken up
    chat_hidden: bool = False  # after a quick exit, on a shared address
    proof: Proof = Proof.NONE
    code_asked_at: datetime | None = None  # when the code went out that the message is held against
    proved_to_be: str = ""  # the participant whose logbook was there before
    proof_unsure: bool = False  # what proves it came by an address that nobody is sure of
    wrote_more: bool = False  # on the way there: more than the profile was handed in here
    edits_in_confidence: bool = False  # what was corrected had been written for the safeguarding contact
    message_id: str = ""  # under which the provider knows what came, where it can be changed there
    in_album: bool = False  # it is a further file of an album: the first was answered
    question_unsent: bool = False  # the open question had not left us yet when this came
    question_unseen: bool = False  # the open question still waits for WhatsApp's window to open

    @property
    def language(self) -> Language:
        if self.participant:
            return self.participant.language
        if self.newcomer:
            return self.newcomer.language
        return self.language_hint or self.project.default_language

    @property
    def track(self) -> str:
        """The audio track that the person listens to; empty for who reads."""
        whose = self.participant or self.newcomer
        return whose.track if whose else ""
