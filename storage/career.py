"""What a CV of one person is made of: their name, their steps, what they are good at, who can attest it."""

from dataclasses import dataclass
from typing import Any

from lxml import etree
from sqlalchemy import Connection, select

from conversations.vocabulary import Language, Situation, Verification
from storage.database import Storage
from storage.exports.shape import PARSER
from storage.keystore import PersonKey
from storage.milestones import MilestoneVersion, shown_milestone
from storage.situations import situations_of
from storage.tables.core import (
    COHORTS,
    MEMBERSHIPS,
    MILESTONES,
    ORGANISATIONS,
    PARTICIPANTS,
    SUBMISSIONS,
    VERSIONS,
)

PROFILE = "profile"  # the form that asks for `skills`


@dataclass(frozen=True, slots=True)
class Career:
    """One person as a CV may show them; deliberately without age, country, phone, address or contract."""

    first_name: str  # empty until they told it
    language: Language  # their own
    situations: tuple[Situation, ...]  # what holds now, the primary one first
    steps: tuple[MilestoneVersion, ...]  # the newest version of each, latest start first
    skills: str  # in their own words; empty if they said nothing
    organisation: str  # that accompanies them, and so attests what is verified; empty if there is none


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
