"""What tapped buttons meant when they were sent, and which asking a message may answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from conversations.events import Tap
from conversations.snapshot import Tapped
from storage.inbox.people import Whose
from storage.tables.core import TOKENS


def tapped_buttons(tx: Connection, first: Sequence[Whose]) -> dict[int, Tapped]:
    """What each tapped button meant, by its place in the sequence; nothing for a button of someone else."""
    payloads = {
        position: whose.arrival.event.payload
        for position, whose in enumerate(first)
        if isinstance(whose.arrival.event, Tap)
    }
    names = [payload.partition(":")[0] for payload in payloads.values()]
    rows = tx.execute(select(TOKENS).where(TOKENS.c.token.in_(names))) if names else ()
    tokens = {row.token: row for row in rows}
    meant = {}
    for position, payload in payloads.items():
        token, _, number = payload.partition(":")
        row, whose = tokens.get(token), first[position]
        if row is None or row.owner != whose.chat or row.used_at is not None:
            continue
        if row.participant_id is not None and not _asked(row, whose):
            continue
        if number.isdecimal() and number.isascii() and int(number) < len(row.meanings):
            meant[position] = Tapped(token, row.meanings[int(number)])
    return meant


def _asked(row: Row[Any], whose: Whose) -> bool:
    return whose.person is not None and row.participant_id == whose.person.participant_id


def open_asking(whose: Whose, asking: set[str]) -> str:
    """The asking who writes that this may answer; nobody can tap what has not left us."""
    unread = whose.chat in asking and not isinstance(whose.arrival.event, Tap)
    return whose.hold.token if whose.hold is not None and not unread else ""
