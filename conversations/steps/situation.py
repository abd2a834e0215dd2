"""What a person does now, derived from their steps and their last answer; several may hold (product.md)."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from conversations.snapshot import Said
from conversations.vocabulary import MilestoneKind, Situation, Stage

OF_KIND = {
    MilestoneKind.JOB: Situation.EMPLOYED,
    MilestoneKind.BUSINESS: Situation.SELF_EMPLOYED,
    MilestoneKind.COOPERATIVE: Situation.COOPERATIVE_MEMBER,
    MilestoneKind.TRAINING: Situation.IN_TRAINING,
    MilestoneKind.LANGUAGE_COURSE: Situation.IN_TRAINING,
    MilestoneKind.INTERNSHIP: Situation.IN_INTERNSHIP,
    MilestoneKind.JOB_SEARCH: Situation.SEEKING_WORK,
}
WORK = frozenset({Situation.EMPLOYED, Situation.SELF_EMPLOYED, Situation.COOPERATIVE_MEMBER})
# Which is told first; within work the latest started.
ORDER = (
    WORK,
    {Situation.IN_TRAINING},
    {Situation.IN_INTERNSHIP},
    {Situation.SEEKING_WORK},
    {Situation.INACTIVE},
)


class Step(Protocol):
    """The newest version of a step, wherever it is known from."""

    @property
    def kind(self) -> MilestoneKind: ...
    @property
    def stage(self) -> Stage: ...
    @property
    def started_on(self) -> str: ...
    @property
    def ended_on(self) -> str: ...
    @property
    def recorded_at(self) -> datetime: ...


def situations(steps: Collection[Step], said: Said | None) -> tuple[Situation, ...]:
    """What holds now, the primary one first: work, training, internship, seeking; never empty.

    What has ended, with no newer answer, leaves `unknown`.
    """
    since: dict[Situation, str] = {}
    for step in steps:
        if step.stage is Stage.STARTED and step.kind in OF_KIND and not _denied(step, said):
            held = OF_KIND[step.kind]
            since[held] = max(step.started_on, since.get(held, ""))
    if said is not None and not any(_overtakes(step, said) for step in steps):
        since.setdefault(said.situation, said.at.date().isoformat())
    working = max((since[held] for held in WORK & since.keys()), default="")
    if working and working >= since.get(Situation.SEEKING_WORK, working):
        since.pop(Situation.SEEKING_WORK, None)
    latest_first = sorted(since, key=lambda held: since[held], reverse=True)
    return tuple(sorted(latest_first, key=_rank)) or (Situation.UNKNOWN,)


def _rank(held: Situation) -> int:
    return next((rank for rank, group in enumerate(ORDER) if held in group), len(ORDER))


def _denied(step: Step, said: Said | None) -> bool:
    """Whether a newer answer says that the step goes on no more: no work any longer, or nothing at all."""
    if said is None or step.recorded_at >= said.at:
        return False
    if said.situation is Situation.SEEKING_WORK:
        return OF_KIND[step.kind] in WORK
    return said.situation is Situation.INACTIVE


def _overtakes(step: Step, said: Said) -> bool:
    """Whether the step is newer than the answer and says otherwise."""
    if step.recorded_at < said.at or step.kind not in OF_KIND or step.stage is Stage.PLANNED:
        return False
    held = OF_KIND[step.kind]
    if step.stage is not Stage.STARTED:
        return held is said.situation or (_contradicts(held, said) and _ended_after(step, said))
    return _contradicts(held, said)


def _contradicts(held: Situation, said: Said) -> bool:
    seeking = said.situation is Situation.SEEKING_WORK
    return said.situation is Situation.INACTIVE or (seeking and held in WORK)


def _ended_after(step: Step, said: Said) -> bool:
    """As far as it is known; of a year alone it is not."""
    return (
        len(step.ended_on) > len("2026") and step.ended_on >= said.at.date().isoformat()[: len(step.ended_on)]
    )
