"""The pace of one account: messages a second, of all and of a chat, and pauses that the provider asks for."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.sending.gcra import Gcra, Window
from bot.watching.counters import LIMITER_WAIT
from conversations.vocabulary import Channel

CATCHING_UP = 0.25  # seconds: who was kept from sending for so long makes up for it
LONGEST_HOLD = 1.0  # seconds a message may wait in our hands; a longer pause is waited for in the queue
IN_A_ROW = 3  # chats told to wait, with nothing going through between them: then it is the account
UNBOUNDED = 1_000_000  # messages


class AccountHeld(Exception):
    """The account may not send for a while."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """What a provider takes from one account of ours."""

    per_second: float  # messages
    per_chat: float = math.inf  # messages a second to one chat


UNLIMITED: Mapping[Channel, Limits] = {channel: Limits(math.inf) for channel in Channel}


class Pace:
    """Lets messages pass at the pace of one account."""

    def __init__(self, limits: Limits, channel: Channel) -> None:
        rate = limits.per_second
        most = UNBOUNDED if rate == math.inf else max(1, math.floor(rate))
        self._even = Gcra(1 / rate, CATCHING_UP)
        self._window = Window(most, most / rate)
        self._rest = 1 / limits.per_chat
        self._rests: dict[str, float] = {}  # until when, by chat; the first to end comes first
        self._told_to_wait: set[str] = set()  # chats, since a message last went through
        self._waited = LIMITER_WAIT.labels(channel.value)
        self._waiting = 0
        self._queue = asyncio.Lock()
        self._answered = asyncio.Event()

    @asynccontextmanager
    async def turn(self, chat: str) -> AsyncIterator[None]:
        """Send within the block: it begins when chat and account may. AccountHeld if that takes long."""
        began = time.monotonic()
        self._waiting += 1
        try:
            if (rest := self._rests.get(chat, 0.0) - began) > 0:
                await asyncio.sleep(rest)
            async with self._queue:
                await self._wait_for_account()
        finally:
            self._waiting -= 1
        made = time.monotonic()
        self._even.take(made)
        self._window.begin()
        self._waited.observe(made - began)
        try:
            yield
        finally:
            now = time.monotonic()
            self._window.end(made, now)
            self._answered.set()
            if self._rest:
                self._forget_rests(now)
                self._rests.pop(chat, None)
                self._rests[chat] = now + self._rest

    async def _wait_for_account(self) -> None:
        while True:
            if (held := self.held_for()) > LONGEST_HOLD:
                raise AccountHeld(held)
            now = time.monotonic()
            wait = max(self._even.free_at(now), self._window.free_at(now)) - now
            if wait <= 0:
                return
            self._answered.clear()
            try:
                async with asyncio.timeout(min(wait, LONGEST_HOLD)):
                    await (asyncio.sleep(wait) if wait < math.inf else self._answered.wait())
            except TimeoutError:
                continue

    def room(self, ahead: float) -> int:
        """How many more messages would pass within the next `ahead` seconds."""
        now = time.monotonic()
        first = self._even.free_at(now)
        if first > now + ahead:
            return 0
        even = int((now + ahead - first) / self._even.interval) + 1 if self._even.interval else UNBOUNDED
        return max(0, min(even, self._window.places(now + ahead)) - self._waiting)

    def held_for(self) -> float:
        """How many seconds the account may not send from now."""
        now = time.monotonic()
        return self._even.free_at(now) - now

    def hold(self, seconds: float) -> None:
        """Let nobody pass for so long; afterwards they go one by one."""
        self._even.hold(time.monotonic() + seconds)

    def resting(self) -> Mapping[str, float]:
        """The chats that a message went to just now, with the seconds until the next one may."""
        now = time.monotonic()
        self._forget_rests(now)
        return {chat: until - now for chat, until in self._rests.items()}

    def told_to_wait(self, chat: str, seconds: float) -> None:
        """The provider did not take a message to this chat now, and did not say whose fault that is.

        It is about the account where several chats in a row are told so.
        """
        self._told_to_wait.add(chat)
        if len(self._told_to_wait) >= IN_A_ROW:
            self._told_to_wait.clear()
            self.hold(seconds)

    def went_through(self) -> None:
        """The provider took a message."""
        self._told_to_wait.clear()

    def _forget_rests(self, now: float) -> None:
        while self._rests and next(iter(self._rests.values())) <= now:
            del self._rests[next(iter(self._rests))]
