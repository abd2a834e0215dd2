"""Join codes in what people wrote: known ones, ended ones, and for a stranger the one that was nearly hit.

A code is offered only to who is one slip away from exactly one of them, and not to who goes on trying: codes
are no secret, but nobody is helped to guess them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import Connection, func, select

from conversations.entry.invitations import candidates
from conversations.events import Edited, Event, Text
from conversations.snapshot import Invitation
from storage.inbox.people import Whose
from storage.tables.core import COHORTS, EVENTS

LONGEST_WITH_CODE = 100  # characters; a longer message is no join code
SHORTEST_NEAR = 6  # signs; shorter codes are too near to each other and to words
TRIES_AN_HOUR = 8  # messages of one stranger within an hour; from then on no code is offered


def invitations(tx: Connection, arrived: Sequence[Whose]) -> dict[int, Invitation]:
    """The invitation in each of these messages that holds one, by its place in the sequence."""
    codes = [_codes(whose.arrival.event, whose.person) for whose in arrived]
    known = _known(tx, {code for each in codes for code in each})
    found = {
        place: known[code]
        for place, each in enumerate(codes)
        for code in [next((code for code in each if code in known), None)]
        if code is not None
    }
    strangers = [place for place, whose in enumerate(arrived) if whose.person is None and not whose.newcomer]
    missed = {
        place: near
        for place in strangers
        if place not in found and (near := [code for code in codes[place] if len(code) >= SHORTEST_NEAR])
    }
    return {**_nearly(tx, arrived, missed), **found}


def _codes(event: Event, person: Any) -> tuple[str, ...]:
    """What may be a join code; of someone who has joined, only the whole message."""
    if not isinstance(event, Text | Edited) or len(event.text) > LONGEST_WITH_CODE:
        return ()
    return candidates(event.text)[: 1 if person else None]


def _known(tx: Connection, codes: Iterable[str]) -> dict[str, Invitation]:
    wanted = sorted(codes)
    if not wanted:
        return {}
    rows = tx.execute(select(COHORTS).where(COHORTS.c.join_code.in_(wanted)))
    return {row.join_code: Invitation(row.id, closed=row.closed_at is not None) for row in rows}


def _nearly(
    tx: Connection, arrived: Sequence[Whose], missed: Mapping[int, Sequence[str]]
) -> dict[int, Invitation]:
    """The one code that was meant, where exactly one is a single slip away."""
    if not missed:
        return {}
    often = _often(tx, [arrived[place] for place in missed])
    open_codes = {
        row.join_code: row.id
        for row in tx.execute(select(COHORTS.c.id, COHORTS.c.join_code).where(COHORTS.c.closed_at.is_(None)))
        if len(row.join_code) >= SHORTEST_NEAR
    }
    offered = {}
    for place, written in missed.items():
        near = {
            code
            for code in open_codes
            if any(OSA.distance(code, word, score_cutoff=1) <= 1 for word in written)
        }
        if len(near) == 1 and arrived[place].chat not in often:
            code = near.pop()
            offered[place] = Invitation(open_codes[code], meant=code)
    return offered


def _often(tx: Connection, strangers: Sequence[Whose]) -> set[str]:
    """Who wrote too often in the last hour to be still offered a code."""
    since = min(whose.arrival.at for whose in strangers) - timedelta(hours=1)
    chats = [whose.chat for whose in strangers]
    count = select(EVENTS.c.blind).where(EVENTS.c.blind.in_(chats), EVENTS.c.received_at > since)
    return set(tx.scalars(count.group_by(EVENTS.c.blind).having(func.count() > TRIES_AN_HOUR)))
