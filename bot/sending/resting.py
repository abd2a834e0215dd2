"""Accounts whose every send is refused: the queue is kept, one message a minute tries whether it is mended.

The first that goes through ends the rest. What concerns single messages only (a country that is not enabled)
holds nobody else up.
"""

from collections.abc import Iterable
from datetime import datetime

from storage.outbox.policy import PAUSE


class Resting:
    """The accounts that rest, by their ids. Moments are aware UTC."""

    def __init__(self) -> None:
        self._refused_at: dict[str, datetime] = {}
        self._trying: set[str] = set()

    def refused(self, account_id: str, now: datetime) -> None:
        """A send was refused, as every other one would be."""
        self._refused_at[account_id] = now

    def went_through(self, account_id: str) -> None:
        """A send was taken: it is mended."""
        self._refused_at.pop(account_id, None)

    def awake(self, account_ids: Iterable[str]) -> list[str]:
        """The accounts that may send what they have."""
        return [each for each in account_ids if each not in self._refused_at]

    def to_be_tried(self, account_ids: Iterable[str], now: datetime) -> list[str]:
        """The accounts that are to send one message, to see whether they are mended."""
        return [
            each
            for each in account_ids
            if each in self._refused_at
            and each not in self._trying
            and abs(now - self._refused_at[each]) >= PAUSE  # the clock may have been set back
        ]

    def tries(self, account_id: str) -> None:
        """One message of the account is in our hands, to see whether it is mended."""
        self._trying.add(account_id)

    def tried(self, account_id: str, now: datetime) -> None:
        """What came of it is known; if it did not go through, the next try comes after a pause."""
        if account_id in self._trying:
            self._trying.discard(account_id)
            if account_id in self._refused_at:
                self._refused_at[account_id] = now
