"""The team's side of the loop: write back, ask now, tell a cohort, and see what became of each message."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest_asyncio
from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.messages import PromptKind
from conversations.vocabulary import DeliveryState, Language, Role
from storage.broadcasts import Draft, send_broadcast
from storage.check_ins import Asked, ask_now
from storage.cohorts import cohorts
from storage.database import Storage
from storage.delivery import deliveries, totals
from storage.perimeter import Perimeter
from storage.staff import NewStaff, add
from storage.tables.core import OUTBOX, PARTICIPANTS
from storage.tables.vocabulary import FailureReason
from storage.today import Concern, today
from storage.writing import write_to
from tests.bot.driving import CODE, Clock, House, rows, running, telegram_settings, twilio_settings
from tests.bot.people import OnTelegram, OnWhatsApp, Person
from tests.bot.voices import VOICES, consent, join
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

FRENCH, ARABIC, ENGLISH = VOICES


@pytest_asyncio.fixture
async def on_whatsapp(fake_twilio: FakeTwilio, storage: Storage, now: datetime) -> AsyncIterator[House]:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        yield house


@pytest_asyncio.fixture
async def on_telegram(fake_telegram: FakeTelegram, storage: Storage, now: datetime) -> AsyncIterator[House]:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        yield house


def the_admin(house: House) -> Perimeter:
    with house.storage.write() as tx:
        new = NewStaff("salma", "Salma", Role.ADMIN, Language.FRENCH)
        return Perimeter(add(tx, house.storage, new, "", house.clock()), Role.ADMIN)


def the_participant(house: House) -> str:
    [row] = rows(house.storage, select(PARTICIPANTS.c.id))
    return str(row.id)


def outgoing(house: House, kind: PromptKind) -> list[tuple[DeliveryState, FailureReason | None]]:
    found = rows(house.storage, select(OUTBOX).where(OUTBOX.c.kind == kind).order_by(OUTBOX.c.id))
    return [(row.state, row.reason) for row in found]


async def write_back(house: House, admin: Perimeter, text: str) -> None:
    with house.storage.write() as tx:
        write_to(tx, house.storage, admin, the_participant(house), text, house.clock())
    house.service.wake()
    await house.quiet()


async def broadcast(house: House, admin: Perimeter, **texts: str) -> str:
    with house.storage.read() as tx:
        [cohort] = cohorts(tx, admin)
    draft = Draft(house.storage.ids.row(), cohort.id, {Language(code): text for code, text in texts.items()})
    send_broadcast(house.storage, admin, draft, Language.FRENCH, house.clock())
    house.service.wake()
    await house.quiet()
    return draft.id


async def test_a_trainers_words_reach_the_person_and_report_back(
    on_whatsapp: House, fake_twilio: FakeTwilio
) -> None:
    person = OnWhatsApp(on_whatsapp, Language.FRENCH, fake_twilio)
    await join(person, FRENCH, CODE)
    await write_back(on_whatsapp, the_admin(on_whatsapp), "Bonjour Aïcha, passez demain à 10 h.")
    assert "passez demain" in await person.heard()
    assert outgoing(on_whatsapp, PromptKind.STAFF) == [(DeliveryState.SENT, None)]
    await person.report("delivered", "sent", "delivered")
    assert outgoing(on_whatsapp, PromptKind.STAFF) == [(DeliveryState.DELIVERED, None)]
    await person.report("read")
    await person.report("delivered")
    assert outgoing(on_whatsapp, PromptKind.STAFF) == [(DeliveryState.READ, None)]


async def test_a_day_later_a_trainers_words_wait_until_the_person_writes(
    on_whatsapp: House, fake_twilio: FakeTwilio
) -> None:
    person = OnWhatsApp(on_whatsapp, Language.ENGLISH, fake_twilio)
    await join(person, ENGLISH, CODE)
    await on_whatsapp.pass_time(hours=25)
    admin = the_admin(on_whatsapp)
    await write_back(on_whatsapp, admin, "The workshop moved to Friday.")
    assert await person.heard() == ""
    assert outgoing(on_whatsapp, PromptKind.STAFF) == [(DeliveryState.WAITING, FailureReason.WINDOW_CLOSED)]
    with on_whatsapp.storage.read() as tx:
        lists = today(tx, on_whatsapp.storage, admin, on_whatsapp.clock())
    [waiting] = [found for found in lists if found.concern is Concern.WAITING]
    assert [row.name for row in waiting.rows] == ["Grace"]
    assert "moved to Friday" in await person.say("hello")
    assert outgoing(on_whatsapp, PromptKind.STAFF) == [(DeliveryState.SENT, None)]


async def test_a_trainer_asks_now_and_the_person_is_asked_once(
    on_telegram: House, fake_telegram: FakeTelegram
) -> None:
    person = OnTelegram(on_telegram, Language.ARABIC, fake_telegram)
    await join(person, ARABIC, CODE)
    admin, participant = the_admin(on_telegram), the_participant(on_telegram)
    with on_telegram.storage.write() as tx:
        asked = [
            ask_now(tx, on_telegram.storage, admin, participant, "Africa/Casablanca", on_telegram.clock())
            for _ in range(2)
        ]
    assert asked == [Asked.PLANNED, Asked.ALREADY]
    await on_telegram.pass_time(seconds=1)
    assert (await person.heard()).count(person.text("checkin.hello")) == 1


async def test_a_reminder_to_a_cohort_reaches_each_in_their_language_and_shows_its_states(
    on_telegram: House, fake_telegram: FakeTelegram
) -> None:
    aicha = OnTelegram(on_telegram, Language.FRENCH, fake_telegram, 5_000_000_001)
    amina = OnTelegram(on_telegram, Language.ARABIC, fake_telegram, 5_000_000_002)
    silent = OnTelegram(on_telegram, Language.ENGLISH, fake_telegram, 5_000_000_003)
    gone = OnTelegram(on_telegram, Language.FRENCH, fake_telegram, 5_000_000_004)
    for person in (aicha, amina, gone):
        await consent(person, CODE)
    await says_no_to_being_written_to(silent)
    fake_telegram.blocked.add(gone.chat)
    admin = the_admin(on_telegram)
    sent = await broadcast(on_telegram, admin, fr="Atelier CV lundi à 10 h", ar="ورشة يوم الاثنين")
    assert await aicha.heard() == "Atelier CV lundi à 10 h"
    assert await amina.heard() == "ورشة يوم الاثنين"
    assert await silent.heard() == ""
    with on_telegram.storage.read() as tx:
        numbers = totals(tx, admin, [sent])[sent]
        people = deliveries(tx, on_telegram.storage, admin, sent, 1)
    assert numbers.states == {DeliveryState.SENT: 2, DeliveryState.FAILED: 1}
    assert numbers.left_out == {FailureReason.NO_CONSENT: 1}
    assert sorted((one.state or "", one.reason or "") for one in people) == [
        ("", FailureReason.NO_CONSENT),
        (DeliveryState.FAILED, FailureReason.BLOCKED),
        (DeliveryState.SENT, ""),
        (DeliveryState.SENT, ""),
    ]


async def says_no_to_being_written_to(person: Person) -> None:
    await person.say(CODE)
    await person.choose(person.language.own_name)
    await person.choose(person.text("yes"))
    await person.choose(person.text("yes"))
    await person.choose(person.text("no"))


async def test_a_reminder_on_whatsapp_is_shown_as_delivered_once_twilio_says_so(
    on_whatsapp: House, fake_twilio: FakeTwilio
) -> None:
    person = OnWhatsApp(on_whatsapp, Language.FRENCH, fake_twilio)
    await consent(person, CODE)
    admin = the_admin(on_whatsapp)
    sent = await broadcast(on_whatsapp, admin, fr="Atelier CV lundi à 10 h")
    await person.report("read", "delivered")
    with on_whatsapp.storage.read() as tx:
        assert totals(tx, admin, [sent])[sent].states == {DeliveryState.READ: 1}
