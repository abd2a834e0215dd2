"""The pace of one account: so many messages a second, evenly, and a pause when the provider asks for one."""

import asyncio
import time

from conversations.vocabulary import Channel

# Messages per second of one account (docs/channels.md).
RATES = {Channel.PHONE: 1000.0, Channel.TELEGRAM: 30.0, Channel.WHATSAPP: 80.0, Channel.SMS: 10.0}


UNLIMITED = 1_000_000


class Pace:
    """Lets one caller pass per interval. Times are seconds of the monotonic clock."""

    def __init__(self, per_second: float) -> None:
        self.interval = 1 / per_second
        self._free_at = 0.0

    async def wait(self) -> None:
        """Return when this caller may send."""
        now = time.monotonic()
        turn = max(now, self._free_at)
        self._free_at = turn + self.interval
        if turn > now:
            await asyncio.sleep(turn - now)

    def room(self, ahead: float) -> int:
        """How many more callers would pass within the next `ahead` seconds."""
        if (held := self.held_for()) > ahead:
            return 0
        return int((ahead - held) / self.interval) + 1 if self.interval else UNLIMITED

    def held_for(self) -> float:
        """How many seconds a caller would wait now."""
        return max(0.0, self._free_at - time.monotonic())

    def hold(self, seconds: float) -> None:
        """Let nobody pass for so long."""
        self._free_at = max(self._free_at, time.monotonic() + seconds)
