"""Free words that tell of a step («j’ai fini mon stage», «لقيت خدمة»): asked back, never guessed."""

from dataclasses import replace

from conversations.asking import asking, understood
from conversations.changes import TeamAwaited
from conversations.events import Text
from conversations.session import Aim, Place
from conversations.snapshot import Milestone
from conversations.steering.courtesies import courtesy_in
from conversations.steps.recording import begin, named_kind
from conversations.steps.updating import choose_step, propose_new, write_down
from conversations.steps.words import Told, told_in
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import Stage

BEFORE = {Stage.STARTED: (Stage.PLANNED,), Stage.COMPLETED: (Stage.STARTED,), Stage.STOPPED: (Stage.STARTED,)}


def free_words(turn: Turn) -> Move:
    """Words that choose nothing: a kind by name, news of a step, a courtesy, else words for the team."""
    session = turn.session
    if kind := named_kind(turn):
        return begin(turn, kind)
    if isinstance(turn.event, Text) and (courtesy := courtesy_in(turn.event.text)):
        return Move(replace(session, place=Place.HOME), lines(f"courtesy.{courtesy}"))
    told = propose(turn)
    return told or Move(session, lines("home.passed_on"), changes=(TeamAwaited(),))


def propose(turn: Turn) -> Move | None:
    """Ask whether this is meant, before anything is written down; None where the words tell of no step."""
    told = told_in(turn.event.text, turn.today) if isinstance(turn.event, Text) else None
    if told is None:
        return None
    of_that_sort = [step for step in turn.snapshot.milestones if _may_be(step, told)]
    fitting = tuple(step.id for step in of_that_sort if _fits(step, told))
    aim = Aim(
        among=fitting,
        kind=told.kind,
        stage=told.stage,
        started_on=told.begun,
        ended_on=told.ended,
        from_words=True,
    )
    if fitting:
        return choose_step(turn, replace(aim, started_on="") if told.stage is not Stage.STARTED else aim)
    if told.kind is None:
        return None
    if of_that_sort:  # people are seldom sure of the day: a recorded step comes before a new one
        recorded = tuple(step.id for step in of_that_sort)
        return choose_step(turn, replace(aim, among=recorded, or_new=True))
    return Move(replace(turn.session, place=Place.PROPOSE, aim=aim))


def _may_be(step: Milestone, told: Told) -> bool:
    return step.stage in BEFORE[told.stage] and told.kind in (None, step.kind)


def _fits(step: Milestone, told: Told) -> bool:
    if told.stage is Stage.STARTED or not told.begun:
        return True
    known = min(len(step.started_on), len(told.begun))
    return step.started_on[:known] == told.begun[:known]


def answer_proposal(turn: Turn) -> Move:
    """Yes: it is written down, once what is missing was asked. No: free words go to the team."""
    session, aim = turn.session, turn.session.aim or Aim()
    question = asking(turn, session, turn.language)
    match understood(turn, question) if question else None:
        case "yes" if aim.or_new:  # the step keeps the beginning it was recorded with
            return write_down(turn, replace(aim, started_on=""))
        case "yes":
            return write_down(turn, aim)
        case "no" if aim.or_new:
            return propose_new(turn, aim)
        case "no" if not aim.from_words:
            return Move(replace(session, place=Place.HOME, aim=None), lines("milestone.unchanged"))
        case "no":
            home = replace(session, place=Place.HOME, aim=None)
            return Move(home, lines("home.passed_on"), changes=(TeamAwaited(),))
        case _:
            return Move(session, lines("choice.unclear"))
