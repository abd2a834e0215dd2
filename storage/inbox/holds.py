"""What is kept of a chat that several people share: who writes, what waits until that is clear."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from conversations.changes import (
    AddressFreed,
    ChatCleared,
    ChatShown,
    EveryoneStopped,
    NewcomerForgotten,
    NewcomerKept,
    WhoAsked,
    WordsWait,
    WriterChosen,
)
from conversations.entry.consent import CONSENT_VERSION
from conversations.entry.who import HELD_FOR
from conversations.events import Edited, InboundEvent, Text
from conversations.vocabulary import Channel, ConsentPurpose, ConsentState, ContactState
from storage.codec import INBOUND
from storage.database import Storage
from storage.inbox.arrivals import Arrival, Settled, changes_of
from storage.plans import AHEAD
from storage.tables.core import ADDRESSES, CHAT_HOLDS, CONSENTS, CONTACTS, PARTICIPANTS
from storage.upsert import upsert

MOST_WAITING = 100  # messages; whoever writes more was asked as often who they are


@dataclass(slots=True)
class _Hold:
    """The row as it will stand."""

    holder_id: str | None
    newcomer: bool
    held_until: datetime
    token: str
    hidden: bool
    waiting: tuple[InboundEvent, ...]


def save_holds(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> list[Arrival]:
    """Keep who writes from shared chats; what is to be taken up now for whoever was chosen."""
    _stop_everyone(tx, storage, settled, now)
    rows, taken_up = [], []
    for each in settled:
        chosen = next((one for one in each.outcome.changes if isinstance(one, WriterChosen)), None)
        if each.case.arrival.inbound is None or not (each.case.shared or chosen):
            continue
        hold = _before(storage, each, now)
        if chosen is not None:
            taken_up += _taken_up(each, chosen, hold.waiting)
        _changed(hold, each, chosen, now)
        rows.append(_row(storage, each.case.reached.chat, hold, now))
    if rows:
        columns = ("holder_id", "newcomer", "held_until", "token", "asked_at", "hidden", "waiting")
        tx.execute(upsert(tx, CHAT_HOLDS, *columns), rows)
    _note_heard(tx, settled, now)
    return taken_up


def _note_heard(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Whoever wrote opened the window for all who share the chat; of a report nothing may tell."""
    heard = [
        each.case.reached.chat
        for each in settled
        if each.case.shared and each.case.arrival.inbound and not each.outcome.in_confidence
    ]
    if heard:
        opened = ADDRESSES.update().where(ADDRESSES.c.chat.in_(heard))
        tx.execute(opened.values(chat_heard_at=now, window_shut_at=None))


def _before(storage: Storage, each: Settled, now: datetime) -> _Hold:
    row = each.case.hold
    if row is None:
        return _Hold(None, False, now, "", False, ())
    waiting = row.waiting and storage.vault.system.open(row.waiting, f"chat_holds.waiting:{row.chat}")
    words = tuple(INBOUND.validate_json(waiting)) if waiting else ()
    return _Hold(row.holder_id, row.newcomer, row.held_until, row.token, row.hidden, words)


def _changed(hold: _Hold, each: Settled, chosen: WriterChosen | None, now: datetime) -> None:
    """What this outcome makes of the hold."""
    hold.hidden = hold.hidden and not any(isinstance(one, ChatShown) for one in each.outcome.changes)
    if chosen is not None:
        hold.holder_id, hold.newcomer = chosen.participant_id or None, not chosen.participant_id
        hold.held_until, hold.token, hold.waiting = now + HELD_FOR, "", ()
        return
    clear = each.participant_id is not None or not each.case.snapshot.sharers
    if clear and not isinstance(each.case.arrival.event, Edited):
        hold.holder_id, hold.newcomer = each.participant_id, each.participant_id is None
        hold.held_until, hold.token = now + HELD_FOR, ""
    if clear and hold.newcomer and not _joins(each):
        hold.held_until = now  # they may have been taken for another by mistake: nobody stays outside
    inbound = each.case.arrival.inbound
    for change in each.outcome.changes:
        match change:
            case NewcomerForgotten() | AddressFreed():
                hold.held_until = now
            case WordsWait() if inbound is not None and len(hold.waiting) < MOST_WAITING:
                lapsed = each.case.snapshot.words_lapse and not hold.hidden
                hold.waiting = (inbound,) if lapsed else (*hold.waiting, inbound)
            case WhoAsked(token):
                hold.held_until, hold.token = now, token
            case ChatCleared():
                hold.hidden, hold.held_until, hold.token = True, now, ""


