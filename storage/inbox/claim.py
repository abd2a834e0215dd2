"""Take the events that are new. A provider repeats what it believes unheard; a repetition does nothing."""

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Storage
from storage.inbox.arrivals import Arrival
from storage.tables.core import EVENTS


def claim(tx: Connection, storage: Storage, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The arrivals never seen before, now marked as seen, in their order. Contacts due are not events."""
    keyed: dict[tuple[str, str], Arrival] = {}
    for arrival in arrivals:
        if arrival.inbound is not None:
            keyed.setdefault((arrival.account_id, arrival.inbound.event_id), arrival)
    if not keyed:
        return list(arrivals)
    insert = (postgresql if storage.locks_rows else sqlite).insert(EVENTS)
    fresh = tx.execute(
        insert.on_conflict_do_nothing().returning(EVENTS.c.account_id, EVENTS.c.event_id),
        [
            {
                "account_id": account,
                "event_id": event,
                "blind": blind_of(storage, arrival),
                "received_at": arrival.at,
                "message_id": arrival.inbound.message_id if arrival.inbound else "",
            }
            # in one order everywhere, so that two processes cannot wait for each other
            for (account, event), arrival in sorted(keyed.items(), key=lambda item: item[0])
        ],
    )
    new = {(row.account_id, row.event_id) for row in fresh}
    kept = [arrival for key, arrival in keyed.items() if key in new]
    return kept + [arrival for arrival in arrivals if arrival.inbound is None]


def blind_of(storage: Storage, arrival: Arrival) -> str:
    """The blind index of the address an event came from."""
    inbound = arrival.inbound
    return storage.vault.blind(inbound.channel, inbound.address) if inbound else ""
