"""A new insertion into work is followed up: when, and with which form (product.md)."""

from collections.abc import Collection
from datetime import date

from conversations.changes import Change, ContactPlanned, FollowUpsCancelled, MilestoneRecorded
from conversations.contacts.followups import months_later, plan_follow_up, plan_next_check_in
from conversations.snapshot import Milestone
from conversations.turn import Turn
from conversations.vocabulary import ConsentState, MilestoneKind, Stage, Verification

JOB, BUSINESS = "follow-up-job", "follow-up-business"  # the forms that follow up
FORMS = {MilestoneKind.JOB: JOB, MilestoneKind.COOPERATIVE: JOB, MilestoneKind.BUSINESS: BUSINESS}
FIRST_MONTHS = (1, 3, 6, 9, 12)  # after the start; then every three
REAL = ("registered", "financed", "first_sale")  # a business counts from its registration or first sale


def follow_up_of(step: Milestone) -> str:
    """The form that follows the step up; empty for a step that is no insertion, or no more."""
    if step.stage is not Stage.STARTED:
        return ""
    if step.kind is MilestoneKind.BUSINESS and step.details.get("business_stage") not in REAL:
        return ""
    return FORMS.get(step.kind, "")


def insertions(steps: Collection[Milestone], form_id: str) -> list[Milestone]:
    """Those that this form follows up, the latest started first."""
    found = [step for step in steps if follow_up_of(step) == form_id]
    return sorted(found, key=lambda step: (step.started_on, step.id), reverse=True)


def follow_up_plans(turn: Turn) -> tuple[ContactPlanned, ...]:
    """The next follow-up of each form that has something to follow."""
    plans = (plan_next(turn, turn.snapshot.milestones, form_id) for form_id in (JOB, BUSINESS))
    return tuple(plan for plan in plans if plan)


def plan_next(turn: Turn, steps: Collection[Milestone], form_id: str) -> ContactPlanned | None:
    """The follow-up after today of what was started last; None where there is nothing to follow."""
    followed = insertions(steps, form_id)
    if not followed:
        return None
    day = next_day(_first_day(followed[0].started_on), turn.today)
    return plan_follow_up(turn.ids.row(), form_id, day, turn.zone)


def next_day(start: date, today: date) -> date:
    """The first day after today that is 1, 3, 6, 9, 12, 15 … months after the start.

    >>> [next_day(date(2026, 1, 31), date(2026, *day)).isoformat() for day in ((2, 1), (2, 28), (7, 31))]
    ['2026-02-28', '2026-04-30', '2026-10-31']
    """
    months = 0
    while True:
        months = FIRST_MONTHS[0] if months == 0 else 3 if months == 1 else months + 3
        day = months_later(start, months)
        if day > today:
            return day


def with_follow_ups(turn: Turn, step: MilestoneRecorded) -> tuple[Change, ...]:
    """The new version of a step, and what it means for the follow-ups.

    Of what ended nothing stays planned but a last check-in; what is new, or newly dated, is planned.
    """
    person = turn.snapshot.participant
    before = turn.snapshot.milestones
    after = tuple(one for one in before if one.id != step.milestone_id)
    if step.verification is not Verification.WITHDRAWN:
        after = (*after, _as_known(turn, step))
    changes: list[Change] = [step]
    welcome = person is not None and person.prompting is ConsentState.GIVEN
    for form_id in (JOB, BUSINESS):
        was, now = insertions(before, form_id)[:1], insertions(after, form_id)[:1]
        if [one.started_on for one in was] == [one.started_on for one in now]:
            continue
        if was:
            changes.append(FollowUpsCancelled(form_id))
        plan = plan_next(turn, after, form_id)
        if plan and welcome:
            changes.append(plan)
        elif welcome and person and not person.contact_planned:
            changes.append(plan_next_check_in(turn.ids.row(), turn.now, turn.zone))
    return tuple(changes)


def _first_day(known: str) -> date:
    return date.fromisoformat(f"{known}-01-01"[:10])


def _as_known(turn: Turn, step: MilestoneRecorded) -> Milestone:
    return Milestone(
        id=step.milestone_id,
        version=step.version,
        kind=step.kind,
        stage=step.stage,
        started_on=step.started_on,
        recorded_at=turn.now,
        ended_on=step.ended_on,
        details=step.details,
        verification=step.verification,
        submission_id=step.submission_id,
    )
