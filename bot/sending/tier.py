"""WhatsApp's tier: with how many people we may begin a conversation within 24 hours."""

from collections.abc import Callable
from datetime import datetime

from storage.database import Storage
from storage.templates import TIER_COUNTS, written_to


class Tier:
    """The room that is left, per account of ours. `people` is the tier; 0: none is kept to."""

    def __init__(self, storage: Storage, people: int, clock: Callable[[], datetime]) -> None:
        self.storage, self.people, self.clock = storage, people, clock
        self._begun: dict[str, dict[str, datetime]] = {}  # per account, when each chat got its last template

    def take(self, account_id: str, chat: str) -> datetime | None:
        """Begin with this chat: None if there is room, which is taken then; else when there may be some."""
        if not self.people:
            return None
        now = self.clock()
        begun = self._of(account_id, now)
        for old in [each for each, at in begun.items() if at <= now - TIER_COUNTS]:
            del begun[old]
        if chat not in begun and len(begun) >= self.people:
            return min(begun.values()) + TIER_COUNTS
        begun[chat] = now
        return None

    def give_back(self, account_id: str, chat: str) -> None:
        """The template was not sent after all."""
        self._begun.get(account_id, {}).pop(chat, None)

    def _of(self, account_id: str, now: datetime) -> dict[str, datetime]:
        if account_id not in self._begun:
            with self.storage.read() as look:
                self._begun[account_id] = written_to(look, account_id, now)
        return self._begun[account_id]
