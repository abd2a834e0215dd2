"""What is on file about the people of a batch. The statements are made once, whoever they are for."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from conversations.snapshot import Milestone
from conversations.vocabulary import ConsentPurpose, ConsentState, ContactKind, Verification
from storage.among import among
from storage.inbox.arrivals import Keys
from storage.inbox.spoken import says_name
from storage.keystore import PersonKey
from storage.milestones import open_milestone
from storage.plans import AHEAD
from storage.tables.core import CONSENTS, CONTACTS, MILESTONES, SESSIONS, SPOKEN

STORED_SESSIONS = select(SESSIONS).where(among(SESSIONS.c.participant_id, "people"))

CURRENT_STEPS = (
    select(MILESTONES)
    .where(
        among(MILESTONES.c.pseudonym, "pseudonyms"),
        MILESTONES.c.superseded_at.is_(None),
        MILESTONES.c.verification != Verification.WITHDRAWN,
    )
    .order_by(MILESTONES.c.pseudonym, MILESTONES.c.recorded_at)
)

PLANNED_OR_FOLLOWED_UP = (
    select(
        CONTACTS.c.participant_id,
        CONTACTS.c.kind,
        CONTACTS.c.state,
        CONTACTS.c.due_at,
        CONTACTS.c.sent_at,
    )
    .where(
        among(CONTACTS.c.participant_id, "people"),
        or_(*(CONTACTS.c.state == each for each in AHEAD))
        | ((CONTACTS.c.kind == ContactKind.FOLLOW_UP) & CONTACTS.c.sent_at.is_not(None)),
    )
    .order_by(CONTACTS.c.participant_id, CONTACTS.c.due_at)
)

MEDIA_CONSENTS = (
    select(CONSENTS.c.participant_id, CONSENTS.c.state)
    .where(among(CONSENTS.c.participant_id, "people"), CONSENTS.c.purpose == ConsentPurpose.MEDIA)
    .order_by(CONSENTS.c.at, CONSENTS.c.id)
)

SPOKEN_NAMES = select(SPOKEN.c.participant_id).where(
    among(SPOKEN.c.participant_id, "people"), SPOKEN.c.written_at.is_(None), says_name()
)


def sessions_of(tx: Connection, participants: Sequence[str]) -> dict[str, Row[Any]]:
    """Where the conversation of each stands, sealed."""
    rows = tx.execute(STORED_SESSIONS, {"people": participants}) if participants else ()
    return {row.participant_id: row for row in rows}


def milestones_of(tx: Connection, keys: Keys) -> dict[str, tuple[Milestone, ...]]:
    """The newest version of each step of each person."""
    by_pseudonym = {key.pseudonym: key for key in keys.values()}
    if not by_pseudonym:
        return {}
    rows = tx.execute(CURRENT_STEPS, {"pseudonyms": by_pseudonym})
    return {
        by_pseudonym[pseudonym].participant_id: tuple(
            _milestone(row, by_pseudonym[pseudonym]) for row in group
        )
        for pseudonym, group in groupby(rows, key=lambda row: row.pseudonym)
    }


def _milestone(row: Row[Any], key: PersonKey) -> Milestone:
    known = open_milestone(row, key)
    return Milestone(
        id=known.id,
        version=known.version,
        kind=known.kind,
        stage=known.stage,
        started_on=known.started_on,
        recorded_at=known.recorded_at,
        ended_on=known.ended_on,
        details=known.details,
        verification=known.verification,
        submission_id=row.submission_id or "",
    )


def contacts_of(tx: Connection, participants: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """What is planned with each person, and which follow-ups went out."""
    if not participants:
        return {}
    rows: Iterable[Row[Any]] = tx.execute(PLANNED_OR_FOLLOWED_UP, {"people": participants})
    return {person: list(theirs) for person, theirs in groupby(rows, key=lambda row: row.participant_id)}


def media_consents_of(tx: Connection, participants: Sequence[str]) -> dict[str, ConsentState]:
    """What each said last about keeping photos and voice."""
    rows = tx.execute(MEDIA_CONSENTS, {"people": participants}) if participants else ()
    return {row.participant_id: row.state for row in rows}


def who_spoke_their_name(tx: Connection, participants: Sequence[str]) -> set[str]:
    """Who told their first name by voice, and nobody has written it down yet."""
    return set(tx.scalars(SPOKEN_NAMES, {"people": participants})) if participants else set()
