"""The rows a logbook begins with, the address it is entered from, and further names of an address."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from conversations.changes import Enrolled, LogbookEntered
from conversations.vocabulary import ConsentState
from storage.database import Storage
from storage.inbox.arrivals import Settled, changes_of
from storage.keystore import PersonKey
from storage.tables.core import ADDRESSES, ALIASES, ENTRY_CODES, MEMBERSHIPS, NEWCOMERS, PARTICIPANTS
from storage.tables.vocabulary import AddressState
from storage.upsert import upsert


def enrol(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> list[Settled]:
    """Create those who consented; the same cases, where theirs now have a key and an address."""
    enrolled = {id(each): change for each, change in changes_of(settled, Enrolled)}
    entered = {id(each): change.participant_id for each, change in changes_of(settled, LogbookEntered)}
    if not enrolled and not entered:
        return list(settled)
    keys = _begin(tx, storage, list(enrolled.values()), now)
    keys |= storage.keystore.of_participants(entered.values())
    whose = {**{case: change.participant_id for case, change in enrolled.items()}, **entered}
    there = _addresses_there(tx, [*entered.values()])
    complete, addresses, gone = [], [], []
    for each in settled:
        key, inbound = keys.get(whose.get(id(each), "")), each.case.arrival.inbound
        if key is None or inbound is None:
            complete.append(each)
            continue
        reached = each.case.reached
        known = there.get((key.participant_id, reached.chat))
        address_id = known or storage.ids.row()
        gone.append(reached.chat)
        new = {
            "id": address_id,
            "participant_id": key.participant_id,
            "channel": reached.channel,
            "account_id": reached.account_id,
            "chat": reached.chat,
            "sealed_address": key.cipher.seal_text(inbound.address, f"addresses.sealed_address:{address_id}"),
            "state": AddressState.OPEN,
            "last_inbound_at": now,
        }
        if known is None:
            addresses.append(new)
        case = replace(each.case, key=key, reached=replace(reached, address_id=address_id))
        complete.append(replace(each, case=case))
    if addresses:
        tx.execute(ADDRESSES.insert(), addresses)
    tx.execute(NEWCOMERS.delete().where(NEWCOMERS.c.blind.in_(gone)))
    tx.execute(ENTRY_CODES.delete().where(ENTRY_CODES.c.participant_id.in_(list(entered.values()))))
    return complete


def _addresses_there(tx: Connection, participant_ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """The addresses that these people have, by person and chat: who shares a phone may come again."""
    if not participant_ids:
        return {}
    rows = tx.execute(select(ADDRESSES).where(ADDRESSES.c.participant_id.in_(participant_ids)))
    return {(row.participant_id, row.chat): row.id for row in rows}


def _begin(
    tx: Connection, storage: Storage, enrolled: Sequence[Enrolled], now: datetime
) -> dict[str, PersonKey]:
    """A key, a row and a cohort for each; the keys by participant."""
    if not enrolled:
        return {}
    keys = storage.keystore.create(((each.participant_id, each.pseudonym) for each in enrolled), now)
    tx.execute(
        PARTICIPANTS.insert(),
        [
            {
                "id": change.participant_id,
                "language": change.language,
                "track": change.track,
                "prompting": ConsentState.REFUSED,  # until they say yes to being written to
                "joined_at": now,
                "changed_at": now,
            }
            for change in enrolled
        ],
    )
    tx.execute(
        MEMBERSHIPS.insert(),
        [
            {"participant_id": change.participant_id, "cohort_id": change.cohort_id, "since": now}
            for change in enrolled
        ],
    )
    return keys


def learn_aliases(tx: Connection, settled: Sequence[Settled]) -> None:
    """Remember the names under which an address wrote for the first time."""
    rows = [
        {"blind": blind, "address_id": each.case.reached.address_id}
        for each in settled
        if each.case.reached.address_id
        for blind in each.case.new_aliases
    ]
    if rows:
        tx.execute(upsert(tx, ALIASES), rows)
