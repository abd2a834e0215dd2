"""Clearing chats after a quick exit: the provider is asked to delete what it still can, again and again."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.channels.sending import SendResult
from conversations.vocabulary import SendOutcome
from storage import clearings
from storage.clearings import Clearing
from storage.database import Storage

log = structlog.get_logger()

LOOK_AGAIN = 1.0  # seconds: somebody is taking the phone out of a hand
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=5), timedelta(minutes=15)
AGAIN = (SendOutcome.RETRY_LATER, SendOutcome.UNKNOWN, SendOutcome.ACCOUNT_TROUBLE)


class Eraser(Protocol):
    """A transport that can take messages back from a chat."""

    async def delete(self, address: str, message_ids: tuple[str, ...]) -> SendResult:
        """Delete these messages; every trouble is told by the outcome, none is raised."""


class Clearer:
    """The loop that clears chats, beside the one that sends. `erasers` by account; others delete nothing."""

    def __init__(
        self, storage: Storage, erasers: Mapping[str, Eraser], clock: Callable[[], datetime]
    ) -> None:
        self.storage, self.erasers, self.clock = storage, erasers, clock
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        """Clear what is due until stopped; what could not be cleared is a row and waits."""
        while not self._stopping.is_set():
            try:
                for clearing in await asyncio.to_thread(self._due):
                    await self._clear(clearing)
            except Exception as error:  # the loop must outlive whatever one look does
                log.error("clearing.failed", error=type(error).__name__)
            try:
                async with asyncio.timeout(LOOK_AGAIN):
                    await self._stopping.wait()
            except TimeoutError:
                continue

    def _due(self) -> list[Clearing]:
        now = self.clock()
        with self.storage.read() as look:
            if not clearings.waiting_to_be_cleared(look, now):
                return []
        with self.storage.write() as tx:
            return clearings.due_clearings(tx, self.storage, now)

    async def _clear(self, clearing: Clearing) -> None:
        eraser = self.erasers.get(clearing.account_id)
        again = None
        if eraser is not None and clearing.message_ids:
            result = await eraser.delete(clearing.address, clearing.message_ids)
            if result.outcome in AGAIN:
                again = self.clock() + _pause(clearing, result)
            elif result.outcome is not SendOutcome.SENT:
                log.warning("clearing.refused", clearing_id=clearing.id, code=result.code)
        await asyncio.to_thread(self._settle, clearing, again)

    def _settle(self, clearing: Clearing, again: datetime | None) -> None:
        with self.storage.write() as tx:
            if again is None:
                clearings.clear(tx, clearing.id)
            else:
                clearings.try_again(tx, clearing.id, again)


def _pause(clearing: Clearing, result: SendResult) -> timedelta:
    """As long as the provider asked for, else doubling."""
    if result.retry_after:
        return timedelta(seconds=result.retry_after)
    return min(LONGEST_RETRY, FIRST_RETRY * (1 << min(clearing.attempts, 10)))
