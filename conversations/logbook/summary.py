"""The steps of a working life, as a person reads them."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from conversations.messages import Argument, Day, Line, Say
from conversations.snapshot import Milestone, Snapshot
from conversations.steps.situation import situations
from conversations.workshops.texts import attended

# What a kind is told apart by where it has no words of its own: the question, and the area of its labels.
CODED_TITLES = {"matter": "matter", "course_language": "course_language", "step": "search_step"}


def logbook_lines(snapshot: Snapshot) -> tuple[Line, ...]:
    """The logbook, newest step first, then how many workshops; a kind word when it is still empty."""
    been_there = sum(1 for one in snapshot.workshops if attended(one))
    workshops = (Say("logbook.workshops", {"n": been_there}),) if been_there else ()
    if not snapshot.milestones:
        return (Say("logbook.empty"), *workshops)
    now = situations(snapshot.milestones, snapshot.said)
    return (
        Say("logbook.situation", {"what": in_a_row([Say(f"situation.{each}") for each in now])}),
        Say("logbook.title", {"n": len(snapshot.milestones)}),
        *(milestone_line(milestone) for milestone in newest_first(snapshot)),
        *workshops,
    )


def in_a_row(items: Sequence[Say]) -> Say:
    """Several things as one argument: «emploi, formation»."""
    first, *rest = items
    return Say("logbook.and", {"first": first, "rest": in_a_row(rest)}) if rest else first


def newest_first(snapshot: Snapshot) -> list[Milestone]:
    """The steps by their beginning, the latest first."""
    return sorted(snapshot.milestones, key=lambda step: (step.started_on, step.id), reverse=True)


def milestone_line(milestone: Milestone) -> Say:
    """One step: what, where, from when to when, and how it ended."""
    args: dict[str, Argument] = {"what": what_it_is(milestone), "start": when(milestone.started_on)}
    if milestone.ended_on:
        args["end"] = when(milestone.ended_on)
        return Say(f"step_line.{milestone.stage}", args)
    return Say(f"step_line.{milestone.stage}_open", args)


def when(iso: str) -> Argument:
    """A date within a sentence; French puts an article before a day, none before a month or a year."""
    return Say("logbook.on_day", {"day": Day(iso)}) if iso.count("-") == 2 else Day(iso)


def what_it_is(milestone: Milestone) -> Say:
    """The kind of a step and what it is: «Emploi : couturière, Atelier Noor»."""
    kind = Say(f"kind.{milestone.kind}")
    title: Argument = title_of(milestone)
    where = milestone.details.get("employer", "")
    if not title:
        return Say("logbook.at", {"title": kind, "employer": where}) if where else kind
    if where:
        title = Say("logbook.at", {"title": title, "employer": where})
    return Say("logbook.what", {"kind": kind, "title": title})


class Detailed(Protocol):
    """Any version of a step: its answers by the names of their questions."""

    @property
    def details(self) -> Mapping[str, str]: ...


def title_of(milestone: Detailed) -> str | Say:
    """What a step is called, by its words or its code; empty where there is neither."""
    if occupation := milestone.details.get("occupation", ""):
        return occupation
    for question, area in CODED_TITLES.items():
        if code := milestone.details.get(question, ""):
            return Say(f"{area}.{code}")
    return ""
