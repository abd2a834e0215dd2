"""Erasing a person: a planned erasure whose moment has come, in steps that a crash cannot leave half done.

1. The last message goes into the outbox (`leaving`).
2. Once it is settled the erasure begins (`erasing`, no way back): free text on coded rows is wiped, and what
   the provider still has is noted for deletion.
3. The key and the link to the coded rows are destroyed in the key store, whose ledger notes the id.
4. Every row of the person goes; what must outlive them is unlinked.

From the second step on, whoever finds `erasing` does what is left: each step again is no harm.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, select
from sqlmodel import SQLModel

from conversations.messages import Prompt, PromptKind, Say
from conversations.vocabulary import DeliveryState
from storage.addresses import chats_alone
from storage.database import Storage
from storage.outbox.settle import OPEN_STATES
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.provider_deletions import note_for_deletion
from storage.tables.core import (
    ADDRESSES,
    CHAT_HOLDS,
    CLEARINGS,
    ERASURES,
    EVENTS,
    FILES,
    LINK_PROOFS,
    MESSAGES_IN,
    OUTBOX,
    PARTICIPANTS,
    TOKENS,
)
from storage.tables.vocabulary import ErasureState

GOODBYE = Prompt(PromptKind.REPLY, (Say("erasing.goodbye"),))
GOODBYE_MAY_TAKE = timedelta(minutes=15)  # then the person is erased without it
ON_THEIR_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)


def erase_due(storage: Storage, now: datetime, limit: int) -> int:
    """Take every erasure that is due one or more steps on. How many goodbyes were said and people erased."""
    with storage.write() as tx:
        goodbyes = _say_goodbyes(tx, storage, now, limit)
    with storage.write() as tx:
        _begin(tx, storage, now, limit)
    with storage.read() as look:
        begun = _in_state(look, ErasureState.ERASING, limit)
    erased = sum(_erase(storage, participant_id, now) for participant_id in begun)
    if erased:
        storage.scrub()
    return goodbyes + erased


def _in_state(tx: Connection, state: ErasureState, limit: int) -> Sequence[str]:
    query = select(ERASURES.c.participant_id).where(ERASURES.c.state == state)
    return tx.scalars(query.order_by(ERASURES.c.erase_at).limit(limit)).all()


def _locked(tx: Connection, *conditions: Any, limit: int) -> list[str]:
    """Whose erasures these are, their rows locked before, in the order that everyone locks people in."""
    query = select(ERASURES.c.participant_id).where(*conditions).order_by(ERASURES.c.erase_at).limit(limit)
    people = tx.scalars(query).all()
    rows = select(PARTICIPANTS.c.id).where(PARTICIPANTS.c.id.in_(people)).order_by(PARTICIPANTS.c.id)
    tx.execute(rows.with_for_update())
    still = select(ERASURES.c.participant_id).where(ERASURES.c.participant_id.in_(people), *conditions)
    return list(tx.scalars(still))  # who took it back meanwhile is not among them


def _say_goodbyes(tx: Connection, storage: Storage, now: datetime, limit: int) -> int:
    due = _locked(tx, ERASURES.c.state == ErasureState.PLANNED, ERASURES.c.erase_at <= now, limit=limit)
    if not due:
        return 0
    destinations, keys = preferred_destinations(tx, due), storage.keystore.of_participants(due)
    spoken = select(PARTICIPANTS.c.id, PARTICIPANTS.c.language).where(PARTICIPANTS.c.id.in_(due))
    goodbyes = [
        Outgoing(
            prompt=GOODBYE,
            language=row.language,
            account_id=destinations[row.id].account_id,
            chat=destinations[row.id].chat,
            cipher=keys[row.id].cipher,
            participant_id=row.id,
            address_id=destinations[row.id].address_id,
        )
        for row in tx.execute(spoken)
        if row.id in destinations and row.id in keys
    ]
    enqueue(tx, storage, goodbyes, now)
    leaving = ERASURES.update().where(ERASURES.c.participant_id.in_(due))
    tx.execute(leaving.values(state=ErasureState.LEAVING, said_goodbye_at=now))
    return len(due)


def _begin(tx: Connection, storage: Storage, now: datetime, limit: int) -> None:
    """Begin with those whose last message is settled, or took too long."""
    on_its_way = _open_messages(ON_THEIR_WAY).exists()
    late = ERASURES.c.said_goodbye_at < now - GOODBYE_MAY_TAKE
    people = _locked(tx, ERASURES.c.state == ErasureState.LEAVING, ~on_its_way | late, limit=limit)
    if not people:
        return
    begun = ERASURES.update().where(ERASURES.c.participant_id.in_(people))
    tx.execute(begun.values(state=ErasureState.ERASING))
    pseudonyms = [key.pseudonym for key in storage.keystore.of_participants(people).values()]
    for table in tables_with("pseudonym"):
        wiped = {column.name: None for column in table.columns if isinstance(column.type, LargeBinary)}
        if wiped:
            tx.execute(table.update().where(table.c.pseudonym.in_(pseudonyms)).values(wiped))
    note_for_deletion(tx, people, now)


def _open_messages(states: Sequence[DeliveryState]) -> Any:
    mine = OUTBOX.c.participant_id == ERASURES.c.participant_id
    return select(OUTBOX.c.id).where(mine, OUTBOX.c.state.in_(states))


def _erase(storage: Storage, participant_id: str, now: datetime) -> bool:
    """Destroy the key, then the rows. False while a message is in a sender's hands: at the next run."""
    storage.keystore.destroy(participant_id, now)
    with storage.write() as tx:
        this = ERASURES.c.participant_id == participant_id
        in_flight = _open_messages([DeliveryState.SENDING]).where(this)
        if tx.execute(in_flight.limit(1)).first():
            return False
        storage.media.remove(_files(tx, participant_id))  # before their names are forgotten
        _delete_rows(tx, participant_id)
    return True


