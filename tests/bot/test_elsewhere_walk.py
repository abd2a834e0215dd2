"""One person on two channels: what WhatsApp reports as lost reaches them on Telegram, once."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest_asyncio
from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.vocabulary import Channel, Role
from storage.database import Storage
from storage.perimeter import Perimeter
from storage.staff import NewStaff, add
from storage.tables.core import ADDRESSES, PARTICIPANTS
from storage.tables.vocabulary import AddressState
from storage.writing import write_to
from tests.bot.driving import CODE, Clock, House, rows, running, settings, telegram_settings, twilio_settings
from tests.bot.people import OnTelegram, OnWhatsApp
from tests.bot.test_linking_walk import asks_to_link, code_in
from tests.bot.voices import VOICES, join, record_job
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

FRENCH = VOICES[0]
WORDS = "Rendez-vous demain à neuf heures"


@pytest_asyncio.fixture
async def house(
    fake_telegram: FakeTelegram, fake_twilio: FakeTwilio, storage: Storage, now: datetime
) -> AsyncIterator[House]:
    both = telegram_settings(fake_telegram, TelegramMode.WEBHOOK).model_dump()
    both |= twilio_settings(fake_twilio).model_dump(exclude_unset=True)
    async with running(settings(**both), storage, Clock(now)) as open_house:
        yield open_house


def team_writes(house: House, person: str) -> None:
    with house.storage.write() as tx:
        new = NewStaff("omar", "Omar", Role.ADMIN, FRENCH.language, frozenset())
        omar = Perimeter(add(tx, house.storage, new, "no password", house.clock()), Role.ADMIN)
        write_to(tx, house.storage, omar, person, WORDS, house.clock())
    house.service.wake()


async def test_what_one_channel_reports_as_lost_comes_by_the_other_once(
    house: House, fake_telegram: FakeTelegram, fake_twilio: FakeTwilio
) -> None:
    amina = OnWhatsApp(house, FRENCH.language, fake_twilio)
    await join(amina, FRENCH, CODE)
    await record_job(amina, FRENCH)
    elsewhere = OnTelegram(house, FRENCH.language, fake_telegram)
    await asks_to_link(elsewhere)
    await elsewhere.say(code_in(await amina.heard()))
    house.clock.advance(minutes=1)
    await amina.say("menu")
    [person] = rows(house.storage, select(PARTICIPANTS.c.id))
    team_writes(house, person.id)
    assert WORDS in await amina.heard()
    lost = next(one.sid for one in fake_twilio.sent if WORDS in one.form.get("Body", ""))
    for status in ("failed", "sent", "failed"):
        assert await fake_twilio.report(lost, status, house.client, "63024" * (status == "failed")) == 200
    assert WORDS in await elsewhere.heard()
    states = {row.channel: row.state for row in rows(house.storage, select(ADDRESSES))}
    assert states == {Channel.WHATSAPP: AddressState.UNREACHABLE, Channel.TELEGRAM: AddressState.OPEN}
    everything = [str(one["text"]) for one in fake_telegram.sent()]
    assert sum(WORDS in text for text in everything) == 1
