"""The steps of one person's working life, with their details opened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, select

from conversations.vocabulary import MilestoneKind, Stage, Verification
from storage.codec import TEXTS
from storage.database import Storage
from storage.errors import SealBroken
from storage.keystore import PersonKey
from storage.perimeter import Perimeter
from storage.tables.core import MILESTONES


@dataclass(frozen=True, slots=True)
class MilestoneVersion:
    """One version of a step. Dates are as exact as the person knew them."""

    id: str
    version: int
    kind: MilestoneKind
    stage: Stage
    started_on: str
    ended_on: str
    details: Mapping[str, str]  # the other answers, by the names of their questions
    verification: Verification
    recorded_at: datetime
    superseded_at: datetime | None
    readable: bool = True  # False: the sealed details do not open, and are empty here

    @property
    def occupation(self) -> str:
        return self.details.get("occupation", "")

    @property
    def employer(self) -> str:
        return self.details.get("employer", "")


def current_milestones(
    tx: Connection, storage: Storage, perimeter: Perimeter, participant_id: str
) -> list[MilestoneVersion]:
    """The newest version of each step, latest start first. OutOfPerimeter if they are not theirs to see."""
    perimeter.require_participant(tx, participant_id)
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if key is None:  # erased this moment
        return []
    rows = tx.execute(
        select(MILESTONES)
        .where(MILESTONES.c.pseudonym == key.pseudonym, MILESTONES.c.superseded_at.is_(None))
        .order_by(MILESTONES.c.started_on.desc(), MILESTONES.c.id.desc())
    )
    return [shown_milestone(row, key) for row in rows]


def milestone_histories(
    tx: Connection, storage: Storage, perimeter: Perimeter, participant_id: str
) -> list[list[MilestoneVersion]]:
    """All versions of each step, newest first; the step that started last comes first."""
    perimeter.require_participant(tx, participant_id)
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if key is None:  # erased this moment
        return []
    rows = tx.execute(
        select(MILESTONES)
        .where(MILESTONES.c.pseudonym == key.pseudonym)
        .order_by(MILESTONES.c.id, MILESTONES.c.version.desc())
    )
    steps = [[shown_milestone(row, key) for row in versions] for _, versions in groupby(rows, itemgetter(0))]
    return sorted(steps, key=lambda versions: (versions[0].started_on, versions[0].id), reverse=True)


def open_milestone(row: Row[Any], key: PersonKey) -> MilestoneVersion:
    """The version with its details. SealBroken if they do not open."""
    details: dict[str, str] = {}
    if row.details:
        details = TEXTS.validate_json(key.cipher.open(row.details, f"milestones.details:{row.id}"))
    return _version(row, details)


def shown_milestone(row: Row[Any], key: PersonKey) -> MilestoneVersion:
    """The version for a page: with details that do not open, what stands in clear is still shown."""
    try:
        return open_milestone(row, key)
    except (SealBroken, ValueError):
        return replace(_version(row, {}), readable=False)


def _version(row: Row[Any], details: Mapping[str, str]) -> MilestoneVersion:
    return MilestoneVersion(
        id=row.id,
        version=row.version,
        kind=row.kind,
        stage=row.stage,
        started_on=row.started_on,
        ended_on=row.ended_on,
        details=details,
        verification=row.verification,
        recorded_at=row.recorded_at,
        superseded_at=row.superseded_at,
    )
