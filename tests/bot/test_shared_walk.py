"""Several logbooks on one phone: who writes is asked, nothing of one shows to another, all on one chat."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlmodel import SQLModel

from bot.settings import Settings, TelegramMode
from conversations.messages import Say
from conversations.vocabulary import ConsentState, Language
from storage.codec import CONTENT
from storage.cohorts import FIRST_CODE
from storage.database import Storage
from storage.enrolment import Enrolment, code_for_phone, open_logbook
from storage.tables.core import ADDRESSES, MEMBERSHIPS, MESSAGES_IN, PARTICIPANTS
from storage.tables.vocabulary import ConsentWay
from storage.writing import write_to
from tests.bot.driving import Clock, House, rows, running, settings, telegram_settings, twilio_settings
from tests.bot.people import AtThePhone, OnTelegram, OnWhatsApp, Person
from tests.bot.test_code_walk import admin_of
from tests.bot.voices import VOICES, Voice, join, record_job
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

FRENCH, ARABIC, ENGLISH = VOICES
CODE = FIRST_CODE


def in_language(person: Person, language: Language) -> Person:
    """The same phone in the hand of somebody who reads another language."""
    person.language = language
    return person


async def second(person: Person, voice: Voice) -> None:
    """Somebody else joins on a phone that has a logbook."""
    assert person.text("who.code_for") in await person.say(CODE)
    asked = await person.choose(Say("who.other_person"))
    assert person.text("join.language") in asked
    in_language(person, voice.language)
    assert person.text("join.adult") in await person.choose(voice.language.own_name)
    await person.choose(Say("yes"))
    await person.choose(Say("yes"))
    await person.choose(Say("yes"))
    await person.say(voice.name)
    await person.choose(voice.woman)
    await person.say(voice.born)
    await person.choose(voice.country)
    await person.choose(voice.city)
    await person.say(voice.skip)
    await person.choose(voice.looking)
    await person.say(voice.skills)


def told(house: House, name: str) -> str:
    """Everything that the timeline of somebody holds of theirs."""
    texts = []
    for row in rows(house.storage, select(PARTICIPANTS)):
        key = house.storage.keystore.of_participants([row.id])[row.id]
        if not row.name or key.open_name(row.name) != name:
            continue
        written = select(MESSAGES_IN).where(MESSAGES_IN.c.participant_id == row.id)
        for message in rows(house.storage, written.order_by(MESSAGES_IN.c.id)):
            plain = key.cipher.open(message.content, f"messages_in.content:{message.id}")
            texts.append(getattr(CONTENT.validate_json(plain), "text", ""))
    return "\n".join(texts)


def person_named(house: House, name: str) -> str:
    for row in rows(house.storage, select(PARTICIPANTS)):
        key = house.storage.keystore.of_participants([row.id])[row.id]
        if row.name and key.open_name(row.name) == name:
            return str(row.id)
    raise AssertionError(name)


@asynccontextmanager
async def shared_phone(channel: str, around: "Around") -> AsyncIterator[Person]:
    """A phone on this channel, with the logbooks of Aïcha (French) and of أمينة (Arabic), who came second."""
    storage, now, telegram, twilio = around
    given: dict[str, Callable[[], Settings]] = {
        "telegram": lambda: telegram_settings(telegram, TelegramMode.WEBHOOK),
        "whatsapp": lambda: twilio_settings(twilio),
        "phone": settings,
    }
    async with running(given[channel](), storage, Clock(now)) as house:
        made: dict[str, Callable[[], Person]] = {
            "telegram": lambda: OnTelegram(house, FRENCH.language, telegram),
            "whatsapp": lambda: OnWhatsApp(house, FRENCH.language, twilio),
            "phone": lambda: AtThePhone(house, FRENCH.language),
        }
        person = made[channel]()
        await join(person, FRENCH, CODE)
        await record_job(person, FRENCH)
        await second(person, ARABIC)
        yield person


Around = tuple[Storage, datetime, FakeTelegram, FakeTwilio]


@pytest.fixture
def around(storage: Storage, now: datetime, fake_telegram: FakeTelegram, fake_twilio: FakeTwilio) -> Around:
    return storage, now, fake_telegram, fake_twilio


@pytest_asyncio.fixture(params=["telegram", "whatsapp", "phone"])
async def any_phone(request: pytest.FixtureRequest, around: Around) -> AsyncIterator[Person]:
    async with shared_phone(request.param, around) as person:
        yield person


@pytest_asyncio.fixture
async def phone(around: Around) -> AsyncIterator[Person]:
    async with shared_phone("telegram", around) as person:
        yield person


async def test_each_comes_to_their_own_logbook(any_phone: Person) -> None:
    phone, house = any_phone, any_phone.house
    assert len(rows(house.storage, select(PARTICIPANTS))) == 2
    addresses = rows(house.storage, select(ADDRESSES))
    assert len(addresses) == 2
    assert len({row.chat for row in addresses}) == 1
    assert FRENCH.job not in await phone.say("دفتري"), "who joined last still holds the phone"
    house.clock.advance(minutes=31)
    asked = await phone.say("bonjour, je suis malade")
    assert phone.text("who.ask") in asked, "in the language of who wrote last"
    for hidden in (FRENCH.name, ARABIC.name, FRENCH.job):
        assert hidden not in asked
    in_language(phone, Language.FRENCH)
    assert phone.text("home.passed_on") in await phone.choose("A.")
    assert FRENCH.job in await phone.say("carnet")
    assert "je suis malade" in told(house, FRENCH.name)
    assert "je suis malade" not in told(house, ARABIC.name)
    await phone.say("menu")
    assert phone.text("who.ask") in await phone.choose(Say("menu.other"))
    in_language(phone, Language.ARABIC)
    assert phone.text("home.menu") in await phone.choose("أ.")
    assert FRENCH.job not in await phone.say("دفتري")


async def test_an_answer_that_waited_is_an_answer(any_phone: Person) -> None:
    phone, house = any_phone, any_phone.house
    house.clock.advance(minutes=31)
    await phone.say("menu")
    in_language(phone, Language.FRENCH)
    await phone.choose("A.")
    await phone.choose(Say("menu.record"))
    await phone.choose(Say("kind.job"))
    house.clock.advance(hours=2)
    assert phone.text("who.ask") in await phone.say("1")
    assert phone.text("who.ask") in await phone.say("12 mars 2025"), "no choice: it waits as well"
    await phone.choose("A.")
    summary = await phone.say("Boulangère")
    assert phone.text("form.summary") in summary
    assert "12 mars 2025" in summary


async def test_words_of_an_earlier_sitting_go_to_nobody(phone: Person) -> None:
    house = phone.house
    house.clock.advance(hours=1)
    assert phone.text("who.ask") in await phone.say("je voudrais vous dire un secret")
    house.clock.advance(hours=8)
    asked = await phone.say("bonjour, je suis en retard")
    assert phone.text("who.not_kept") in asked
    in_language(phone, Language.FRENCH)
    await phone.choose("A.")
    assert "je suis en retard" in told(house, FRENCH.name)
    for name in (FRENCH.name, ARABIC.name):
        assert "secret" not in told(house, name)


async def test_who_says_late_who_they_are_loses_nothing(phone: Person) -> None:
    house = phone.house
    house.clock.advance(hours=1)
    await phone.say("bonjour, je suis malade")
    house.clock.advance(hours=8)
    in_language(phone, Language.FRENCH)
    await phone.choose("A.")
    assert "je suis malade" in told(house, FRENCH.name)


async def test_what_we_begin_says_for_whom(any_phone: Person) -> None:
    phone, house, team = any_phone, any_phone.house, admin_of(any_phone.house)
    aicha = person_named(house, FRENCH.name)
    with house.storage.write() as tx:
        write_to(tx, house.storage, team, aicha, "Votre attestation est prête.", house.clock())
    house.service.wake()
    in_language(phone, Language.FRENCH)
    heard = await phone.heard()
    assert heard.startswith(phone.text("who.for", who="A."))
    assert "attestation" in heard
    in_language(phone, Language.ARABIC)
    assert phone.text("who.ask") in await phone.say("شكرا"), "it is not taken for the answer of who held it"
    in_language(phone, Language.FRENCH)
    await phone.choose("A.")
    assert "شكرا" in told(house, FRENCH.name)
    assert "شكرا" not in told(house, ARABIC.name)


async def test_what_cannot_wait_does_not(phone: Person) -> None:
    house = phone.house
    house.clock.advance(minutes=40)
    heard = await phone.say("je veux mourir")
    assert phone.text("who.ask") in heard
    assert len(heard) > len(phone.text("who.ask")) + 60, "care comes first"
    assert all(row.urgent_since for row in rows(house.storage, select(PARTICIPANTS)))
    in_language(phone, Language.FRENCH)
    await phone.choose("A.")
    assert "je veux mourir" in told(house, FRENCH.name)
    assert "je veux mourir" not in told(house, ARABIC.name)

    house.clock.advance(minutes=40)
    assert phone.text("who.stopped") in await phone.say("stop")
    states = {row.prompting for row in rows(house.storage, select(PARTICIPANTS))}
    assert states == {ConsentState.WITHDRAWN}

    await phone.say("xx")
    house.clock.advance(hours=1)
    assert await phone.say("bonjour") == phone.text("exit.hello")
    assert phone.text("who.ask") in await phone.say("menu")
    await phone.choose("A.")
    assert FRENCH.job in await phone.say("carnet")


async def test_erasing_one_leaves_the_other(phone: Person) -> None:
    house = phone.house
    await phone.say("بياناتي")
    await phone.choose(Say("data.erase"))
    await phone.choose(Say("yes"))
    await phone.choose(Say("erase.yes"))
    await phone.choose(Say("erasing.now"))
    await phone.choose(Say("yes"))
    aicha = person_named(house, FRENCH.name)
    kept = {
        name: count(house, name, aicha) for name in ("messages_in", "outbox", "button_tokens", "addresses")
    }
    for _ in range(3):
        await asyncio.to_thread(house.service.jobs.erase)
    [left] = rows(house.storage, select(PARTICIPANTS))
    assert left.id == aicha
    assert {name: count(house, name, aicha) for name in kept} == kept
    in_language(phone, Language.FRENCH)
    house.clock.advance(hours=1)
    assert FRENCH.job in await phone.say("carnet"), "alone again: nobody is asked who they are"


def count(house: House, table: str, person: str) -> int:
    """How many rows of a table are somebody's."""
    theirs = SQLModel.metadata.tables[table]
    return len(rows(house.storage, select(theirs).where(theirs.c.participant_id == person)))


