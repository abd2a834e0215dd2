"""«My logbook»: the steps of a working life, as a person reads them in the chat."""

from conversations.messages import Argument, Day, Line, Say
from conversations.snapshot import Milestone, Snapshot


def logbook_lines(snapshot: Snapshot) -> tuple[Line, ...]:
    """The logbook, newest step first; a kind word when it is still empty."""
    if not snapshot.milestones:
        return (Say("logbook.empty"),)
    newest_first = sorted(snapshot.milestones, key=lambda step: step.started_on, reverse=True)
    return (
        Say("logbook.title", {"n": len(newest_first)}),
        *(milestone_line(milestone) for milestone in newest_first),
    )


def milestone_line(milestone: Milestone) -> Say:
    """One step: what, where, from when to when, and how it ended."""
    what: Argument = milestone.occupation
    if milestone.employer:
        what = Say("logbook.at", {"occupation": milestone.occupation, "employer": milestone.employer})
    args: dict[str, Argument] = {"what": what, "start": Day(milestone.started_on)}
    if milestone.ended_on:
        args["end"] = Day(milestone.ended_on)
    return Say(f"logbook.{milestone.kind}.{milestone.stage}", args)
