"""What a step asks to be written down about codes: the one that guards a logbook, the one that opens it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CodeSet:
    """From now on a code guards the logbook; only its hash is known."""

    hashed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeRemoved:
    """No code guards the logbook any more."""


@dataclass(frozen=True, slots=True)
class CodeMistyped:
    """A wrong code: it counts."""


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """The right code: the wrong ones before are forgotten."""


@dataclass(frozen=True, slots=True)
class LogbookEntered:
    """A one-time code links the address it came from to the logbook that staff opened; it is used up."""

    participant_id: str


CodeChange = CodeSet | CodeRemoved | CodeMistyped | CodeGiven | LogbookEntered
