"""Whose events they are: from aliases to addresses and participants, or newcomers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from conversations.events import ContactDue
from storage.among import among
from storage.database import Storage
from storage.inbox.arrivals import Arrival
from storage.inbox.claim import blind_of
from storage.inbox.numbers import another_account, of_the_account, scoped_ids
from storage.inbox.writers import Shared, writers
from storage.outgoing import preferred_destinations
from storage.tables.core import ADDRESSES, ALIASES, COHORTS, NEWCOMERS, PARTICIPANTS

JOINING_FOR = timedelta(days=1)  # beside one logbook; then its owner is not asked any more who they are


@dataclass(frozen=True, slots=True)
class Whose:
    """An arrival and the rows of its person, as far as they exist."""

    arrival: Arrival
    chat: str
    blinds: tuple[str, ...]  # the address and its aliases
    person: Any  # the row of participant and address, joined; None for someone without a logbook
    newcomer: Any  # the row of someone who is joining; None for anyone else
    known: frozenset[str]  # which of the blinds lead to this address on file
    sharers: tuple[Any, ...] = ()  # the rows of all who share the chat, who wrote last first
    hold: Any = None  # what is known of who writes from a shared chat
    of_another_account: bool = False  # the number is theirs, WhatsApp's own id beside it is not

    @property
    def identities(self) -> set[str]:
        """Whatever else is of the same chat or the same person must wait for a later round."""
        return {self.chat, self.person.participant_id} if self.person else {self.chat}


def find_people(tx: Connection, storage: Storage, arrivals: Sequence[Arrival], now: datetime) -> list[Whose]:
    """The person of each arrival; on PostgreSQL their rows are locked, in the order of their ids."""
    blinds = [_blinds(storage, arrival) for arrival in arrivals]
    # Newcomers first: another process that is just enrolling one holds that row until the alias is there.
    newcomers = _newcomers(tx, {blind for each in blinds for blind in each})
    on_file = _by_alias(tx, {blind for each in blinds for blind in each})
    due = _by_participant(tx, [arrival.participant_id for arrival in arrivals])
    found: list[Whose] = []
    shared: dict[int, Shared] = {}
    for arrival, names in zip(arrivals, blinds, strict=True):
        rows = _unique(row for name in names for row in on_file.get(name, ()))
        if len(rows) > 1:
            rows = of_the_account(rows, on_file, scoped_ids(storage, arrival.inbound))
        newcomer = next((newcomers[name] for name in names if name in newcomers), None)
        joining = newcomer is not None and newcomer.touched_at > now - JOINING_FOR
        if rows and (len(rows) > 1 or joining or arrival.stranger):
            shared[len(found)] = Shared(arrival, rows[0].chat, rows, newcomer)
        person = rows[0] if rows else due.get(arrival.participant_id)
        if not names and (person is None or (person.address_id is None and not _at_the_desk(arrival))):
            continue  # a contact due for someone without an open address
        chat = person.chat if person else newcomer.blind if newcomer else names[0]
        joins = None if rows else newcomer  # beside others, `writers` says whose turn it is
        found.append(Whose(arrival, chat, names, person, joins, _known(names, person, on_file)))
    for position, writer in zip(shared, writers(tx, list(shared.values()), now), strict=True):
        whose, rows = found[position], shared[position].rows
        found[position] = replace(
            whose,
            person=writer.person,
            newcomer=writer.newcomer,
            known=_known(whose.blinds, writer.person, on_file),
            sharers=rows if writer.person or writer.unknown else (),
            hold=writer.hold,
        )
    return [_looked_at(tx, storage, whose) for whose in found]


def _looked_at(tx: Connection, storage: Storage, whose: Whose) -> Whose:
    """The same; where the number is known and the id beside it is not, whether both are of one account."""
    scoped = scoped_ids(storage, whose.arrival.inbound) if whose.person and whose.known else frozenset()
    if another_account(tx, whose.person, whose.blinds, whose.known, scoped):
        return replace(whose, of_another_account=True)
    return whose


def _unique(rows: Iterable[Any]) -> tuple[Any, ...]:
    """One row per address, who wrote last first."""
    by_address = {row.address_id: row for row in rows}
    return tuple(sorted(by_address.values(), key=lambda row: (row.last_inbound_at, row.address_id))[::-1])


def _known(names: Sequence[str], person: Any, on_file: Mapping[str, Sequence[Any]]) -> frozenset[str]:
    here = person.address_id if person else None
    return frozenset(name for name in names if any(row.address_id == here for row in on_file.get(name, ())))


def _at_the_desk(arrival: Arrival) -> bool:
    """Whether staff act for someone who is with them: no address is needed for that."""
    return arrival.inbound is None and not isinstance(arrival.event, ContactDue)


def _blinds(storage: Storage, arrival: Arrival) -> tuple[str, ...]:
    inbound = arrival.inbound
    if inbound is None:
        return ()
    aliases = (storage.vault.blind(inbound.channel, alias) for alias in inbound.aliases)
    return tuple(dict.fromkeys((blind_of(storage, arrival), *aliases)))


PERSON = (
    ADDRESSES.c.id.label("address_id"),
    ADDRESSES.c.account_id,
    ADDRESSES.c.channel,
    ADDRESSES.c.chat,
    ADDRESSES.c.state.label("address_state"),
    ADDRESSES.c.last_inbound_at,
    ADDRESSES.c.unsure_since,
    PARTICIPANTS.c.id.label("participant_id"),
    PARTICIPANTS.c.name,
    PARTICIPANTS.c.language,
    PARTICIPANTS.c.track,
    PARTICIPANTS.c.prompting,
    PARTICIPANTS.c.sms,
    PARTICIPANTS.c.joined_at,
    PARTICIPANTS.c.team_awaited_since,
    PARTICIPANTS.c.paused_until,
    PARTICIPANTS.c.minor_until,
    PARTICIPANTS.c.code,
    PARTICIPANTS.c.code_failures,
)
BY_ALIAS = (
    select(ALIASES.c.blind, *PERSON)
    .join(ADDRESSES, ADDRESSES.c.id == ALIASES.c.address_id)
    .join(PARTICIPANTS, PARTICIPANTS.c.id == ADDRESSES.c.participant_id)
    .where(among(ALIASES.c.blind, "blinds"))
    .order_by(PARTICIPANTS.c.id)
    .with_for_update(of=PARTICIPANTS)  # nothing on SQLite, whose writer is alone
)
JOINING = (
    select(NEWCOMERS, COHORTS.c.join_code)
    .join(COHORTS, COHORTS.c.id == NEWCOMERS.c.cohort_id)
    .where(among(NEWCOMERS.c.blind, "chats"))
    .order_by(NEWCOMERS.c.blind)
    .with_for_update(of=NEWCOMERS)
)


def _by_alias(tx: Connection, blinds: set[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in tx.execute(BY_ALIAS, {"blinds": blinds}) if blinds else ():
        found.setdefault(row.blind, []).append(row)
    return found


def _by_participant(tx: Connection, participant_ids: Sequence[str]) -> dict[str, Any]:
    wanted = {person for person in participant_ids if person}
    if not wanted:
        return {}
    reached = [where.address_id for where in preferred_destinations(tx, wanted).values()]
    query = (
        select(*PERSON)
        .select_from(PARTICIPANTS)
        .outerjoin(ADDRESSES, (ADDRESSES.c.participant_id == PARTICIPANTS.c.id) & ADDRESSES.c.id.in_(reached))
        .where(PARTICIPANTS.c.id.in_(wanted))
        .order_by(PARTICIPANTS.c.id)
        .with_for_update(of=PARTICIPANTS)  # nothing on SQLite, whose writer is alone
    )
    return {row.participant_id: row for row in tx.execute(query)}


def _newcomers(tx: Connection, chats: set[str]) -> dict[str, Any]:
    rows = tx.execute(JOINING, {"chats": chats}) if chats else ()
    return {row.blind: row for row in rows}