def _joins(each: Settled) -> bool:
    """Whether who has no logbook here has begun one, or begins now."""
    begins = any(isinstance(change, NewcomerKept) for change in each.outcome.changes)
    return begins or each.case.snapshot.newcomer is not None


def _taken_up(each: Settled, chosen: WriterChosen, waiting: Sequence[InboundEvent]) -> list[Arrival]:
    """The events as they came, or the words that stand for them."""
    arrival, inbound = each.case.arrival, each.case.arrival.inbound
    if inbound is None:
        return []
    said = list(waiting) or [replace(inbound, content=Text(chosen.words))]
    stranger = not chosen.participant_id
    return [replace(Arrival.of(arrival.account_id, one), stranger=stranger) for one in said]


def _row(storage: Storage, chat: str, hold: _Hold, now: datetime) -> dict[str, Any]:
    words = INBOUND.dump_json(list(hold.waiting)) if hold.waiting else None
    return {
        "chat": chat,
        "holder_id": hold.holder_id,
        "newcomer": hold.newcomer,
        "held_until": hold.held_until,
        "token": hold.token,
        "asked_at": now,
        "hidden": hold.hidden,
        "waiting": storage.vault.system.seal(words, f"chat_holds.waiting:{chat}") if words else None,
    }


def _stop_everyone(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    """Nobody of those who share the chat is written to first any more."""
    stopped = [
        (each, one.participant_id)
        for each, _ in changes_of(settled, EveryoneStopped)
        for one in each.case.snapshot.sharers
    ]
    if not stopped:
        return
    people = [person for _, person in stopped]
    theirs = PARTICIPANTS.c.id.in_(people)
    tx.execute(PARTICIPANTS.update().where(theirs).values(prompting=ConsentState.WITHDRAWN))
    taken_back = CONTACTS.update().where(CONTACTS.c.participant_id.in_(people), CONTACTS.c.state.in_(AHEAD))
    tx.execute(taken_back.values(state=ContactState.CANCELLED, closed_at=now))
    spoken = select(PARTICIPANTS.c.id, PARTICIPANTS.c.language, PARTICIPANTS.c.sms).where(theirs)
    known = {row.id: row for row in tx.execute(spoken)}
    by_sms = [
        (each, person)
        for each, person in stopped
        if each.case.reached.channel is Channel.SMS and known[person].sms is ConsentState.GIVEN
    ]
    of_sms = PARTICIPANTS.c.id.in_([person for _, person in by_sms])
    tx.execute(PARTICIPANTS.update().where(of_sms).values(sms=ConsentState.WITHDRAWN))
    withdrawn = [(each, person, ConsentPurpose.PROMPTING) for each, person in stopped]
    withdrawn += [(each, person, ConsentPurpose.SMS) for each, person in by_sms]
    tx.execute(
        CONSENTS.insert(),
        [
            {
                "id": storage.ids.row(),
                "participant_id": person,
                "purpose": purpose,
                "state": ConsentState.WITHDRAWN,
                "text_version": CONSENT_VERSION,
                "language": known[person].language,
                "channel": each.case.reached.channel,
                "at": now,
            }
            for each, person, purpose in withdrawn
        ],
    )
