"""The name index: decrypted names of participants in memory, searched by prefix and by likeness.

SQL cannot search encrypted names. One index per process; it holds what `participants.changed_at` last said
and is refreshed before each search. Few candidates are scored, since scoring everyone would hold up other
threads.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import nlargest

from rapidfuzz import fuzz, process
from sqlalchemy import func, select

from conversations.answers import fold
from conversations.vocabulary import Role
from storage.database import Storage
from storage.perimeter import Perimeter
from storage.tables.core import PARTICIPANTS

MOST_SCORED = 2000  # candidates
LIKE_ENOUGH = 70  # of 100: «Amena» finds Amina (80), «Karim» does not (40)
OVERLAP = timedelta(minutes=10)  # a row may be committed after a younger one: look back this far


@dataclass(frozen=True, slots=True)
class _Entry:
    folded: str
    changed_at: datetime


@dataclass(slots=True)
class NameIndex:
    """Who is called what. Safe to use from several threads."""

    storage: Storage
    entries: dict[str, _Entry] = field(default_factory=dict)
    holders: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # trigram -> ids
    mark: datetime | None = None  # the youngest change seen
    lock: threading.Lock = field(default_factory=threading.Lock)

    def search(self, perimeter: Perimeter, text: str, limit: int) -> list[str]:
        """Ids of the people within the perimeter whose name is most like the text, best first."""
        wanted = fold(text)
        if not wanted:
            return []
        allowed = self._allowed(perimeter)
        with self.lock:
            self._refresh()
            shared = Counter(
                person
                for gram in trigrams(wanted)
                for person in self.holders.get(gram, ())
                if allowed is None or person in allowed
            )
            nearest = nlargest(MOST_SCORED, shared.items(), key=lambda item: (item[1], item[0]))
            names = {person: self.entries[person].folded for person, _ in nearest}
        scored = process.extract(
            wanted, names, scorer=likeness, processor=None, limit=limit, score_cutoff=LIKE_ENOUGH
        )
        return [person for _, _, person in scored]

    def _allowed(self, perimeter: Perimeter) -> set[str] | None:
        """Who may be found; None for someone without a limit."""
        if perimeter.role is Role.ADMIN:
            return None
        ids = PARTICIPANTS.c.id
        with self.storage.read() as connection:
            return set(connection.execute(select(ids).where(perimeter.people(ids))).scalars())

    def _refresh(self) -> None:
        """Take in who is new or renamed, drop who is gone."""
        query = select(PARTICIPANTS.c.id, PARTICIPANTS.c.name, PARTICIPANTS.c.changed_at)
        if self.mark is not None:
            query = query.where(PARTICIPANTS.c.changed_at >= self.mark - OVERLAP)
        with self.storage.read() as connection:
            rows = [
                row
                for row in connection.execute(query)
                if row.id not in self.entries or self.entries[row.id].changed_at != row.changed_at
            ]
            keys = self.storage.keystore.of_participants(row.id for row in rows)
            for row in rows:
                self._drop(row.id)
                self.mark = max(self.mark or row.changed_at, row.changed_at)
                if row.id in keys:
                    name = keys[row.id].open_name(row.name)
                    self._take(row.id, _Entry(fold(name), row.changed_at))
            count = connection.execute(select(func.count()).select_from(PARTICIPANTS)).scalar_one()
            if count != len(self.entries):
                present = set(connection.execute(select(PARTICIPANTS.c.id)).scalars())
                for gone in self.entries.keys() - present:
                    self._drop(gone)

    def _take(self, person: str, entry: _Entry) -> None:
        self.entries[person] = entry
        for gram in trigrams(entry.folded):
            self.holders[gram].add(person)

    def _drop(self, person: str) -> None:
        if entry := self.entries.pop(person, None):
            for gram in trigrams(entry.folded):
                self.holders[gram].discard(person)


def trigrams(folded: str) -> Iterator[str]:
    """The distinct runs of three characters, each word led by two spaces: so one letter finds its names.

    >>> sorted(trigrams("amina"))
    ['  a', ' am', 'ami', 'ina', 'min']
    """
    seen: set[str] = set()
    for word in folded.split():
        padded = f"  {word}"
        seen.update(padded[start : start + 3] for start in range(len(word)))
    yield from seen


def likeness(wanted: str, name: str, *, processor: object = None, score_cutoff: float | None = None) -> float:
    """How well a folded name answers a folded query, 0 to 100; the beginning of a word counts in full.

    >>> likeness("am", "fatou amina"), likeness("amena", "amina") > 70, likeness("karim", "amina") < 50
    (100.0, True, True)
    """
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 100.0
    best = max((fuzz.ratio(wanted, word) for word in words), default=0.0)
    return max(best, fuzz.token_sort_ratio(wanted, name))
