"""Two addresses of one person: the proof that they are, and the address led to the logbook that was there.

A code goes to the address that a number is known by; only its keyed hash is kept. For a
number that nobody has the row is the same, without an address, so that asking tells nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select

from conversations.answers import digits, read_phone
from conversations.changes import AddressLinked, LinkAsked, LinkMistyped
from conversations.entry.linking import DIGITS, LINKING
from conversations.events import ContactCard, Text
from conversations.messages import Prompt, PromptKind, Say
from conversations.snapshot import Proof
from conversations.unsure import unsure_since
from conversations.vocabulary import Channel, DeliveryState
from storage.addresses import free
from storage.database import Storage
from storage.inbox.arrivals import Case, Settled, changes_of
from storage.keystore import PersonKey
from storage.outgoing import Outgoing, enqueue
from storage.tables.core import (
    ADDRESSES,
    ALIASES,
    ERASURES,
    LINK_PROOFS,
    NEWCOMERS,
    OUTBOX,
    PARTICIPANTS,
    SUBMISSIONS,
    VERSIONS,
)
from storage.tables.vocabulary import AddressState, ErasureState

MOST_TRIES = 5
MOST_ASKED = 3  # codes an hour, from one address and to one address


def with_proofs(tx: Connection, storage: Storage, cases: Sequence[Case], now: datetime) -> list[Case]:
    """The same cases; those on the way to a proof with what their message proves."""
    near = [case for case in cases if case.snapshot.session.place in LINKING]
    if not near:
        return list(cases)
    open_proofs = _open_proofs(tx, [case.reached.chat for case in near])
    numbers = {case.reached.chat: _own_number(case) for case in near}
    owners = _owners(tx, storage, {number for number in numbers.values() if number})
    wrote = _wrote_more(tx, [case.key.pseudonym for case in near if case.key])
    found = []
    for case in cases:
        if case.snapshot.session.place in LINKING:
            owner, asked = owners.get(numbers[case.reached.chat] or ""), open_proofs.get(case.reached.chat)
            proof, proved, by = Proof.NONE, "", owner or asked
            if owner is not None:
                proof, proved = Proof.RIGHT, owner.participant_id
            elif asked is not None:
                proof, proved = _tried(storage, case, asked)
            unsure = proof is Proof.RIGHT and by is not None and _is_unsure(by, now)
            if case.key and proved == case.key.participant_id and (owner or unsure or not _unsure_here(case)):
                proof, proved = Proof.NONE, ""  # this address leads there already
            more = case.key is not None and case.key.pseudonym in wrote
            snapshot = replace(
                case.snapshot,
                proof=proof,
                proved_to_be=proved,
                proof_unsure=unsure,
                wrote_more=more,
                code_asked_at=asked.asked_at if asked else None,
            )
            case = replace(case, snapshot=snapshot)
        found.append(case)
    return found


def _open_proofs(tx: Connection, chats: Sequence[str]) -> dict[str, Row[Any]]:
    """The newest proof that each of these chats asked for."""
    query = (
        select(LINK_PROOFS, ADDRESSES.c.participant_id, ADDRESSES.c.last_inbound_at, ADDRESSES.c.unsure_since)
        .outerjoin(ADDRESSES, ADDRESSES.c.id == LINK_PROOFS.c.address_id)
        .where(LINK_PROOFS.c.chat.in_(chats))
        .order_by(LINK_PROOFS.c.asked_at, LINK_PROOFS.c.id)
    )
    return {row.chat: row for row in tx.execute(query)}


def _is_unsure(address: Row[Any], at: datetime) -> bool:
    """Whether an address was silent for so long that it may be somebody else's."""
    return unsure_since(address.last_inbound_at, at, address.unsure_since) is not None


def _unsure_here(case: Case) -> bool:
    """Whether somebody known has to prove that it is them: by a code, since a number may be another's now."""
    return case.snapshot.participant is not None and case.snapshot.participant.unsure


