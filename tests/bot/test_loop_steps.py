"""Steps through the real service: recorded, finished, corrected, taken back; every version is kept."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest_asyncio
from sqlalchemy import select

from conversations.messages import Say
from conversations.vocabulary import (
    ContactKind,
    ContactState,
    Language,
    MilestoneKind,
    Role,
    Situation,
    Stage,
    Verification,
)
from storage.database import Storage
from storage.milestones import current_milestones
from storage.perimeter import Perimeter
from storage.situations import situations_of
from storage.tables.core import CONTACTS, MILESTONES, PARTICIPANTS, SUBMISSIONS
from tests.bot.driving import CODE, Clock, House, rows, running, settings
from tests.bot.people import AtThePhone
from tests.bot.voices import VOICES, join

FRENCH = next(voice for voice in VOICES if voice.language is Language.FRENCH)


@pytest_asyncio.fixture
async def house(storage: Storage, now: datetime) -> AsyncIterator[House]:
    async with running(settings(), storage, Clock(now)) as open_house:
        yield open_house


@pytest_asyncio.fixture
async def person(house: House) -> AtThePhone:
    person = AtThePhone(house, Language.FRENCH)
    await join(person, FRENCH, CODE)
    return person


def situation(house: House) -> tuple[Situation, ...]:
    [participant] = rows(house.storage, select(PARTICIPANTS.c.id))
    with house.storage.read() as tx:
        return situations_of(tx, house.storage, [participant.id])[participant.id]


def follow_ups(house: House) -> list[tuple[str, ContactState, str]]:
    query = select(CONTACTS).where(CONTACTS.c.kind == ContactKind.FOLLOW_UP).order_by(CONTACTS.c.due_at)
    return [(row.form_id, row.state, row.local_time) for row in rows(house.storage, query)]


async def test_a_step_is_finished_corrected_and_taken_back_and_no_version_is_lost(
    house: House, person: AtThePhone
) -> None:
    for text in ("formation", "J'ai commencé", "mars 2026", "Cuisine", "1"):
        await person.say(text)
    assert situation(house) == (Situation.IN_TRAINING, Situation.SEEKING_WORK)
    house.clock.advance(hours=1)
    await person.say("la formation commencée en mars est terminée")
    await person.say("oui")
    await person.say("juin 2026")
    assert person.text("milestone.changed") in await person.say("1")
    house.clock.advance(hours=1)
    await person.say("carnet")
    await person.choose(Say("logbook.update"))
    await person.choose(Say("step.correct"))
    await person.choose(Say("form.change"))
    await person.say("4")
    await person.say("Cuisine marocaine")
    assert person.text("milestone.changed") in await person.choose(Say("form.right"))
    await person.say("carnet")
    await person.choose(Say("logbook.update"))
    await person.choose(Say("step.withdraw"))
    assert person.text("step.withdrawn") in await person.choose(Say("yes"))
    assert person.text("logbook.empty") in await person.say("carnet")
    versions = rows(house.storage, select(MILESTONES).order_by(MILESTONES.c.version))
    assert [(row.version, row.stage, row.ended_on, row.verification) for row in versions] == [
        (1, Stage.STARTED, "", Verification.DECLARED),
        (2, Stage.COMPLETED, "2026-06", Verification.DECLARED),
        (3, Stage.COMPLETED, "2026-06", Verification.DECLARED),
        (4, Stage.COMPLETED, "2026-06", Verification.WITHDRAWN),
    ]
    assert [row.superseded_at is None for row in versions] == [False, False, False, True]
    assert len({row.id for row in versions}) == 1
    assert situation(house) == (Situation.SEEKING_WORK,)


async def test_a_job_is_followed_up_and_its_loss_is_recorded_on_a_yes(
    house: House, person: AtThePhone
) -> None:
    for text in ("travail", "J'ai commencé", "23/11/2026", "Couturière", "1"):
        await person.say(text)
    assert follow_ups(house) == [("follow-up-job", ContactState.PLANNED, "2026-12-23T10:00")]
    assert situation(house) == (Situation.EMPLOYED,)
    await house.pass_time(days=31)  # the check-in, overdue longest, makes room for the follow-up
    await house.pass_time(minutes=1)
    assert person.text("checkin.hello") in await person.heard()
    await person.say("non, plus de travail")
    await person.say("20/12/2026")
    await person.say("passer")
    asked = await person.say("passer")
    assert "le 20 décembre 2026" in asked
    assert person.text("milestone.changed") in await person.choose(Say("yes"))
    assert follow_ups(house) == [
        ("follow-up-job", ContactState.ANSWERED, "2026-12-23T10:00"),
        ("follow-up-job", ContactState.CANCELLED, "2027-02-23T10:00"),
    ]
    waiting = select(CONTACTS.c.kind).where(CONTACTS.c.state == ContactState.PLANNED)
    assert [row.kind for row in rows(house.storage, waiting)] == [ContactKind.CHECK_IN]
    assert situation(house) == (Situation.UNKNOWN,)
    [participant] = rows(house.storage, select(PARTICIPANTS.c.id))
    with house.storage.read() as tx:
        [job] = current_milestones(tx, house.storage, Perimeter("", Role.ADMIN), participant.id)
    assert (job.kind, job.version, job.stage, job.ended_on) == (
        MilestoneKind.JOB,
        2,
        Stage.STOPPED,
        "2026-12-20",
    )
    assert len(rows(house.storage, select(SUBMISSIONS.c.id))) == 4, "profile, job, follow-up, end of the job"
