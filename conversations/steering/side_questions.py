"""The questions that come up beside the others: which of two was meant, and when it suits better."""

from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from conversations.messages import Choice, Line, Say
from conversations.session import Doubt
from conversations.steering.commands import Command

EVENING = time(19, 0)  # local
STILL_DAY = time(18, 0)  # local; until then «this evening» is offered

ANSWER, COMMAND = "answer", "command"
# No choice of a form can have such names.
LATER = Choice("@later", Say("later.button"))
SKIP = Choice("@skip", Say("beside.skip"))
BACK = Choice("@back", Say("beside.back"))
TALK = Choice("@talk", Say("menu.talk"))

# What the buttons beside a question do; their words do the same when they are written.
BESIDE: Mapping[str, Command] = {
    LATER.value: Command.LATER,
    SKIP.value: Command.SKIP,
    BACK.value: Command.BACK,
    TALK.value: Command.TALK,
}

# What a word that steers does, as a button says it.
MEANINGS: Mapping[Command, Say] = {
    Command.BACK: Say("steer.back"),
    Command.SKIP: Say("steer.skip"),
    Command.CANCEL: Say("steer.cancel"),
    Command.LATER: Say("steer.later"),
    Command.CONTINUE: Say("menu.resume"),
    Command.HELP: Say("steer.help"),
    Command.LANGUAGE: Say("menu.language"),
    Command.VOICE: Say("menu.voice"),
    Command.LOGBOOK: Say("menu.logbook"),
    Command.PDF: Say("logbook.pdf"),
    Command.WORKSHOPS: Say("menu.workshops"),
    Command.COME: Say("workshop.answer_coming"),
    Command.NOT_COME: Say("workshop.answer_not_coming"),
    Command.DATA: Say("menu.data"),
    Command.REACH: Say("data.reach"),
    Command.START: Say("menu.start"),
}

Asked = tuple[tuple[Line, ...], tuple[Choice, ...]]


def answer_or_command(doubt: Doubt) -> Asked:
    """Whether the words were the answer or meant to steer. «Stop» has stopped already."""
    answer = Choice(ANSWER, Say("doubt.answer", {"words": doubt.words}))
    if doubt.command is Command.STOP:
        return (Say("doubt.stopped", {"words": doubt.words}),), (Choice(COMMAND, Say("doubt.stop")), answer)
    ask = Say("doubt.ask", {"words": doubt.words})
    return (ask,), (answer, Choice(COMMAND, MEANINGS[doubt.command]))


def when_it_suits(now: datetime, zone: str) -> Asked:
    """When a question that was put off may come again."""
    by_day = now.astimezone(ZoneInfo(zone)).time() < STILL_DAY
    evening = (Choice("evening", Say("later.evening")),) if by_day else ()
    return (Say("later.ask"),), (
        *evening,
        Choice("tomorrow", Say("later.tomorrow")),
        Choice("week", Say("later.week")),
    )