def _tried(storage: Storage, case: Case, proof: Row[Any]) -> tuple[Proof, str]:
    if proof.tries >= MOST_TRIES or not isinstance(case.arrival.event, Text):
        return Proof.NONE, ""
    written = _hashed(storage, proof.chat, digits(case.arrival.event.text))
    if proof.participant_id is None or written != proof.code:
        return Proof.WRONG, ""
    return Proof.RIGHT, proof.participant_id


def _hashed(storage: Storage, chat: str, code: str) -> str:
    return storage.vault.blind("link", f"{chat}:{code}")


def _own_number(case: Case) -> str | None:
    event = case.arrival.event
    return read_phone(event.phone) if isinstance(event, ContactCard) and event.own else None


def _owners(tx: Connection, storage: Storage, numbers: set[str]) -> dict[str, Row[Any]]:
    """The address that each number is known by, the one written from last; none where several people share
    it, since a number does not tell then whose logbook is meant."""
    names = {
        storage.vault.blind(channel, name): number
        for number in numbers
        for channel, name in ((Channel.WHATSAPP, f"whatsapp:{number}"), (Channel.SMS, number))
    }
    if not names:
        return {}
    query = (
        select(ALIASES.c.blind, ADDRESSES, PARTICIPANTS.c.language)
        .join(ADDRESSES, ADDRESSES.c.id == ALIASES.c.address_id)
        .join(PARTICIPANTS, PARTICIPANTS.c.id == ADDRESSES.c.participant_id)
        .where(ALIASES.c.blind.in_(names), ADDRESSES.c.state == AddressState.OPEN)
        .order_by(ADDRESSES.c.last_inbound_at, ADDRESSES.c.id)
    )
    rows = tx.execute(query).all()
    people: dict[str, set[str]] = {}
    for row in rows:
        people.setdefault(names[row.blind], set()).add(row.participant_id)
    return {names[row.blind]: row for row in rows if len(people[names[row.blind]]) == 1}


def _wrote_more(tx: Connection, pseudonyms: Sequence[str]) -> set[str]:
    """Who handed in more than the profile."""
    if not pseudonyms:
        return set()
    query = select(SUBMISSIONS.c.pseudonym).join(VERSIONS, VERSIONS.c.id == SUBMISSIONS.c.form_version_id)
    return set(
        tx.scalars(query.where(SUBMISSIONS.c.pseudonym.in_(pseudonyms), VERSIONS.c.form_id != "profile"))
    )


def save_proofs(tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime) -> None:
    """Send the codes that were asked for, and count the wrong ones."""
    asked = [(each.case.reached, change.phone) for each, change in changes_of(settled, LinkAsked)]
    if asked:
        owners = _owners(tx, storage, {phone for _, phone in asked})
        own = {each.case.reached.chat for each, _ in changes_of(settled, LinkAsked)}
        known = {phone: row for phone, row in owners.items() if row.chat not in own}
        often_asking = _often(tx, LINK_PROOFS.c.chat, [reached.chat for reached, _ in asked], now)
        often_asked = _often(tx, LINK_PROOFS.c.address_id, [row.id for row in known.values()], now)
        keys = storage.keystore.of_participants(row.participant_id for row in known.values())
        rows, messages = [], []
        for reached, phone in asked:
            if reached.chat in often_asking:
                continue
            owner, code = known.get(phone), storage.ids.code(DIGITS)
            key = keys.get(owner.participant_id) if owner else None
            if owner is None or owner.id in often_asked:
                key = None
            rows.append(
                {
                    "id": storage.ids.row(),
                    "chat": reached.chat,
                    "address_id": owner.id if owner is not None and key else None,
                    "code": _hashed(storage, reached.chat, code),
                    "tries": 0,
                    "asked_at": now,
                }
            )
            if owner is not None and key:
                messages.append(_message(owner, key, code))
        if rows:
            tx.execute(LINK_PROOFS.insert(), rows)
        enqueue(tx, storage, messages, now)
    wrong = [each.case.reached.chat for each, _ in changes_of(settled, LinkMistyped)]
    if wrong:
        counted = LINK_PROOFS.update().where(LINK_PROOFS.c.chat.in_(wrong))
        tx.execute(counted.values(tries=LINK_PROOFS.c.tries + 1))


