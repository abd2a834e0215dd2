"""Whether a channel may be written to now, or must wait for the person's next message."""

from datetime import datetime
from enum import StrEnum

from conversations.render.capabilities import Capabilities


class Route(StrEnum):
    """Which way a message takes."""

    SEND = "send"  # free-form, now
    WAIT = "wait"  # the window is closed: it goes out when the person writes


def route(capabilities: Capabilities, last_inbound_at: datetime | None, now: datetime) -> Route:
    """The way a message takes; both instants are aware UTC, `last_inbound_at` None if they never wrote."""
    if capabilities.window is None:
        return Route.SEND
    if last_inbound_at is not None and now - last_inbound_at < capabilities.window:
        return Route.SEND
    return Route.WAIT
