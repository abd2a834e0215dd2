"""What people do now: their last answer about it, and what follows from it and their steps."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from conversations.snapshot import Said
from conversations.steps.situation import situations
from conversations.vocabulary import MilestoneKind, Situation, Stage, Verification
from storage.among import among
from storage.database import Storage
from storage.tables.core import MILESTONES, SUBMISSIONS

_SITUATION = SUBMISSIONS.c.coded["situation"].as_string()
SAID = (
    select(SUBMISSIONS.c.pseudonym, _SITUATION, SUBMISSIONS.c.submitted_at)
    .where(among(SUBMISSIONS.c.pseudonym, "pseudonyms"), among(_SITUATION, "codes"))
    .order_by(SUBMISSIONS.c.submitted_at, SUBMISSIONS.c.id)
)


@dataclass(frozen=True, slots=True)
class BareStep:
    """The newest version of a step without its details, which a situation does not need."""

    kind: MilestoneKind
    stage: Stage
    started_on: str
    ended_on: str
    recorded_at: datetime


def said_situations(tx: Connection, pseudonyms: Collection[str]) -> dict[str, Said]:
    """The last answer of each about their situation, by pseudonym; only codes of ours count."""
    rows = tx.execute(SAID, {"pseudonyms": pseudonyms, "codes": Situation}) if pseudonyms else ()
    return {pseudonym: Said(Situation(code), at) for pseudonym, code, at in rows}


def situations_of(
    tx: Connection, storage: Storage, participant_ids: Iterable[str]
) -> dict[str, tuple[Situation, ...]]:
    """What holds for each of them, the primary one first. Check the perimeter first."""
    keys = storage.keystore.of_participants(participant_ids)
    pseudonyms = [key.pseudonym for key in keys.values()]
    said = said_situations(tx, pseudonyms)
    steps: defaultdict[str, list[BareStep]] = defaultdict(list)
    query = select(
        MILESTONES.c.pseudonym,
        MILESTONES.c.kind,
        MILESTONES.c.stage,
        MILESTONES.c.started_on,
        MILESTONES.c.ended_on,
        MILESTONES.c.recorded_at,
    ).where(
        MILESTONES.c.pseudonym.in_(pseudonyms),
        MILESTONES.c.superseded_at.is_(None),
        MILESTONES.c.verification != Verification.WITHDRAWN,
    )
    for row in tx.execute(query):
        steps[row.pseudonym].append(BareStep(*row[1:]))
    return {
        participant_id: situations(steps[key.pseudonym], said.get(key.pseudonym))
        for participant_id, key in keys.items()
    }
