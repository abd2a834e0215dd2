"""Why an answer was not taken, and what to say."""

from dataclasses import dataclass

from conversations.messages import Line


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer was not taken; `line` tells the person why, with an example where one helps."""

    line: Line
