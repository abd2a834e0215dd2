"""What a CV of one person is made of: name, steps, workshops, what they are good at, who can attest it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree
from sqlalchemy import Connection, select

from conversations.vocabulary import Attendance, Language, Situation, Verification
from storage.database import Storage
from storage.exports.shape import PARSER
from storage.keystore import PersonKey
from storage.milestones import MilestoneVersion, shown_milestone
from storage.situations import situations_of
from storage.tables.core import (
    ATTENDANCE,
    COHORTS,
    MEMBERSHIPS,
    MILESTONES,
    ORGANISATIONS,
    PARTICIPANTS,
    SUBMISSIONS,
    VERSIONS,
    WORKSHOP_SERIES,
    WORKSHOPS,
)

PROFILE = "profile"  # the form that asks for `skills`


@dataclass(frozen=True, slots=True)
class Attended:
    """A series of workshops that the person was at: the trainer closed the sheets."""

    title: str
    sessions: int
    first_on: date  # local
    last_on: date  # local


@dataclass(frozen=True, slots=True)
class Career:
    """One person as a CV may show them; deliberately without age, country, phone, address or contract."""

    first_name: str  # empty until they told it
    language: Language  # their own
    situations: tuple[Situation, ...]  # what holds now, the primary one first
    steps: tuple[MilestoneVersion, ...]  # the newest version of each, latest start first
    skills: str  # in their own words; empty if they said nothing
    organisation: str  # that accompanies them, and so attests what is verified; empty if there is none
    workshops: tuple[Attended, ...] = ()  # the latest first


def read_career(tx: Connection, storage: Storage, participant_id: str) -> Career | None:
    """The person's career as it stands; None if there is no such person (any more)."""
    person = tx.execute(select(PARTICIPANTS).where(PARTICIPANTS.c.id == participant_id)).one_or_none()
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if person is None or key is None:
        return None
    name = key.cipher.open_text(person.name, f"participants.name:{participant_id}") if person.name else ""
    return Career(
        first_name=name,
        language=person.language,
        situations=situations_of(tx, storage, [participant_id]).get(participant_id, ()),
        steps=_steps(tx, key),
        skills=_skills(tx, key),
        organisation=_organisation(tx, participant_id),
        workshops=tuple(sorted(_workshops(tx, key), key=lambda one: one.last_on, reverse=True)),
    )


def _steps(tx: Connection, key: PersonKey) -> tuple[MilestoneVersion, ...]:
    rows = tx.execute(
        select(MILESTONES)
        .where(
            MILESTONES.c.pseudonym == key.pseudonym,
            MILESTONES.c.superseded_at.is_(None),
            MILESTONES.c.verification != Verification.WITHDRAWN,
        )
        .order_by(MILESTONES.c.started_on.desc(), MILESTONES.c.id.desc())
    )
    shown = (shown_milestone(row, key) for row in rows)
    return tuple(step for step in shown if step.readable)


def _skills(tx: Connection, key: PersonKey) -> str:
    """What the newest profile says they are good at."""
    newest: Any = tx.execute(
        select(SUBMISSIONS.c.id, SUBMISSIONS.c.instance)
        .join(VERSIONS, VERSIONS.c.id == SUBMISSIONS.c.form_version_id)
        .where(
            SUBMISSIONS.c.pseudonym == key.pseudonym,
            SUBMISSIONS.c.instance.is_not(None),
            VERSIONS.c.form_id == PROFILE,
        )
        .order_by(SUBMISSIONS.c.submitted_at.desc(), SUBMISSIONS.c.id.desc())
        .limit(1)
    ).one_or_none()
    if newest is None:
        return ""
    instance = key.cipher.open(newest.instance, f"submissions.instance:{newest.id}")
    answer = etree.fromstring(instance, PARSER).find("{*}skills")
    return (answer.text or "").strip() if answer is not None else ""


def _organisation(tx: Connection, participant_id: str) -> str:
    """The organisation of the cohort they joined last."""
    name = tx.scalars(
        select(ORGANISATIONS.c.name)
        .join(COHORTS, COHORTS.c.organisation_id == ORGANISATIONS.c.id)
        .join(MEMBERSHIPS, MEMBERSHIPS.c.cohort_id == COHORTS.c.id)
        .where(MEMBERSHIPS.c.participant_id == participant_id)
        .order_by(MEMBERSHIPS.c.since.desc())
        .limit(1)
    ).one_or_none()
    return name or ""


def _workshops(tx: Connection, key: PersonKey) -> Iterator[Attended]:
    """Where they were present for sure: a sheet that is still open may yet change."""
    rows = tx.execute(
        select(WORKSHOPS.c.series_id, WORKSHOPS.c.starts_at, WORKSHOPS.c.zone, WORKSHOP_SERIES.c.title)
        .join(ATTENDANCE, ATTENDANCE.c.workshop_id == WORKSHOPS.c.id)
        .join(WORKSHOP_SERIES, WORKSHOP_SERIES.c.id == WORKSHOPS.c.series_id)
        .where(
            ATTENDANCE.c.pseudonym == key.pseudonym,
            ATTENDANCE.c.attendance == Attendance.PRESENT,
            ATTENDANCE.c.provisional.is_(False),
            WORKSHOPS.c.closed_at.is_not(None),
        )
        .order_by(WORKSHOPS.c.series_id, WORKSHOPS.c.starts_at)
    ).all()
    for _, group in groupby(rows, key=lambda row: row.series_id):
        days = [(row.title, row.starts_at.astimezone(ZoneInfo(row.zone)).date()) for row in group]
        (title, first_on), (_, last_on) = days[0], days[-1]
        yield Attended(title, len(days), first_on, last_on)
