"""What a step asks to be written down: completed forms and the steps made of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.vocabulary import MilestoneKind, Stage, Verification


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


RecordChange = FormSubmitted | MilestoneRecorded
