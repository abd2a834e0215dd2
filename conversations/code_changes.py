"""What a step asks to be written down about the code of a logbook."""

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


CodeChange = CodeSet | CodeRemoved | CodeMistyped | CodeGiven
