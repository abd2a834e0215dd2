"""What a step asks to be written down: an erasure on its way."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ErasurePlanned:
    """Everything of the person is erased at this moment, unless they take it back before."""

    erase_at: datetime


@dataclass(frozen=True, slots=True)
class ErasureHastened:
    """The person does not want to wait: their goodbye is part of this outcome."""


@dataclass(frozen=True, slots=True)
class ErasureTakenBack:
    """The logbook stays."""


ErasureChange = ErasurePlanned | ErasureHastened | ErasureTakenBack
