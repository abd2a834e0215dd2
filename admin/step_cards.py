"""A step as the person's page shows it: what, when, how far it was checked, its details and its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from admin.reader import Badge, Reader
from admin.step_words import step_dates, step_title
from conversations.forms import Run, Surroundings, refilled
from conversations.steps.kinds import form_of
from conversations.steps.milestones import PROOF, answers_of
from storage.media.showing import KeptFile
from storage.milestones import MilestoneVersion

TOLD = ("stage", "started_on", "ended_on", "occupation", "employer")  # title and dates say these


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version that was superseded."""

    title: str
    dates: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StepCard:
    """The newest version of a step, and those before it, latest first."""

    title: str
    dates: str
    badge: Badge
    details: tuple[tuple[str, str], ...]  # question and answer
    earlier: tuple[Earlier, ...]
    proof: KeptFile | None = None  # what shows that it is true


def step_card(
    versions: Sequence[MilestoneVersion], reader: Reader, now: datetime, files: Mapping[str, KeptFile]
) -> StepCard:
    """The card of one step from its versions, newest first; its proof is among the person's files."""
    newest, *older = versions
    return StepCard(
        title=step_title(newest, reader),
        dates=step_dates(newest, reader.language),
        badge=reader.badge(f"verification.{newest.verification}"),
        details=_details(newest, reader, now),
        earlier=tuple(
            Earlier(step_title(one, reader), step_dates(one, reader.language), one.recorded_at)
            for one in older
        ),
        proof=files.get(newest.details.get(PROOF, "")),
    )


def _details(step: MilestoneVersion, reader: Reader, now: datetime) -> tuple[tuple[str, str], ...]:
    """What else was answered, in the words of the form's current version."""
    if form_of(step.kind) not in reader.project.current_forms:
        return ()
    form = reader.project.current(form_of(step.kind))
    around = Surroundings(now, reader.project.zone, reader.language)
    run = Run(form, refilled(form, answers_of(step)), around)
    return tuple(
        (label, answer) for path, label, answer in run.summary() if path.rpartition("/")[2] not in TOLD
    )
