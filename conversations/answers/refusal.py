"""Why an answer was not taken, and what to say; or between which readings the person is asked to choose."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from conversations.messages import Line


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer was not taken; `line` tells the person why, with an example where one helps."""

    line: Line


T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Ambiguous(Generic[T_co]):
    """What was said can mean each of these, the likeliest first; a single one is to be confirmed."""

    readings: tuple[T_co, ...]
