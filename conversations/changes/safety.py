"""What a step asks to be written down: a human who reads, a quick exit, a report about staff."""

from dataclasses import dataclass

from conversations.events import Content
from conversations.vocabulary import ReplyWay


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


SafetyChange = TeamAwaited | UrgentRaised | ChatCleared | ReportWritten | ReportReplyChosen | ReportNamed
