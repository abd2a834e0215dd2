"""Who writes from an address that several logbooks share, or where somebody is joining beside one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from conversations.events import Blocked, Edited, Event, Tap, Unblocked
from storage.inbox.arrivals import Arrival
from storage.tables.core import CHAT_HOLDS, EVENTS, MESSAGES_IN, TOKENS


@dataclass(frozen=True, slots=True)
class Shared:
    """An event from a chat of several people."""

    arrival: Arrival
    chat: str
    rows: tuple[Any, ...]  # of each person whose logbook is here, with their address
    newcomer: Any  # the row of someone who is joining here, or None


@dataclass(frozen=True, slots=True)
class Writer:
    """Whose event it is: one of those who share the chat, a newcomer, or nobody knows."""

    person: Any = None
    newcomer: Any = None
    hold: Any = None  # what is known of the chat
    unknown: bool = False


def writers(tx: Connection, shared: Sequence[Shared], now: datetime) -> list[Writer]:
    """The writer of each of these events."""
    if not shared:
        return []
    chats = {each.chat for each in shared}
    holds = {row.chat: row for row in tx.execute(select(CHAT_HOLDS).where(CHAT_HOLDS.c.chat.in_(chats)))}
    asked, corrected = _asked(tx, shared), _corrected(tx, shared)
    return [_writer(each, holds.get(each.chat), asked, corrected, now) for each in shared]


def _writer(
    each: Shared,
    hold: Any,
    asked: Mapping[str, str],
    corrected: Mapping[tuple[str, str], str],
    now: datetime,
) -> Writer:
    by_id = {row.participant_id: row for row in each.rows}
    if each.arrival.stranger:
        return Writer(newcomer=each.newcomer, hold=hold)
    if isinstance(each.arrival.event, Blocked | Unblocked) or (hold is not None and hold.hidden):
        return Writer(hold=hold, unknown=True)
    named = by_id.get(asked.get(_token(each.arrival.event), ""))
    inbound = each.arrival.inbound
    if inbound is not None and isinstance(each.arrival.event, Edited):
        named = by_id.get(corrected.get((each.chat, inbound.message_id), ""))
    if named is not None:
        return Writer(named, hold=hold)
    if hold is not None and hold.held_until > now:
        if hold.newcomer:
            return Writer(newcomer=each.newcomer, hold=hold)
        if hold.holder_id in by_id:
            return Writer(by_id[hold.holder_id], hold=hold)
    return Writer(hold=hold, unknown=True)


def _token(event: Event) -> str:
    return event.payload.partition(":")[0] if isinstance(event, Tap) else ""


def _asked(tx: Connection, shared: Sequence[Shared]) -> dict[str, str]:
    """Whom each tapped button had asked."""
    tokens = {token for each in shared if (token := _token(each.arrival.event))}
    if not tokens:
        return {}
    query = select(TOKENS.c.token, TOKENS.c.participant_id)
    rows = tx.execute(query.where(TOKENS.c.token.in_(tokens), TOKENS.c.participant_id.is_not(None)))
    return {row.token: row.participant_id for row in rows}


def _corrected(tx: Connection, shared: Sequence[Shared]) -> dict[tuple[str, str], str]:
    """Who had written each message that is corrected, by chat and the provider's id."""
    edits = [
        (EVENTS.c.blind == each.chat) & (EVENTS.c.message_id == each.arrival.inbound.message_id)
        for each in shared
        if isinstance(each.arrival.event, Edited) and each.arrival.inbound and each.arrival.inbound.message_id
    ]
    if not edits:
        return {}
    written = select(EVENTS.c.blind, EVENTS.c.message_id, MESSAGES_IN.c.participant_id).join(
        MESSAGES_IN,
        (MESSAGES_IN.c.account_id == EVENTS.c.account_id) & (MESSAGES_IN.c.event_id == EVENTS.c.event_id),
    )
    rows = tx.execute(written.where(or_(*edits), MESSAGES_IN.c.participant_id.is_not(None)))
    return {(row.blind, row.message_id): row.participant_id for row in rows}
