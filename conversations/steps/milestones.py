"""The step that a completed form describes, as a version of it."""

from collections.abc import Mapping
from typing import Protocol

from conversations.changes import FormSubmitted, MilestoneRecorded
from conversations.forms import Submission
from conversations.session import FormDialogue
from conversations.snapshot import Milestone
from conversations.steps.kinds import kind_of
from conversations.turn import Turn
from conversations.vocabulary import Stage, Verification

OWN_COLUMNS = ("stage", "started_on", "ended_on")  # every other answer is a detail
PROOF = "proof"  # the detail that is no answer of the form: where the provider keeps the file


def version_of(
    turn: Turn, dialogue: FormDialogue, done: Submission, submitted: FormSubmitted
) -> MilestoneRecorded:
    """The step a `milestone-<kind>` form describes; the names of its questions are the convention.

    Whatever was said of an earlier version's truth is said anew: a changed step is declared again.
    """
    values = done.values
    former = step_with(turn, dialogue.revises)
    details = {name: value for name, value in values.items() if name not in OWN_COLUMNS}
    proof = dialogue.proof or (former.details.get(PROOF, "") if former else "")
    if proof:
        details[PROOF] = proof
    return MilestoneRecorded(
        milestone_id=former.id if former else turn.ids.row(),
        version=former.version + 1 if former else 1,
        kind=kind_of(dialogue.filling.form_id),
        stage=Stage(values["stage"]),
        started_on=values["started_on"],
        ended_on=values.get("ended_on", ""),
        details=details,
        submission_id=submitted.submission_id,
        verification=Verification.DOCUMENTED if proof else Verification.DECLARED,
    )


def step_with(turn: Turn, step_id: str) -> Milestone | None:
    """The person's step with this id, as it stands now; None once it is withdrawn."""
    return next((step for step in turn.snapshot.milestones if step.id == step_id), None)


class Version(Protocol):
    """Any version of a step, wherever it is known from."""

    @property
    def stage(self) -> Stage: ...
    @property
    def started_on(self) -> str: ...
    @property
    def ended_on(self) -> str: ...
    @property
    def details(self) -> Mapping[str, str]: ...


def answers_of(step: Version) -> dict[str, str]:
    """What its form would hold, by the names of the questions."""
    own = {"stage": step.stage.value, "started_on": step.started_on, "ended_on": step.ended_on}
    return {name: value for name, value in {**own, **step.details}.items() if value and name != PROOF}


def taken_back(step: Milestone) -> MilestoneRecorded:
    """The version in which the person takes the step back: kept with its history, shown to them no more."""
    return _next_version(step, step.details, Verification.WITHDRAWN)


def documented(step: Milestone, file: str) -> MilestoneRecorded:
    """The version that has this file as its proof."""
    return _next_version(step, {**step.details, PROOF: file}, Verification.DOCUMENTED)


def _next_version(
    step: Milestone, details: Mapping[str, str], verification: Verification
) -> MilestoneRecorded:
    return MilestoneRecorded(
        milestone_id=step.id,
        version=step.version + 1,
        kind=step.kind,
        stage=step.stage,
        started_on=step.started_on,
        ended_on=step.ended_on,
        details=details,
        submission_id=step.submission_id,
        verification=verification,
    )