def _often(tx: Connection, column: Any, values: Sequence[str], now: datetime) -> set[str]:
    lately = select(column).where(column.in_(values), LINK_PROOFS.c.asked_at > now - timedelta(hours=1))
    return set(tx.scalars(lately.group_by(column).having(func.count() >= MOST_ASKED)))


def _message(owner: Row[Any], key: PersonKey, code: str) -> Outgoing:
    return Outgoing(
        prompt=Prompt(PromptKind.REPLY, (Say("link.code", {"code": code}),)),
        language=owner.language,
        account_id=owner.account_id,
        chat=owner.chat,
        cipher=key.cipher,
        participant_id=owner.participant_id,
        address_id=owner.id,
    )


def lead_addresses(
    tx: Connection, storage: Storage, settled: Sequence[Settled], now: datetime
) -> list[Settled]:
    """Lead proved addresses to the logbook that was there; the same cases, theirs now as that person's.

    A logbook that was begun here and is empty is erased like any other. Where the conversation of the other
    stood stays as it was.
    """
    linked = {id(each): change for each, change in changes_of(settled, AddressLinked)}
    if not linked:
        return list(settled)
    keys = storage.keystore.of_participants(change.participant_id for change in linked.values())
    to = {each: keys.get(change.participant_id) for each, change in linked.items()}
    complete = [_led(tx, storage, each, key, now) if (key := to.get(id(each))) else each for each in settled]
    here = [each.case for each in settled if id(each) in linked]
    joining = [case.reached.chat for case in here if case.snapshot.newcomer]
    tx.execute(LINK_PROOFS.delete().where(LINK_PROOFS.c.chat.in_([case.reached.chat for case in here])))
    tx.execute(NEWCOMERS.delete().where(NEWCOMERS.c.blind.in_(joining)))
    return complete


def _led(tx: Connection, storage: Storage, each: Settled, key: PersonKey, now: datetime) -> Settled:
    case, inbound = each.case, each.case.arrival.inbound
    if inbound is None:
        return each
    there = select(ADDRESSES.c.id).where(
        ADDRESSES.c.participant_id == key.participant_id, ADDRESSES.c.chat == case.reached.chat
    )
    already = tx.scalar(there)  # they share this chat, and had begun another logbook in it
    if already is not None and case.reached.address_id:
        free(tx, [case.reached.address_id], now)
    address_id = already or case.reached.address_id or storage.ids.row()
    row: Mapping[str, Any] = {
        "participant_id": key.participant_id,
        "sealed_address": key.cipher.seal_text(inbound.address, f"addresses.sealed_address:{address_id}"),
        "last_inbound_at": now,
        "unsure_since": each.unsure_since,
    }
    if already or case.reached.address_id:
        tx.execute(ADDRESSES.update().where(ADDRESSES.c.id == address_id).values(row))
    else:
        where = {
            "channel": case.reached.channel,
            "account_id": case.reached.account_id,
            "chat": case.reached.chat,
        }
        tx.execute(ADDRESSES.insert(), {"id": address_id, "state": AddressState.OPEN, **where, **row})
    if case.key is not None:
        _let_go(tx, case.key.participant_id, now)
    stays = replace(case.snapshot, session=each.outcome.session)  # nothing of it is written over the other's
    reached = replace(case.reached, address_id=address_id)
    return replace(each, case=replace(case, key=key, reached=reached, snapshot=stays))


def _let_go(tx: Connection, participant_id: str, now: datetime) -> None:
    """The empty logbook goes; nothing of it is sent any more."""
    own = (OUTBOX.c.participant_id == participant_id) & OUTBOX.c.state.in_(
        [DeliveryState.QUEUED, DeliveryState.WAITING]
    )
    tx.execute(OUTBOX.update().where(own).values(state=DeliveryState.CANCELLED, settled_at=now))
    leaving = {"state": ErasureState.LEAVING, "erase_at": now, "planned_at": now, "said_goodbye_at": now}
    tx.execute(ERASURES.insert(), {"participant_id": participant_id, **leaving})
