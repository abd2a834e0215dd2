"""Turns: what shares one pace leaves in turn, so that a small broadcast is not behind the whole of a big one.

The messages of one call get turns that follow each other, from the smallest one that still waits there:
whoever comes later neither waits for all that is queued nor goes before it for long.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, literal_column, select

from storage.tables.core import OUTBOX

AT_ONCE = 0  # the priority of replies: they are few, and take no turns

# With the value in it: only then PostgreSQL knows from a prepared query that the partial index holds all.
QUEUED: ColumnElement[bool] = literal_column("outbox.state = 'queued'")


def turns(tx: Connection, waiting: Iterable[tuple[str, int]], now: datetime) -> list[int]:
    """The turns of messages made in one call, in their order; each is given by account and priority."""
    following: dict[tuple[str, int], int] = {}
    given = []
    for place in waiting:
        if place not in following:
            following[place] = first_turn(tx, *place, now)
        given.append(following[place])
        following[place] += place[1] != AT_ONCE
    return given


def first_turn(tx: Connection, account_id: str, priority: int, now: datetime) -> int:
    """The turn that comes next there. What is not due yet has lost its turn, and counts for nobody else's."""
    if priority == AT_ONCE:
        return 0
    there = (OUTBOX.c.account_id == account_id) & (OUTBOX.c.priority == priority)
    next_one = select(OUTBOX.c.turn).where(QUEUED, there, OUTBOX.c.due_at <= now)
    return tx.scalar(next_one.order_by(OUTBOX.c.turn, OUTBOX.c.id).limit(1)) or 0