def _files(tx: Connection, participant_id: str) -> list[str]:
    """What the folder of files has of them; nobody can open it any more."""
    rows = tx.execute(
        select(FILES.c.stored, FILES.c.thumbnail).where(FILES.c.participant_id == participant_id)
    )
    return [name for row in rows for name in row if name]


def _delete_rows(tx: Connection, participant_id: str) -> None:
    """Delete what is theirs, and what is of their chats; of a chat that others share only their own part."""
    mine = ADDRESSES.c.participant_id == participant_id
    chats, blinds = chats_alone(tx, [participant_id])
    of_mine = select(ADDRESSES.c.chat).where(mine)
    # that an event came stays for a while, against its repetition; from whom it came does not
    written = select(MESSAGES_IN.c.id).where(
        MESSAGES_IN.c.participant_id == participant_id,
        MESSAGES_IN.c.account_id == EVENTS.c.account_id,
        MESSAGES_IN.c.event_id == EVENTS.c.event_id,
    )
    tx.execute(EVENTS.update().where(EVENTS.c.blind.in_(blinds) | written.exists()).values(blind=""))
    # the buttons of the question who writes name them too
    tx.execute(TOKENS.delete().where(TOKENS.c.owner.in_(of_mine), TOKENS.c.participant_id.is_(None)))
    tx.execute(TOKENS.delete().where(TOKENS.c.owner.in_(chats)))
    tx.execute(CLEARINGS.delete().where(CLEARINGS.c.chat.in_(chats)))
    tx.execute(LINK_PROOFS.delete().where(LINK_PROOFS.c.chat.in_(chats)))
    tx.execute(CHAT_HOLDS.delete().where(CHAT_HOLDS.c.chat.in_(chats)))
    # what was said to them as to a stranger; an answer of the safeguarding contact still arrives
    as_strangers = OUTBOX.c.participant_id.is_(None) & OUTBOX.c.state.not_in(OPEN_STATES)
    tx.execute(OUTBOX.delete().where(OUTBOX.c.chat.in_(chats), as_strangers))
    for table in tables_with("participant_id"):
        theirs = table.c.participant_id == participant_id
        if table.c.participant_id.foreign_keys:
            tx.execute(table.delete().where(theirs))
        else:  # what outlives the person (the audit trail) does not tell any more whom it is about
            tx.execute(table.update().where(theirs).values(participant_id=None))
    tx.execute(PARTICIPANTS.delete().where(PARTICIPANTS.c.id == participant_id))


def tables_with(column: str) -> list[Table]:
    """All tables with such a column, those that hang on others first."""
    tables = reversed(SQLModel.metadata.sorted_tables)
    return [table for table in tables if column in table.columns]
