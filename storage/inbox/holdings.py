"""What a step may know of people's rights: pauses, erasures, and for «my data» what is kept, in numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from conversations.rights.my_data import shows_what_is_held
from conversations.snapshot import Held
from conversations.vocabulary import Channel, ConsentPurpose, ConsentState
from storage.among import among
from storage.inbox.arrivals import Case
from storage.tables.core import (
    ADDRESSES,
    CONSENTS,
    ERASURES,
    FILES,
    MESSAGES_IN,
    MILESTONES,
    OUTBOX,
    SUBMISSIONS,
)
from storage.tables.vocabulary import ErasureState

ASKED_ERASURES = select(ERASURES).where(among(ERASURES.c.participant_id, "people"))


def with_rights(tx: Connection, cases: Sequence[Case]) -> list[Case]:
    """The same cases, with what their people asked for their data; counted only for who may see it now."""
    people = {case.snapshot.participant.id: case for case in cases if case.snapshot.participant}
    if not people:
        return list(cases)
    erasures = {row.participant_id: row for row in tx.execute(ASKED_ERASURES, {"people": people})}
    asking = {
        person: case.key.pseudonym
        for person, case in people.items()
        if case.key and shows_what_is_held(case.snapshot, case.arrival.event)
    }
    held = _holdings(tx, asking)
    return [_with_rights(case, erasures, held) for case in cases]


def _with_rights(case: Case, erasures: Mapping[str, Row[Any]], held: Mapping[str, Held]) -> Case:
    person = case.snapshot.participant
    if person is None:
        return case
    erasure = erasures.get(person.id)
    paused = person.paused_until if person.paused_until and person.paused_until > case.arrival.at else None
    if erasure is None and paused == person.paused_until and person.id not in held:
        return case
    known = replace(
        person,
        paused_until=paused,
        erase_at=erasure.erase_at if erasure else None,
        leaving=erasure is not None and erasure.state is not ErasureState.PLANNED,
        held=held.get(person.id),
    )
    return replace(case, snapshot=replace(case.snapshot, participant=known))


def _holdings(tx: Connection, known: Mapping[str, str]) -> dict[str, Held]:
    """The numbers of these people (id -> pseudonym), with one query per table."""
    if not known:
        return {}
    people = MESSAGES_IN.c.participant_id, OUTBOX.c.participant_id, FILES.c.participant_id
    received, sent, files = (_counted(tx, column, known) for column in people)
    current = MILESTONES.c.superseded_at.is_(None)
    steps = _counted(tx, MILESTONES.c.pseudonym, known.values(), current)
    answers = _counted(tx, SUBMISSIONS.c.pseudonym, known.values())
    consents, channels = _consents(tx, known), _channels(tx, known)
    return {
        person: Held(
            steps=steps.get(pseudonym, 0),
            answers=answers.get(pseudonym, 0),
            received=received.get(person, 0),
            sent=sent.get(person, 0),
            files=files.get(person, 0),
            consents=consents[person],
            channels=tuple(channels[person]),
        )
        for person, pseudonym in known.items()
    }


def _counted(tx: Connection, column: Any, values: Iterable[str], *conditions: Any) -> dict[str, int]:
    query = select(column, func.count()).where(column.in_(list(values)), *conditions).group_by(column)
    return {row[0]: row[1] for row in tx.execute(query)}


def _consents(
    tx: Connection, people: Iterable[str]
) -> defaultdict[str, dict[ConsentPurpose, tuple[ConsentState, datetime]]]:
    found: defaultdict[str, dict[ConsentPurpose, tuple[ConsentState, datetime]]] = defaultdict(dict)
    query = select(CONSENTS).where(CONSENTS.c.participant_id.in_(list(people)))
    for row in tx.execute(query.order_by(CONSENTS.c.at, CONSENTS.c.id)):
        found[row.participant_id][row.purpose] = row.state, row.at
    return found


def _channels(tx: Connection, people: Iterable[str]) -> defaultdict[str, list[Channel]]:
    found: defaultdict[str, list[Channel]] = defaultdict(list)
    query = select(ADDRESSES.c.participant_id, ADDRESSES.c.channel)
    query = query.where(ADDRESSES.c.participant_id.in_(list(people))).order_by(ADDRESSES.c.id)
    for row in tx.execute(query):
        if row.channel not in found[row.participant_id]:
            found[row.participant_id].append(row.channel)
    return found
