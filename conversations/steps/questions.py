"""What is asked about recorded steps: which one, what became of it, whether it was understood."""

from conversations.logbook.summary import milestone_line, newest_first, what_it_is, when
from conversations.messages import Argument, Choice, Line, Say
from conversations.session import Aim
from conversations.snapshot import Milestone, Snapshot
from conversations.steps.kinds import STAGES
from conversations.vocabulary import Stage

Asked = tuple[tuple[Line, ...], tuple[Choice, ...]]

PAGE = 8  # steps; with «older» and a way out a list on WhatsApp holds ten
YES_NO = (Choice("yes", Say("yes")), Choice("no", Say("no")))
RECORD = Choice("record", Say("menu.record"))
PAGES = Choice("pages", Say("logbook.pages"))
MENU = Choice("menu", Say("logbook.menu"))

# What can become of a step, by the stage it is at.
NEXT = {
    Stage.PLANNED: (Stage.STARTED,),
    Stage.STARTED: (Stage.COMPLETED, Stage.STOPPED),
    Stage.COMPLETED: (),
    Stage.STOPPED: (),
}


def after_the_logbook(snapshot: Snapshot) -> Asked:
    """What can be done with the logbook; of an empty one there is nothing to show yet."""
    if not snapshot.milestones:
        return (Say("logbook.ask"),), (RECORD, MENU)
    update, pdf = Choice("update", Say("logbook.update")), Choice("pdf", Say("logbook.pdf"))
    return (Say("logbook.ask"),), (update, pdf, PAGES, MENU)


def which_step(snapshot: Snapshot, aim: Aim) -> Asked:
    """One of the steps that may be meant, the newest first, a page at a time."""
    steps = [step for step in newest_first(snapshot) if not aim.among or step.id in aim.among]
    pages = -(-len(steps) // PAGE)
    begin = aim.page % max(pages, 1) * PAGE
    choices = tuple(Choice(step.id, what_it_is(step)) for step in steps[begin : begin + PAGE])
    older = (Choice("older", Say("step.older")),) if pages > 1 else ()
    new = (Choice("new", Say("step.new")),) if aim.or_new else ()
    return (Say("step.which"),), (*choices, *older, *new)


def what_for(snapshot: Snapshot, aim: Aim) -> Asked:
    """What a file is for that came by itself."""
    _, choices = which_step(snapshot, aim)
    if aim.among == ("this",):
        choices = (Choice("this", Say("file.this_step")),)
    return (Say("file.what_for"),), (*choices, Choice("team", Say("file.team")))


def what_became_of(step: Milestone) -> Asked:
    """What can be said of one step."""
    known = STAGES[step.kind]
    stages = [stage for stage in NEXT[step.stage] if stage in known]
    choices = (
        *(Choice(stage.value, Say(f"step.{stage}")) for stage in stages),
        Choice("correct", Say("step.correct")),
        Choice("withdraw", Say("step.withdraw")),
        MENU,
    )
    return (milestone_line(step), Say("step.what")), choices


def really_withdraw(step: Milestone) -> Asked:
    """Once more before a step is taken back."""
    return (milestone_line(step), Say("step.really_withdraw")), YES_NO


def is_it_this(step: Milestone | None, aim: Aim) -> Asked:
    """Exactly what would be written down, yes or no."""
    what: Argument = what_it_is(step) if step else Say(f"kind.{aim.kind}")
    known = aim.ended_on or ("" if aim.or_new else aim.started_on)
    args: dict[str, Argument] = {"what": what}
    asks = f"propose.{aim.stage}" if step else f"propose.new_{aim.stage}"
    if known:
        args["when"] = when(known)
        asks += "_when"
    return (Say(asks, args),), YES_NO
