"""What a step asks to be written down: addresses, reached or not, and led to a logbook that was there."""

from dataclasses import dataclass, field

from conversations.vocabulary import Channel


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
    unsure: bool = False  # proved by an address that nobody is sure of: neither is this one


@dataclass(frozen=True, slots=True)
class AddressConfirmed:
    """Proved: after a long silence it is still the same person who writes from this address."""


@dataclass(frozen=True, slots=True)
class AddressFreed:
    """Somebody else has this address by now: it leads to the logbook no more."""


@dataclass(frozen=True, slots=True)
class AddressClosed:
    """The person blocked us here: nothing more is sent to this address."""


@dataclass(frozen=True, slots=True)
class AddressOpened:
    """The person can be written to here again."""


@dataclass(frozen=True, slots=True)
class ChannelPreferred:
    """What we begin goes to this channel first; None: to where they wrote last."""

    channel: Channel | None


AddressChange = (
    LinkAsked
    | LinkMistyped
    | AddressLinked
    | AddressConfirmed
    | AddressFreed
    | AddressClosed
    | AddressOpened
    | ChannelPreferred
)