async def test_others_come_to_a_shared_phone(phone: Person) -> None:
    house, team = phone.house, admin_of(phone.house)
    assert phone.text("who.code_for") in await phone.say(CODE)
    assert phone.text("home.already_joined") in await phone.choose(Say("who.me"))
    assert len(rows(house.storage, select(PARTICIPANTS))) == 2

    await phone.say(CODE)
    await phone.choose(Say("who.other_person"))
    in_language(phone, Language.ENGLISH)
    await phone.choose(Language.ENGLISH.own_name)
    house.clock.advance(hours=1)
    in_language(phone, Language.ARABIC)
    assert phone.text("who.ask") in await phone.say("yes")
    asked = await phone.choose(Say("who.other"))
    in_language(phone, Language.ENGLISH)
    assert phone.text("join.consent") in asked, "who joins goes on where they were"

    [cohort, *_] = rows(house.storage, select(MEMBERSHIPS.c.cohort_id))
    wanted = Enrolment(cohort[0], Language.ENGLISH, "Grace", ConsentWay.ORAL)
    opened = open_logbook(house.storage, team, wanted, house.clock())
    code = code_for_phone(house.storage, team, opened, house.clock())
    house.clock.advance(hours=1)
    await phone.say("menu")
    in_language(phone, Language.ARABIC)
    await phone.choose("أ.")
    assert phone.text("who.code_for") in await phone.say(code)
    heard = await phone.choose(Say("who.other_person"))
    in_language(phone, Language.ENGLISH)
    assert phone.text("entry.welcome") in heard
    assert len(rows(house.storage, select(ADDRESSES))) == 3
