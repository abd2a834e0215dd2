"""The first loop, driven by HTTP: join, record a step, be asked again, answer, on every channel."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import cycle

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.settings import Settings, TelegramMode
from conversations.messages import Say
from conversations.vocabulary import (
    ConsentState,
    ContactKind,
    ContactState,
    DeliveryState,
    MilestoneKind,
    Role,
    Stage,
)
from storage.database import Storage
from storage.milestones import current_milestones
from storage.perimeter import Perimeter
from storage.tables.core import CONSENTS, CONTACTS, MESSAGES_IN, OUTBOX, PARTICIPANTS, SUBMISSIONS
from storage.tables.vocabulary import FailureReason, MessageState
from tests.bot.driving import CODE, Clock, House, rows, running, settings, telegram_settings, twilio_settings
from tests.bot.people import AtThePhone, OnPolledTelegram, OnTelegram, OnWhatsApp, Person
from tests.bot.voices import VOICES, Voice, answer_check_in, join, record_job
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

CHANNELS = ("phone", "telegram_webhook", "telegram_polling", "whatsapp")
THE_HOUR = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)  # a week after joining, ten o'clock in Rabat
A_MONTH_LATER = datetime(2026, 12, 30, 10, 0, tzinfo=UTC)


# Every language on every channel; the second store holds what it is given in any language.
LOOPS = [("sqlite", channel, voice) for channel in CHANNELS for voice in VOICES]
LOOPS += [("postgresql", channel, voice) for channel, voice in zip(CHANNELS, cycle(VOICES), strict=False)]


@pytest.fixture
def connected(channel: str, fake_telegram: FakeTelegram, fake_twilio: FakeTwilio) -> Settings:
    match channel:
        case "phone":
            return settings()
        case "telegram_webhook":
            return telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
        case "telegram_polling":
            return telegram_settings(fake_telegram, TelegramMode.POLLING)
        case _:
            return twilio_settings(fake_twilio)


@pytest_asyncio.fixture
async def house(connected: Settings, storage: Storage, now: datetime) -> AsyncIterator[House]:
    async with running(connected, storage, Clock(now)) as open_house:
        yield open_house


@pytest.fixture
def person(
    house: House, channel: str, voice: Voice, fake_telegram: FakeTelegram, fake_twilio: FakeTwilio
) -> Iterator[Person]:
    match channel:
        case "phone":
            yield AtThePhone(house, voice.language)
        case "telegram_webhook":
            yield OnTelegram(house, voice.language, fake_telegram)
        case "telegram_polling":
            yield OnPolledTelegram(house, voice.language, fake_telegram)
        case _:
            yield OnWhatsApp(house, voice.language, fake_twilio)


@pytest.mark.parametrize(
    ("database_url", "channel", "voice"),
    LOOPS,
    ids=[f"{store}-{channel}-{voice.language}" for store, channel, voice in LOOPS],
    indirect=["database_url"],
)
async def test_the_loop(house: House, person: Person, voice: Voice, channel: str) -> None:
    await join(person, voice, CODE)
    await record_job(person, voice)
    await sees_the_job(person, voice)
    assert contacts(house) == [(ContactState.PLANNED, "2026-11-30T10:00", THE_HOUR)]
    if channel == "whatsapp":
        await is_asked_once_they_write(house, person)
    else:
        await is_asked_at_the_hour(house, person)
    await answer_check_in(person, voice)
    everything_is_kept(house, voice)


async def sees_the_job(person: Person, voice: Voice) -> None:
    logbook = await person.choose(Say("menu.logbook"))
    assert voice.job in logbook
    assert voice.place in logbook
    assert voice.shown_day in logbook


async def is_asked_at_the_hour(house: House, person: Person) -> None:
    await house.pass_time(days=7, seconds=-1)
    assert await person.heard() == ""
    await house.pass_time(seconds=1)
    assert person.text("checkin.hello") in await person.heard()


async def is_asked_once_they_write(house: House, person: Person) -> None:
    """WhatsApp's window is closed a week later: the question waits, and says so, until they write."""
    await house.pass_time(days=7)
    assert await person.heard() == ""
    [waiting] = rows(house.storage, select(OUTBOX).where(OUTBOX.c.state == DeliveryState.WAITING))
    assert waiting.reason is FailureReason.WINDOW_CLOSED
    asked = await person.say("👋")
    assert person.text("home.welcome_back") in asked
    assert person.text("yes") in asked


def contacts(house: House) -> list[tuple[ContactState, str, datetime]]:
    check_ins = select(CONTACTS).where(CONTACTS.c.kind == ContactKind.CHECK_IN)
    found = rows(house.storage, check_ins.order_by(CONTACTS.c.due_at))
    return [(row.state, row.local_time, row.due_at) for row in found]


def everything_is_kept(house: House, voice: Voice) -> None:
    storage = house.storage
    [participant] = rows(storage, select(PARTICIPANTS))
    key = storage.keystore.of_participants([participant.id])[participant.id]
    name = key.cipher.open_text(participant.name, f"participants.name:{participant.id}")
    assert (name, participant.language) == (voice.name, voice.language)
    assert participant.prompting is ConsentState.GIVEN
    with storage.read() as tx:
        [job] = current_milestones(tx, storage, Perimeter("", Role.ADMIN), key.participant_id)
    assert (job.kind, job.stage, job.started_on) == (MilestoneKind.JOB, Stage.STARTED, "2025-03-12")
    assert job.details == {"occupation": voice.job, "employer": voice.place}
    said = rows(storage, select(CONSENTS.c.state, CONSENTS.c.language))
    assert said == [(ConsentState.GIVEN, voice.language)] * 2
    coded = [row.coded for row in rows(storage, select(SUBMISSIONS).order_by(SUBMISSIONS.c.id))]
    assert [form.get("situation") for form in coded] == ["seeking_work", None, "employed"]
    assert contacts(house) == [
        (ContactState.ANSWERED, "2026-11-30T10:00", THE_HOUR),
        (ContactState.PLANNED, "2026-12-30T10:00", A_MONTH_LATER),
    ]
    assert {row.state for row in rows(storage, select(MESSAGES_IN.c.state))} == {MessageState.HANDLED}
