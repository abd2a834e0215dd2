"""All that a batch of outcomes asks for, with one statement per table, in the transaction that loaded it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from storage.database import Storage
from storage.inbox.arrivals import Arrival, Settled
from storage.inbox.attendance import save_attendance
from storage.inbox.codes import save_codes
from storage.inbox.enrol import enrol, learn_aliases
from storage.inbox.holds import save_holds
from storage.inbox.linking import lead_addresses, save_proofs
from storage.inbox.logbook import save_logbook
from storage.inbox.numbers import follow_numbers
from storage.inbox.replies import clear_chats, release_waiting, save_prompts, save_sessions, save_tokens
from storage.inbox.reports import save_reports
from storage.inbox.rights import save_rights
from storage.inbox.sharing import save_sharing
from storage.inbox.spoken import save_spoken
from storage.inbox.traces import (
    free_addresses,
    save_addresses,
    save_messages,
    save_newcomers,
    save_participants,
)


def save(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> list[Arrival]:
    """Write the outcomes, at most one per person; what waited until it was clear who wrote is given back."""
    complete = enrol(tx, storage, settled, now)
    complete = lead_addresses(tx, storage, complete, now)
    learn_aliases(tx, complete)
    save_proofs(tx, storage, complete, now)
    save_messages(tx, storage, complete, now)
    save_newcomers(tx, complete, now)
    save_participants(tx, complete, now)
    save_addresses(tx, complete, now)
    save_logbook(tx, storage, complete, now)
    save_attendance(tx, complete, now)
    save_spoken(tx, complete, now)
    save_rights(tx, complete, now)
    save_codes(tx, complete)
    save_reports(tx, storage, complete, now)
    save_sharing(tx, storage, complete, now)
    save_sessions(tx, complete, now)
    save_tokens(tx, complete, now)
    release_waiting(tx, complete, now)
    clear_chats(tx, storage, complete, now)
    free_addresses(tx, complete, now)
    taken_up = save_holds(tx, storage, complete, now)
    save_prompts(tx, storage, complete, now)
    follow_numbers(tx, storage, complete, now)
    return taken_up
