"""Bytes taken as decisions: numbers, texts, days, one after the other."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time


@dataclass
class Choices:
    """Bytes taken as decisions; after the last there are none."""

    rest: bytes

    def _take(self, length: int) -> bytes:
        taken, self.rest = self.rest[:length], self.rest[length:]
        return taken

    def number(self, below: int) -> int:
        """A number from 0."""
        return int.from_bytes(self._take(1), "big") % below

    def text(self) -> str:
        """Mostly a short one; may hold anything but NUL."""
        length = self.number(256)
        if length > 250:
            length *= 40
        return self._take(length).decode("utf-8", "surrogateescape").replace("\0", "")

    def real(self) -> float:
        """Any number, and what is none."""
        return float(struct.unpack("<d", self._take(8).ljust(8, b"\0"))[0])

    def day(self) -> date:
        """Any day of the calendar."""
        return date.fromordinal(1 + int.from_bytes(self._take(3), "big") % date.max.toordinal())

    def moment(self) -> datetime:
        """Any minute of it, with a zone or without."""
        hour, minute, zone = self.number(24), self.number(60), (None, UTC)[self.number(2)]
        return datetime.combine(self.day(), time(hour, minute), zone)

    def steps(self, most: int) -> Iterator[int]:
        """A number for each of the steps that are left."""
        for _ in range(most):
            if not self.rest:
                return
            yield self.number(16)
