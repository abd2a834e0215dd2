"""Row ids: made before the INSERT, since the vault binds each sealed value to its row.

UUIDs of version 7 (RFC 9562), as 32 hexadecimal digits: they grow with time, within a process strictly, so
that the order of ids is the order of making and indexes stay compact. A new process goes on behind the last
row, since somebody may have set the clock back meanwhile.
"""

import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import choice, token_hex, token_urlsafe


@dataclass(slots=True)
class Ids:
    """A source of new ids."""

    last: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def after(cls, row_ids: Iterable[str]) -> "Ids":
        """A source whose row ids are greater than these, whatever the clock says.

        >>> Ids.after(["fffffffffff07fff8000000000000000"]).row()[:16]
        'fffffffffff17000'
        """
        return cls(max((int(row_id[:12] + row_id[13:16], 16) for row_id in row_ids), default=0))

    def row(self) -> str:
        """A new row id, greater than every earlier one of this process.

        >>> ids = Ids()
        >>> ids.row() < ids.row()
        True
        """
        # 48 bits of milliseconds, then 12 bits that split the millisecond, as RFC 9562 section 6.2 allows
        stamp = time.time_ns() * 4096 // 1_000_000
        with self.lock:
            stamp = self.last = max(stamp, self.last + 1)
        tail = int.from_bytes(os.urandom(8)) & (1 << 62) - 1 | 1 << 63
        return f"{stamp >> 12:012x}7{stamp & 0xFFF:03x}{tail:016x}"

    def pseudonym(self) -> str:
        """A random id that tells nothing, not even when it was made."""
        return token_hex(16)

    def token(self) -> str:
        """A button token: 16 characters of `[A-Za-z0-9_-]`."""
        return token_urlsafe(12)

    def code(self, length: int) -> str:
        """So many figures that nobody can foresee."""
        return "".join(choice("0123456789") for _ in range(length))

    def secret(self) -> str:
        """What makes a link impossible to guess: 128 bits as 22 characters of `[A-Za-z0-9_-]`."""
        return token_urlsafe(16)
