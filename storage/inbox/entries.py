"""What a step may know of people without a logbook of their own here: one-time codes, and who helps them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from conversations.entry.invitations import candidates
from conversations.events import Edited, Text
from conversations.snapshot import Entry
from storage.database import Storage
from storage.inbox.arrivals import Case
from storage.tables.core import COHORTS, ENTRY_CODES, ORGANISATIONS, PARTICIPANTS

CODE_LENGTH = 9  # of a one-time code
LONGEST_WITH_CODE = 100  # characters; a longer message is no code
ENTRY = "entry"  # the kind of the blind index


def with_entries(tx: Connection, storage: Storage, cases: Sequence[Case]) -> list[Case]:
    """The same cases; strangers with the logbook that their code opens, newcomers with their association."""
    codes = {id(case): blinds for case in cases if (blinds := _blinds(storage, case))}
    entries = _entries(tx, cases, {blind for blinds in codes.values() for blind in blinds})
    contacts = _contacts(tx, cases)
    found = []
    for case in cases:
        blind = next((one for one in codes.get(id(case), ()) if one in entries), None)
        newcomer = case.snapshot.newcomer
        if blind is not None:  # it works once, so for the first who sends it
            entry = entries[blind] if case.snapshot.participant else entries.pop(blind)
            case = replace(case, snapshot=replace(case.snapshot, entry=entry))
        elif newcomer is not None and newcomer.cohort_id in contacts:
            known = replace(newcomer, contact=contacts[newcomer.cohort_id])
            case = replace(case, snapshot=replace(case.snapshot, newcomer=known))
        found.append(case)
    return found


def _blinds(storage: Storage, case: Case) -> tuple[str, ...]:
    event = case.arrival.event
    if not isinstance(event, Text | Edited) or not CODE_LENGTH <= len(event.text) <= LONGEST_WITH_CODE:
        return ()
    if case.snapshot.participant:  # for another person on this phone: the whole message, then
        whole = candidates(event.text)[:1]
        return tuple(storage.vault.blind(ENTRY, code) for code in whole if len(code) == CODE_LENGTH)
    return tuple(storage.vault.blind(ENTRY, code) for code in candidates(event.text))


def _entries(tx: Connection, cases: Sequence[Case], blinds: set[str]) -> dict[str, Entry]:
    if not blinds:
        return {}
    now = max(case.arrival.at for case in cases)
    query = (
        select(ENTRY_CODES.c.blind, PARTICIPANTS.c.id, PARTICIPANTS.c.language)
        .join(PARTICIPANTS, PARTICIPANTS.c.id == ENTRY_CODES.c.participant_id)
        .where(ENTRY_CODES.c.blind.in_(blinds), ENTRY_CODES.c.expires_at > now)
        .order_by(PARTICIPANTS.c.id)
        .with_for_update(of=ENTRY_CODES)  # nothing on SQLite, whose writer is alone
    )
    return {row.blind: Entry(row.id, row.language) for row in tx.execute(query)}


def _contacts(tx: Connection, cases: Sequence[Case]) -> dict[str, str]:
    """How people reach the association of a cohort, by cohort; absent where it is not set."""
    cohorts = {case.snapshot.newcomer.cohort_id for case in cases if case.snapshot.newcomer}
    if not cohorts:
        return {}
    query: Any = (
        select(COHORTS.c.id, ORGANISATIONS.c.contact)
        .join(ORGANISATIONS, ORGANISATIONS.c.id == COHORTS.c.organisation_id)
        .where(COHORTS.c.id.in_(cohorts), ORGANISATIONS.c.contact != "")
    )
    return {row.id: row.contact for row in tx.execute(query)}
