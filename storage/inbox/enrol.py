"""The rows a new participant begins with, and the further names an address turns out to have."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from conversations.changes import Enrolled
from conversations.vocabulary import ConsentState
from storage.database import Storage
from storage.inbox.arrivals import Settled, changes_of
from storage.tables.core import ADDRESSES, ALIASES, MEMBERSHIPS, NEWCOMERS, PARTICIPANTS
from storage.tables.vocabulary import AddressState
from storage.upsert import upsert


def enrol(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> list[Settled]:
    """Create those who consented; the same cases, where theirs now have a key and an address."""
    enrolled = {id(each): change for each, change in changes_of(settled, Enrolled)}
    if not enrolled:
        return list(settled)
    keys = storage.keystore.create(((e.participant_id, e.pseudonym) for e in enrolled.values()), now)
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
            for change in enrolled.values()
        ],
    )
    tx.execute(
        MEMBERSHIPS.insert(),
        [
            {"participant_id": change.participant_id, "cohort_id": change.cohort_id, "since": now}
            for change in enrolled.values()
        ],
    )
    complete, addresses = [], []
    for each in settled:
        change, inbound = enrolled.get(id(each)), each.case.arrival.inbound
        if change is None or inbound is None:
            complete.append(each)
            continue
        key, address_id, reached = keys[change.participant_id], storage.ids.row(), each.case.reached
        addresses.append(
            {
                "id": address_id,
                "participant_id": change.participant_id,
                "channel": reached.channel,
                "account_id": reached.account_id,
                "chat": reached.chat,
                "sealed_address": key.cipher.seal_text(
                    inbound.address, f"addresses.sealed_address:{address_id}"
                ),
                "state": AddressState.OPEN,
                "last_inbound_at": now,
            }
        )
        case = replace(each.case, key=key, reached=replace(reached, address_id=address_id))
        complete.append(replace(each, case=case))
    tx.execute(ADDRESSES.insert(), addresses)
    gone = [address["chat"] for address in addresses]
    tx.execute(NEWCOMERS.delete().where(NEWCOMERS.c.blind.in_(gone)))
    return complete


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
