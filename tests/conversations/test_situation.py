"""What a person does now, by the rule of the product: from their steps and their last answer."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from conversations.snapshot import Said
from conversations.steps.situation import situations
from conversations.vocabulary import MilestoneKind as Kind
from conversations.vocabulary import Situation as S
from conversations.vocabulary import Stage
from tests.conversations.talking import participant

DAY_ONE = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Step:
    kind: Kind
    stage: Stage
    started_on: str
    ended_on: str
    recorded_at: datetime


def step(kind: Kind, started_on: str, stage: Stage = Stage.STARTED, day: int = 5, ended_on: str = "") -> Step:
    """A step recorded on a day of November."""
    return Step(kind, stage, started_on, ended_on, DAY_ONE + timedelta(days=day - 1))


def said(situation: S, day: int) -> Said:
    return Said(situation, DAY_ONE + timedelta(days=day - 1))


CASES = [
    ("nothing known", [], None, [S.UNKNOWN]),
    ("what the profile said", [], said(S.SEEKING_WORK, 1), [S.SEEKING_WORK]),
    ("a job", [step(Kind.JOB, "2026-03")], None, [S.EMPLOYED]),
    ("a language course is training", [step(Kind.LANGUAGE_COURSE, "2026")], None, [S.IN_TRAINING]),
    (
        "work before training before internship before seeking",
        [
            step(Kind.JOB_SEARCH, "2026-10"),
            step(Kind.INTERNSHIP, "2026-09"),
            step(Kind.TRAINING, "2026-10"),
            step(Kind.COOPERATIVE, "2026-01"),
        ],
        None,
        [S.COOPERATIVE_MEMBER, S.IN_TRAINING, S.IN_INTERNSHIP, S.SEEKING_WORK],
    ),
    (
        "of two works the latest started",
        [step(Kind.JOB, "2026-03"), step(Kind.BUSINESS, "2026-06")],
        None,
        [S.SELF_EMPLOYED, S.EMPLOYED],
    ),
    (
        "work ends an earlier search",
        [step(Kind.JOB_SEARCH, "2026-02"), step(Kind.JOB, "2026-03")],
        None,
        [S.EMPLOYED],
    ),
    ("ended, and nothing newer", [step(Kind.JOB, "2026-03", Stage.STOPPED)], None, [S.UNKNOWN]),
    (
        "ended, and it had been said before that it goes on",
        [step(Kind.JOB, "2026-03", Stage.STOPPED, day=8)],
        said(S.EMPLOYED, 5),
        [S.UNKNOWN],
    ),
    (
        "ended, then a newer answer",
        [step(Kind.JOB, "2026-03", Stage.STOPPED, day=8)],
        said(S.SEEKING_WORK, 9),
        [S.SEEKING_WORK],
    ),
    (
        "a job that came after the answer, and has ended",
        [step(Kind.JOB, "2026-11-06", Stage.STOPPED, day=9, ended_on="2026-11-08")],
        said(S.SEEKING_WORK, 5),
        [S.UNKNOWN],
    ),
    (
        "a training that ended does not end the search",
        [step(Kind.TRAINING, "2026-05", Stage.COMPLETED, day=9, ended_on="2026-11-08")],
        said(S.SEEKING_WORK, 5),
        [S.SEEKING_WORK],
    ),
    (
        "an old step recorded later says nothing of now",
        [step(Kind.JOB, "2023", Stage.COMPLETED, day=8, ended_on="2024-06")],
        said(S.SEEKING_WORK, 5),
        [S.SEEKING_WORK],
    ),
    (
        "a job recorded after the search was said",
        [step(Kind.JOB, "2026-11", day=8)],
        said(S.SEEKING_WORK, 5),
        [S.EMPLOYED],
    ),
    (
        "a newer answer that there is no work",
        [step(Kind.JOB, "2026-03"), step(Kind.TRAINING, "2026-05")],
        said(S.SEEKING_WORK, 9),
        [S.IN_TRAINING, S.SEEKING_WORK],
    ),
    (
        "a newer answer that there is nothing",
        [step(Kind.JOB, "2026-03"), step(Kind.TRAINING, "2026-05")],
        said(S.INACTIVE, 9),
        [S.INACTIVE],
    ),
    (
        "a newer answer that adds to the steps",
        [step(Kind.TRAINING, "2026-05")],
        said(S.EMPLOYED, 9),
        [S.EMPLOYED, S.IN_TRAINING],
    ),
    ("a plan is no situation", [step(Kind.JOB, "2027", Stage.PLANNED)], None, [S.UNKNOWN]),
    ("paperwork is no situation", [step(Kind.ADMINISTRATIVE, "2026")], None, [S.UNKNOWN]),
]


@pytest.mark.parametrize(("steps", "answer", "held"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_the_situation_follows_from_steps_and_the_last_answer(
    steps: list[Step], answer: Said | None, held: list[S]
) -> None:
    assert list(situations(steps, answer)) == held
    assert list(situations(steps[::-1], answer)) == held, "whatever the order they are read in"


def test_the_logbook_begins_with_the_situation() -> None:
    talk = participant()
    talk.says("travail", "1", "mars 2026", "Couturière", "1")
    talk.says("formation", "J’ai commencé", "mai 2026", "Cuisine", "1")
    assert talk.says("carnet").startswith("En ce moment : un emploi, une formation.")
    talk.later(days=1).says("j’ai perdu mon travail", "oui", "octobre 2026", "1")
    assert talk.says("carnet").startswith("En ce moment : une formation.")
