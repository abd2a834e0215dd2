"""Where the channels hand over what came in."""

from collections.abc import Sequence
from typing import Protocol

from conversations.events import InboundEvent, StatusEvent


class Unavailable(Exception):
    """Nothing could be stored just now (database locked or away): the provider must deliver again."""


class Receiver(Protocol):
    """Stores what came in. Both calls return after the commit, and raise Unavailable if there was none."""

    async def receive(self, events: Sequence[InboundEvent]) -> None: ...

    async def status(self, event: StatusEvent) -> None: ...
