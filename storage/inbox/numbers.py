"""A person keeps their logbook when their phone number changes: WhatsApp's business-scoped id says who it is.

Their address follows the new number; the old one leads to them no more: whoever gets it next is a stranger.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from conversations.events import InboundEvent
from conversations.vocabulary import Channel
from storage.database import Storage
from storage.inbox.arrivals import Settled
from storage.tables.core import (
    ADDRESSES,
    ALIASES,
    CHAT_HOLDS,
    EVENTS,
    LINK_PROOFS,
    OUTBOX,
    PARTS,
    TOKENS,
)
from storage.tables.vocabulary import AddressState
from storage.upsert import upsert

NUMBER = "whatsapp:+"  # how an address with a phone number begins; the scoped id has none


def scoped_ids(storage: Storage, inbound: InboundEvent | None) -> frozenset[str]:
    """The blind indexes of the business-scoped ids among the names of an event."""
    if inbound is None or inbound.channel is not Channel.WHATSAPP:
        return frozenset()
    names = [name for name in (inbound.address, *inbound.aliases) if not name.startswith(NUMBER)]
    return frozenset(storage.vault.blind(Channel.WHATSAPP, name) for name in names)


def of_the_account(
    rows: tuple[Any, ...], on_file: Mapping[str, Sequence[Any]], scoped: frozenset[str]
) -> tuple[Any, ...]:
    """Those of these addresses that are meant: a number changes hands, so the scoped id tells more."""
    ids = {row.address_id for name in scoped for row in on_file.get(name, ())}
    chats = {row.chat for row in rows if row.address_id in ids}
    return tuple(row for row in rows if row.chat in chats) if chats else rows


def another_account(
    tx: Connection, row: Any, names: Sequence[str], known: frozenset[str], scoped: frozenset[str]
) -> bool:
    """Whether a number that leads to this address is shown with a scoped id that is not theirs.

    Then somebody else may have the number by now. Asked of the database only where an id is new.
    """
    if not scoped or scoped & known:
        return False
    other = (ALIASES.c.address_id == row.address_id) & ALIASES.c.blind.not_in(names)
    return tx.execute(select(ALIASES.c.blind).where(other).limit(1)).first() is not None


def follow_numbers(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    """Write to the number that the event shows from now on, where it is new for a known address.

    Last of all that is saved: the chat may be known by another index afterwards.
    """
    for each in settled:
        case, inbound = each.case, each.case.arrival.inbound
        if inbound is None or not case.new_aliases or case.snapshot.participant is None:
            continue
        if not inbound.address.startswith(NUMBER) or each.outcome.in_confidence:
            continue
        number, scoped = storage.vault.blind(inbound.channel, inbound.address), scoped_ids(storage, inbound)
        if number in case.new_aliases and scoped - set(case.new_aliases):
            blinds = (storage.vault.blind(inbound.channel, name) for name in inbound.aliases)
            names = {number, *blinds}
            _leave_to_them(tx, storage, case.reached.chat, names - scoped)
            _follow(tx, storage, case.reached.chat, inbound.address, names, now)


def _leave_to_them(tx: Connection, storage: Storage, chat: str, numbers: set[str]) -> None:
    """Who was known by this number before has another one by now, or none: it leads to them no more."""
    others = select(ADDRESSES.c.id, ADDRESSES.c.chat).join(ALIASES, ALIASES.c.address_id == ADDRESSES.c.id)
    rows = tx.execute(others.where(ALIASES.c.blind.in_(numbers), ADDRESSES.c.chat != chat)).all()
    before: dict[str, list[str]] = {}
    for row in rows:
        before.setdefault(row.chat, []).append(row.id)
    for former, ids in before.items():
        tx.execute(ALIASES.delete().where(ALIASES.c.blind.in_(numbers), ALIASES.c.address_id.in_(ids)))
        gone = ADDRESSES.update().where(ADDRESSES.c.id.in_(ids), ADDRESSES.c.state == AddressState.OPEN)
        tx.execute(gone.values(state=AddressState.UNREACHABLE))
        _rename(tx, former, storage.vault.blind("former", former), ids)


def _follow(
    tx: Connection, storage: Storage, chat: str, address: str, names: set[str], now: datetime
) -> None:
    """Everyone who writes from this chat is found by these names only, and written to at this address."""
    rows = tx.execute(select(ADDRESSES).where(ADDRESSES.c.chat == chat)).all()
    keys = storage.keystore.of_participants(row.participant_id for row in rows)
    ids = [row.id for row in rows]
    old = ALIASES.c.address_id.in_(ids) & ALIASES.c.blind.not_in(names)
    ended = {row.blind for row in tx.execute(ALIASES.delete().where(old).returning(ALIASES.c.blind))}
    tx.execute(upsert(tx, ALIASES), [{"blind": name, "address_id": one} for one in ids for name in names])
    for row in rows:
        sealed = keys[row.participant_id].cipher.seal_text(address, f"addresses.sealed_address:{row.id}")
        changed = {"number_changed_at": now} if ended else {}
        tx.execute(
            ADDRESSES.update().where(ADDRESSES.c.id == row.id).values(sealed_address=sealed, **changed)
        )
    if chat in ended:  # else the next one with the old number would share the chat
        _rename(tx, chat, storage.vault.blind(Channel.WHATSAPP, address), ids)


def _rename(tx: Connection, chat: str, to: str, address_ids: Sequence[str]) -> None:
    """Know the chat by another index, in everything that is theirs."""
    tx.execute(ADDRESSES.update().where(ADDRESSES.c.id.in_(address_ids)).values(chat=to))
    for table in (OUTBOX, PARTS, LINK_PROOFS, CHAT_HOLDS):
        tx.execute(table.update().where(table.c.chat == chat).values(chat=to))
    tx.execute(TOKENS.update().where(TOKENS.c.owner == chat).values(owner=to))
    tx.execute(EVENTS.update().where(EVENTS.c.blind == chat).values(blind=to))
