"""A quick exit clears the chat as far as the channel allows, however busy the way there is."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.vocabulary import DeliveryState, Language
from storage.database import Storage
from storage.tables.core import CLEARINGS, EVENTS, NEWCOMERS, OUTBOX
from tests.bot.driving import CODE, Clock, House, rows, running, telegram_settings, twilio_settings, until
from tests.bot.people import OnTelegram, OnWhatsApp
from tests.bot.voices import VOICES, join
from tests.fakes.telegram_server import SERVER_ERROR, FakeTelegram, flood
from tests.fakes.twilio_server import FakeTwilio

FRENCH = next(voice for voice in VOICES if voice.language is Language.FRENCH)


class Telegrammer(OnTelegram):
    """On Telegram, writing at the time the house's clock shows; knows which messages are theirs."""

    written: list[int]

    async def write(self, text: str) -> None:
        update = self.fake.text(self.chat, text, self.language)
        message = update["message"]
        assert isinstance(message, dict)
        message["date"] = int(self.house.clock().timestamp())
        self.__dict__.setdefault("written", []).append(message["message_id"])
        await self.deliver(update)


@pytest_asyncio.fixture
async def house(storage: Storage, now: datetime, fake_telegram: FakeTelegram) -> AsyncIterator[House]:
    async with running(
        telegram_settings(fake_telegram, TelegramMode.WEBHOOK), storage, Clock(now)
    ) as open_house:
        yield open_house


def cleared(house: House) -> bool:
    return rows(house.storage, select(CLEARINGS.c.id)) == []


async def test_on_telegram_both_sides_of_the_chat_are_deleted(
    house: House, fake_telegram: FakeTelegram
) -> None:
    person = Telegrammer(house, FRENCH.language, fake_telegram)
    await join(person, FRENCH, CODE)
    before = len(await person.screen())
    heard = await person.say("xx")
    assert heard == person.text("exit.done")
    await until(lambda: cleared(house))
    deleted = {message for chat, message in fake_telegram.deleted if chat == person.chat}
    assert set(person.written) <= deleted
    assert len(deleted) == before + len(person.written)  # all of ours but the harmless one
    assert (await person.say("tu es là ?")).startswith("Bonjour.")


async def test_messages_of_more_than_two_days_stay_and_that_is_said(
    house: House, fake_telegram: FakeTelegram
) -> None:
    person = Telegrammer(house, FRENCH.language, fake_telegram)
    await join(person, FRENCH, CODE)
    old = set(person.written)
    house.clock.advance(hours=60)
    assert await person.say("xx") == person.text("exit.stays")
    await until(lambda: cleared(house))
    assert {message for _, message in fake_telegram.deleted} == set(person.written) - old


async def test_trouble_on_the_way_is_tried_again(
    house: House, storage: Storage, fake_telegram: FakeTelegram
) -> None:
    person = Telegrammer(house, FRENCH.language, fake_telegram)
    await join(person, FRENCH, CODE)
    fake_telegram.will("deleteMessages", SERVER_ERROR, flood(7))
    await person.say("xx")
    for attempts in (1, 2):
        tried = select(CLEARINGS.c.id).where(CLEARINGS.c.attempts == attempts)
        await until(partial(rows, storage, tried))
        house.clock.advance(minutes=1)
    await until(lambda: cleared(house))
    assert len(fake_telegram.called("deleteMessages")) == 3
    assert set(person.written) <= {message for _, message in fake_telegram.deleted}


async def test_what_waited_to_be_sent_does_not_arrive_afterwards(
    house: House, fake_telegram: FakeTelegram
) -> None:
    person = Telegrammer(house, FRENCH.language, fake_telegram)
    await join(person, FRENCH, CODE)
    fake_telegram.will("sendMessage", flood(60))
    await person.write("menu")
    await house.quiet()
    await person.write("xx")
    await until(lambda: cleared(house))
    await house.pass_time(minutes=5)
    assert (await person.screen())[-1].text == person.text("exit.done")
    cancelled = select(OUTBOX.c.id).where(OUTBOX.c.state == DeliveryState.CANCELLED)
    assert len(rows(house.storage, cancelled)) == 1


async def test_of_a_newcomer_the_chat_is_cleared_before_they_are_forgotten(
    house: House, fake_telegram: FakeTelegram
) -> None:
    person = Telegrammer(house, FRENCH.language, fake_telegram)
    await person.say(CODE)
    await person.say("1")
    await person.say("xx")
    await until(lambda: cleared(house))
    assert set(person.written) <= {message for _, message in fake_telegram.deleted}
    assert rows(house.storage, select(NEWCOMERS)) == []
    house.service.jobs.expire()
    assert rows(house.storage, select(EVENTS)) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_on_whatsapp_it_says_what_stays(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        person = OnWhatsApp(house, FRENCH.language, fake_twilio)
        await join(person, FRENCH, CODE)
        assert await person.say("sortie") == person.text("exit.stays")
        await until(lambda: cleared(house))
