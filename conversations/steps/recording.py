"""Recording a step: which kind it is, then the form of that kind."""

from conversations.asking import asking, understood
from conversations.dialogues import opened
from conversations.events import Text
from conversations.session import Purpose
from conversations.steps.kinds import form_of, kind_named
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import MilestoneKind


def answer_kind(turn: Turn) -> Move:
    """The kind was chosen, or named in another word."""
    question = asking(turn, turn.session, turn.language)
    choice = understood(turn, question) if question else None
    kind = MilestoneKind(choice) if choice else named_kind(turn)
    return Move(turn.session, lines("choice.unclear")) if kind is None else begin(turn, kind)


def begin(turn: Turn, kind: MilestoneKind) -> Move:
    """The form of a kind, from its first question."""
    return Move(opened(turn, Purpose.MILESTONE, form_of(kind)), lines("milestone.intro"))


def named_kind(turn: Turn) -> MilestoneKind | None:
    """The kind of step that the whole message names."""
    return kind_named(turn.event.text) if isinstance(turn.event, Text) else None
