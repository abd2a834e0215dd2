"""What the places around pages for employers offer: the steps to show, the pages there are."""

from collections.abc import Sequence

from conversations.logbook.summary import newest_first, what_it_is
from conversations.messages import Choice, Day, Line, Say
from conversations.snapshot import Milestone, Snapshot
from conversations.vocabulary import MilestoneKind

MOST_PAGES = 5  # open at once; each is one choice of a list
MOST_CHOICES = 12  # steps to choose from, the newest
NOT_SHOWN = frozenset({MilestoneKind.JOB_SEARCH})  # is no matter of an employer's
MADE = (
    Choice("pdf", Say("pages.pdf")),
    Choice("pages", Say("pages.mine")),
    Choice("menu", Say("logbook.menu")),
)


def showable(snapshot: Snapshot) -> Sequence[Milestone]:
    """The steps that a page can show, newest first."""
    return [step for step in newest_first(snapshot) if step.kind not in NOT_SHOWN][:MOST_CHOICES]


def step_choices(snapshot: Snapshot) -> tuple[Choice, ...]:
    """All of them, or each by itself."""
    steps = showable(snapshot)
    each = tuple(Choice(step.id, what_it_is(step)) for step in steps)
    return (Choice("all", Say("pages.all")), *each) if len(steps) > 1 else each


def page_choices(snapshot: Snapshot) -> tuple[Choice, ...]:
    """Each page can be closed; a new one can be made while there are not too many."""
    pages = snapshot.sharing.pages
    close = tuple(Choice(f"close:{page.id}", Say("pages.close", {"label": page.label})) for page in pages)
    new = (Choice("new", Say("pages.new")),) if len(pages) < MOST_PAGES else ()
    return (*close, *new, Choice("menu", Say("logbook.menu")))


def page_lines(snapshot: Snapshot) -> tuple[Line, ...]:
    """The pages there are: for whom, until when, how often they were opened."""
    pages = snapshot.sharing.pages
    if not pages:
        return (Say("pages.none"),)
    seen = (
        Say("pages.line", {"label": page.label, "until": Day(page.until.isoformat()), "n": page.views})
        for page in pages
    )
    return (Say("pages.title"), *seen, Say("pages.ask"))
