"""Everything a batch of steps may know, with one query per table whatever the size of the batch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from conversations.events import ContactDue, Edited
from conversations.session import Place, Session
from conversations.snapshot import Newcomer, Participant, Project, Snapshot
from conversations.unsure import unsure_since
from conversations.vocabulary import (
    ConsentState,
    ContactKind,
    Language,
)
from storage.codec import SESSION
from storage.database import Storage
from storage.inbox.arrivals import Arrival, Case, Reached
from storage.inbox.attendance import with_workshops
from storage.inbox.entries import with_entries
from storage.inbox.holdings import with_rights
from storage.inbox.invitations import invitations
from storage.inbox.known import (
    contacts_of,
    media_consents_of,
    milestones_of,
    sessions_of,
    who_spoke_their_name,
)
from storage.inbox.linking import with_proofs
from storage.inbox.people import Whose, find_people
from storage.inbox.reports import edits_in_confidence
from storage.inbox.sharers import hidden_since, sharers, still_asking, words_lapse
from storage.inbox.sharing import with_sharing
from storage.inbox.taps import open_asking, tapped_buttons
from storage.inbox.undelivered import undelivered
from storage.keystore import PersonKey
from storage.plans import AHEAD
from storage.situations import said_situations


def load(
    tx: Connection, storage: Storage, project: Project, arrivals: Sequence[Arrival], now: datetime
) -> tuple[list[Case], list[Arrival]]:
    """The first arrival of each person as a case, and the arrivals that must wait for a later round."""
    first, later = _one_each(find_people(tx, storage, arrivals, now))
    participants = [whose.person.participant_id for whose in first if whose.person]
    keys = storage.keystore.of_participants(participants)
    sessions = sessions_of(tx, participants)
    milestones = milestones_of(tx, keys)
    said = said_situations(tx, [key.pseudonym for key in keys.values()])
    contacts = contacts_of(tx, participants)
    media = media_consents_of(tx, participants)
    unsent, unseen = undelivered(tx, first)
    spoke_name = who_spoke_their_name(tx, participants)
    tapped = tapped_buttons(tx, first)
    invited = invitations(tx, first)
    confidential = edits_in_confidence(tx, _edited(first))
    beside = sharers(tx, storage, first)
    hidden, asking = hidden_since(tx, first), still_asking(tx, first)
    cases = []
    for position, whose in enumerate(first):
        person = whose.person
        key = keys.get(person.participant_id) if person else None
        if person is not None and key is None:
            continue  # erased while the event was on its way
        inbound = whose.arrival.inbound
        channel = inbound.channel if inbound else person.channel
        stored = sessions.get(person.participant_id) if person else None
        snapshot = Snapshot(
            project=project,
            channel=channel,
            language_hint=_language_of(whose),
            newcomer=_newcomer(whose.newcomer) if person is None else None,
            participant=_participant(whose, key, contacts, media, spoke_name, now) if key else None,
            session=_session(stored, key, whose.newcomer, hidden=whose.chat in hidden),
            session_touched_at=hidden.get(whose.chat) or (stored.touched_at if stored else None),
            milestones=milestones.get(person.participant_id, ()) if person else (),
            said=said.get(key.pseudonym) if key else None,
            invitation=invited.get(position),
            tapped=tapped.get(position),
            sharers=beside.get(whose.chat, ()) if whose.sharers else (),
            who_asked=open_asking(whose, asking),
            words_lapse=words_lapse(whose.hold, now),
            chat_hidden=whose.hold is not None and whose.hold.hidden,
            edits_in_confidence=(whose.chat, inbound.message_id) in confidential if inbound else False,
            message_id=inbound.message_id if inbound else "",
            in_album=whose.arrival.in_album,
            question_unsent=person is not None and person.participant_id in unsent,
            question_unseen=person is not None and person.participant_id in unseen,
        )
        account = whose.arrival.account_id or (person.account_id if person else "")
        reached = Reached(channel, account, whose.chat, person.address_id if person else None)
        new_aliases = tuple(name for name in whose.blinds if name not in whose.known)
        shared = bool(whose.sharers) or whose.arrival.stranger or (whose.hold is not None)
        cases.append(Case(whose.arrival, snapshot, reached, key, new_aliases, shared, whose.hold))
    known = with_workshops(tx, with_sharing(tx, with_rights(tx, cases)))
    return with_proofs(tx, storage, with_entries(tx, storage, known), now), later


def _one_each(found: Sequence[Whose]) -> tuple[list[Whose], list[Arrival]]:
    first, later, seen = [], [], set[str]()
    for whose in found:
        if whose.identities & seen:
            later.append(whose.arrival)
        else:
            first.append(whose)
        seen |= whose.identities
    return first, later


def _edited(first: Sequence[Whose]) -> list[tuple[str, str]]:
    """The messages that were corrected, by chat and the provider's id."""
    inbound = [(whose.chat, whose.arrival.inbound) for whose in first]
    return [
        (chat, one.message_id)
        for chat, one in inbound
        if one and one.message_id and isinstance(one.content, Edited)
    ]


