"""Take the events that are new. A provider repeats what it believes unheard; a repetition does nothing."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from conversations.events import Elsewhere
from storage.database import Storage
from storage.inbox.arrivals import Arrival
from storage.tables.core import EVENTS

ALBUM = "album"  # how the id begins by which an album is known once its first file came
TOLD_GROUP = "told"  # how the id begins by which a group is known that was told; it is never forgotten

Key = tuple[str, str]  # account and event


def claim(tx: Connection, storage: Storage, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The arrivals never seen before, now marked as seen, in their order. Contacts due are not events.

    Of an album all files but the first are marked; of a group only the first message ever is kept.
    """
    keyed: dict[Key, Arrival] = {}
    for arrival in arrivals:
        if arrival.inbound is not None:
            keyed.setdefault((arrival.account_id, arrival.inbound.event_id), arrival)
    if not keyed:
        return list(arrivals)
    together = {key: mark for key, arrival in keyed.items() if (mark := _mark(storage, arrival))}
    marks = {mark: keyed[key] for key, mark in reversed(together.items())}
    new = _insert(tx, storage, {**keyed, **marks})
    kept = []
    for key, arrival in keyed.items():
        mark = together.get(key)
        leads = mark is None or mark in new
        if key not in new or (isinstance(arrival.event, Elsewhere) and not leads):
            continue
        if mark is not None:
            new.discard(mark)
        kept.append(arrival if leads else replace(arrival, in_album=True))
    return kept + [arrival for arrival in arrivals if arrival.inbound is None]


def _mark(storage: Storage, arrival: Arrival) -> Key | None:
    """An event that stands for all of an album, or for all that is ever said to us in one group."""
    inbound = arrival.inbound
    if inbound is None:
        return None
    if isinstance(inbound.content, Elsewhere):
        return arrival.account_id, f"{TOLD_GROUP}/{blind_of(storage, arrival)}"
    return (arrival.account_id, f"{ALBUM}/{inbound.album}") if inbound.album else None


def _insert(tx: Connection, storage: Storage, events: dict[Key, Arrival]) -> set[Key]:
    """Mark them all as seen; those that were not."""
    insert = (postgresql if storage.locks_rows else sqlite).insert(EVENTS)
    fresh = tx.execute(
        insert.on_conflict_do_nothing().returning(EVENTS.c.account_id, EVENTS.c.event_id),
        [
            {
                "account_id": account,
                "event_id": event,
                "blind": blind_of(storage, arrival),
                "received_at": arrival.at,
                "message_id": arrival.inbound.message_id
                if arrival.inbound and arrival.inbound.event_id == event
                else "",
            }
            # in one order everywhere, so that two processes cannot wait for each other
            for (account, event), arrival in sorted(events.items(), key=lambda item: item[0])
        ],
    )
    return {(row.account_id, row.event_id) for row in fresh}


def blind_of(storage: Storage, arrival: Arrival) -> str:
    """The blind index of the address an event came from."""
    inbound = arrival.inbound
    return storage.vault.blind(inbound.channel, inbound.address) if inbound else ""
