"""What a provider does instead of its work, drawn by chance and counted."""

import random
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong with one send."""

    NONE = "none"
    PATIENCE = "429 with a time"
    PATIENCE_BARE = "429 without a time"
    BROKEN = "5xx, not taken"
    BROKEN_TAKEN = "5xx, though taken"
    SILENT = "time-out, not taken"
    SILENT_TAKEN = "time-out, though taken"
    DRIPPING_TAKEN = "an answer without end, though taken"
    RESET = "connection reset, not taken"
    RESET_TAKEN = "connection reset, though taken"
    HTML_TAKEN = "200 in HTML, though taken"
    CUT_TAKEN = "half an answer, though taken"
    ODD_TAKEN = "200 of wrong types, though taken"
    REDIRECT = "redirect, not taken"


# The provider has the message, whatever it answers.
TAKEN = frozenset(fault for fault in Fault if fault is Fault.NONE or fault.name.endswith("_TAKEN"))
# The answer tells that nothing was taken, so the message may go out again.
CLEAR = frozenset({Fault.NONE, Fault.PATIENCE, Fault.PATIENCE_BARE})


@dataclass(slots=True)
class Chance:
    """Draws faults from a seed; `share` of the sends go wrong, none once it is 0."""

    random: random.Random
    share: float = 0.0
    drawn: Counter[Fault] = field(default_factory=Counter)

    def draw(self) -> Fault:
        fault = Fault.NONE
        if self.random.random() < self.share:
            fault = self.random.choice([fault for fault in Fault if fault is not Fault.NONE])
        self.drawn[fault] += 1
        return fault

    @property
    def unclear(self) -> int:
        """How many sends nobody could know the fate of, because of the provider."""
        return sum(count for fault, count in self.drawn.items() if fault not in CLEAR)
