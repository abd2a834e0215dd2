"""News of a step in a check-in or follow-up: the question whether to record it. Nothing is guessed."""

from dataclasses import replace

from conversations.contacts.insertion import BUSINESS, JOB, insertions
from conversations.forms import Submission
from conversations.session import Aim, Place, Session
from conversations.steps.situation import OF_KIND
from conversations.turn import Turn
from conversations.vocabulary import MilestoneKind, Stage

LOST = {JOB: ("none", "other"), BUSINESS: ("no",)}  # answers to `still` that mean it is over
OFFERED = (
    MilestoneKind.JOB,
    MilestoneKind.BUSINESS,
    MilestoneKind.COOPERATIVE,
    MilestoneKind.TRAINING,
    MilestoneKind.INTERNSHIP,
)


def offer_begin(turn: Turn, session: Session, done: Submission) -> Session | None:
    """Where a check-in names a situation that no recorded step tells of: whether to note that step."""
    person, said = turn.snapshot.participant, done.values.get("situation")
    kind = next((kind for kind in OFFERED if OF_KIND[kind].value == said), None)
    if kind is None or person is None or person.unsure:
        return None
    alike = [step for step in turn.snapshot.milestones if OF_KIND.get(step.kind) is OF_KIND[kind]]
    if any(step.stage is Stage.STARTED for step in alike):
        return None
    planned = next((step.id for step in alike if step.stage is Stage.PLANNED), "")
    return replace(session, place=Place.PROPOSE, aim=Aim(planned, kind=kind, stage=Stage.STARTED))


def offer_end(turn: Turn, session: Session, form_id: str, done: Submission) -> Session | None:
    """Where a follow-up says that it is over: the question whether to record that end. Nothing is guessed."""
    if done.values.get("still") not in LOST.get(form_id, ()):
        return None
    followed = insertions(turn.snapshot.milestones, form_id)
    if not followed:
        return None
    stage = Stage.STOPPED
    if done.values.get("reason") == "contract_ended" and followed[0].kind is MilestoneKind.JOB:
        stage = Stage.COMPLETED
    among = tuple(step.id for step in followed)
    aim = Aim(
        step_id=among[0] if len(among) == 1 else "",
        among=among,
        stage=stage,
        ended_on=done.values.get("ended_on", ""),
    )
    return replace(session, place=Place.PROPOSE if aim.step_id else Place.STEP, aim=aim)