def _language_of(whose: Whose) -> Language | None:
    """Of someone unknown: what their app says, or what those read who share the phone."""
    if whose.person is None and whose.sharers:
        language: Language = whose.sharers[0].language
        return language
    inbound = whose.arrival.inbound
    return _hint(inbound.language_hint) if inbound else None


def _hint(tag: str) -> Language | None:
    code = tag.partition("-")[0].lower()
    return next((language for language in Language if language == code), None)


def _newcomer(row: Row[Any] | None) -> Newcomer | None:
    if row is None:
        return None
    return Newcomer(row.cohort_id, row.place, row.language, row.token, row.track, row.join_code)


def _participant(
    whose: Whose,
    key: PersonKey,
    contacts: Mapping[str, list[Row[Any]]],
    media: Mapping[str, ConsentState],
    spoke_name: set[str],
    now: datetime,
) -> Participant:
    row, at = whose.person, whose.arrival.at
    theirs = contacts.get(row.participant_id, [])
    follow_ups = [contact for contact in theirs if contact.kind is ContactKind.FOLLOW_UP]
    planned = [contact for contact in theirs if contact.state in AHEAD]
    name = key.cipher.open_text(row.name, f"participants.name:{row.participant_id}") if row.name else ""
    return Participant(
        id=row.participant_id,
        language=row.language,
        prompting=row.prompting,
        sms=row.sms,
        joined_at=row.joined_at,
        first_name=name,
        contact_planned=any(contact.kind is ContactKind.CHECK_IN for contact in planned),
        media=media.get(row.participant_id),
        follow_up_at=min((each.due_at for each in planned if each in follow_ups), default=None),
        followed_up_at=max((each.sent_at for each in follow_ups if each.sent_at), default=None),
        team_awaited=row.team_awaited_since is not None,
        paused_until=row.paused_until,
        track=row.track,
        code=key.cipher.open_text(row.code, f"participants.code:{row.participant_id}") if row.code else "",
        code_failures=row.code_failures,
        minor=row.minor_until is not None and row.minor_until > at,
        name_spoken=row.participant_id in spoke_name,
        unsure_since=_unsure_since(whose, now),
    )


def _unsure_since(whose: Whose, now: datetime) -> datetime | None:
    """Since when nobody knows who has the address, by our own clock; staff at the desk see who is there."""
    row, arrival = whose.person, whose.arrival
    if row.address_id is None or not (arrival.inbound or isinstance(arrival.event, ContactDue)):
        return None
    known = row.unsure_since or (now if whose.of_another_account else None)
    return unsure_since(row.last_inbound_at, now, known)


def _session(
    stored: Row[Any] | None, key: PersonKey | None, newcomer: Row[Any] | None, *, hidden: bool
) -> Session:
    if stored is not None and key is not None:
        body = key.cipher.open(stored.body, f"sessions.body:{stored.participant_id}")
        session = SESSION.validate_json(body)
        return replace(session, place=Place.HIDDEN) if hidden else session
    return Session(newcomer.place, newcomer.token) if newcomer else Session()
