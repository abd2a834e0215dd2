"""What a step asks to be written down when someone proves that they have a logbook already."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LinkAsked:
    """A code is to go to the address known by this number, if there is one."""

    phone: str = field(repr=False)  # international form


@dataclass(frozen=True, slots=True)
class LinkMistyped:
    """A wrong code: it counts."""


@dataclass(frozen=True, slots=True)
class AddressLinked:
    """Proved: from now on this address leads to the logbook that was there before."""

    participant_id: str


LinkChange = LinkAsked | LinkMistyped | AddressLinked
