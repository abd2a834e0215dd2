"""What became of a recorded step: it began, it is finished, it stopped, it is to be corrected or taken back.

Nothing is overwritten: each of these makes a new version, and the one before is kept.
"""

from dataclasses import replace

from conversations import forms
from conversations.answers import fold
from conversations.asking import asking, understood
from conversations.contacts.insertion import with_follow_ups
from conversations.dialogues import complete
from conversations.events import Text
from conversations.form_questions import settled
from conversations.forms import Filling, Run
from conversations.logbook.summary import title_of
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.session import Aim, FormDialogue, Place, Purpose, Session
from conversations.snapshot import Milestone
from conversations.steps.kinds import STAGES, form_of
from conversations.steps.milestones import answers_of, step_with, taken_back
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import MilestoneKind, Stage


def choose_step(turn: Turn, aim: Aim) -> Move:
    """Ask which step is meant, or go on at once where there is only one."""
    among = aim.among or tuple(step.id for step in turn.snapshot.milestones)
    if not among:
        return Move(_home(turn), lines("logbook.empty"))
    if len(among) == 1:
        return _with_step(turn, replace(aim, step_id=among[0]))
    return Move(replace(turn.session, place=Place.STEP, aim=aim))


def answer_step(turn: Turn) -> Move:
    """Which step was chosen, or the older ones are wanted."""
    aim, choice = turn.session.aim or Aim(), _choice(turn) or _by_title(turn)
    if choice is None:
        return Move(turn.session, lines("choice.unclear"))
    if choice == "older":
        return Move(replace(turn.session, aim=replace(aim, page=aim.page + 1)))
    if choice == "new":
        return propose_new(turn, aim)
    return _with_step(turn, replace(aim, step_id=choice))


def propose_new(turn: Turn, aim: Aim) -> Move:
    """It was none of the recorded steps: the same is asked of a new one."""
    new = replace(aim, step_id="", among=(), or_new=False)
    return Move(replace(turn.session, place=Place.PROPOSE, aim=new))


def _by_title(turn: Turn) -> str | None:
    """The one step whose own words are in the message."""
    said = f" {fold(turn.event.text)} " if isinstance(turn.event, Text) else ""
    titles = {step.id: fold(_written(title_of(step), turn)) for step in turn.snapshot.milestones}
    among = (turn.session.aim or Aim()).among or tuple(titles)
    meant = [step_id for step_id in among if titles.get(step_id) and f" {titles[step_id]} " in said]
    return meant[0] if len(meant) == 1 else None


def _written(title: str | Say, turn: Turn) -> str:
    return title if isinstance(title, str) else say(title, turn.language)


def _with_step(turn: Turn, aim: Aim) -> Move:
    if aim.stage is not None:
        return Move(replace(turn.session, place=Place.PROPOSE, aim=aim))
    return Move(replace(turn.session, place=Place.UPDATE, aim=aim))


def answer_update(turn: Turn) -> Move:
    """What became of the step was chosen."""
    step, choice = _step(turn), _choice(turn)
    if step is None:
        return Move(_home(turn), lines("step.gone"))
    match choice:
        case None:
            return Move(turn.session, lines("choice.unclear"))
        case "correct":
            dialogue = FormDialogue(Purpose.MILESTONE, _filled(turn, step), revises=step.id)
            return Move(replace(_home(turn).opening(dialogue), place=Place.CONFIRM))
        case "withdraw":
            return Move(replace(turn.session, place=Place.WITHDRAW))
        case "menu":
            return Move(_home(turn))
        case stage:
            return move_on(turn, Aim(step.id, kind=step.kind, stage=Stage(stage)))


def answer_withdraw(turn: Turn) -> Move:
    """Whether the step is really to be taken back."""
    step, choice = _step(turn), _choice(turn)
    if step is None:
        return Move(_home(turn), lines("step.gone"))
    match choice:
        case "yes":
            return Move(_home(turn), lines("step.withdrawn"), changes=with_follow_ups(turn, taken_back(step)))
        case "no":
            return Move(_home(turn), lines("milestone.unchanged"))
        case _:
            return Move(turn.session, lines("choice.unclear"))


def move_on(turn: Turn, aim: Aim) -> Move:
    """The step at its new stage: what is not known yet is asked, then all is summed up."""
    session = _at_stage(turn, aim)
    if settled(turn.run(session.front.filling, turn.language), session.front):
        return Move(replace(session, place=Place.CONFIRM))
    return Move(session)


def write_down(turn: Turn, aim: Aim) -> Move:
    """The same after a yes to exactly this: where nothing is left to ask, it is written down at once."""
    session = _at_stage(turn, aim)
    if settled(turn.run(session.front.filling, turn.language), session.front):
        return complete(turn, session)
    return Move(session)


def _at_stage(turn: Turn, aim: Aim) -> Session:
    """The form of the step, recorded or new, with its stage and what else is known of it filled in."""
    step = _step(turn, aim)
    kind = step.kind if step else aim.kind or MilestoneKind.OTHER
    around = turn.surroundings(turn.language)
    form = turn.snapshot.project.current(form_of(kind))
    filling = _filled(turn, step) if step else forms.begin(form, replace(around, seed=turn.ids.pseudonym()))
    run = Run(form, filling, around)
    if aim.stage and (known := STAGES[kind].get(aim.stage)):
        _put(run, *known)
    for name, value in (("started_on", aim.started_on), ("ended_on", aim.ended_on)):
        if value:
            _put(run, name, value)
    filling = run.filling
    if step and aim.stage in DATED_ANEW.get(kind, (Stage.STARTED,)) and not aim.started_on:
        filling = forms.revisit(form, filling, _path(run, "started_on"))
    return _home(turn).opening(FormDialogue(Purpose.MILESTONE, filling, revises=step.id if step else ""))


# Where the new stage has a beginning of its own, which is asked again.
DATED_ANEW = {MilestoneKind.JOB_SEARCH: (Stage.STARTED, Stage.COMPLETED)}


def _put(run: Run, name: str, value: str) -> None:
    """Let the question hold the value, if the sheet asks it and takes that value."""
    path = _path(run, name)
    field = run.form.field(path)
    if field is not None and run.instance.nodes[path].relevant:
        run.offer(path, field, value)


def _path(run: Run, name: str) -> str:
    return next((field.path for field in run.form.fields if field.name == name), "")


def _filled(turn: Turn, step: Milestone) -> Filling:
    form = turn.snapshot.project.current(form_of(step.kind))
    return forms.refilled(form, answers_of(step), turn.now.isoformat(timespec="seconds"))


def _step(turn: Turn, aim: Aim | None = None) -> Milestone | None:
    aim = aim or turn.session.aim
    return step_with(turn, aim.step_id) if aim else None


def _choice(turn: Turn) -> str | None:
    question = asking(turn, turn.session, turn.language)
    return understood(turn, question) if question else None


def _home(turn: Turn) -> Session:
    return replace(turn.session, place=Place.HOME, aim=None)
