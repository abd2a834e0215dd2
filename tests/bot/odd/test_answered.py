"""Every kind that comes in is answered as docs/channels.md lists it: with words, once for several, or not."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.vocabulary import Language
from storage.database import Storage
from storage.retention import forget
from storage.tables.core import FILES, MESSAGES_IN
from storage.tables.vocabulary import MessageState
from tests.bot.driving import Clock, House, rows, running, telegram_settings, twilio_settings
from tests.bot.making import TO_HOME
from tests.bot.odd import notes, telegram, twilio
from tests.bot.odd.listed import listed
from tests.bot.people import OnTelegram, OnWhatsApp
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def amina(storage: Storage, now: datetime, fake_telegram: FakeTelegram) -> AsyncIterator[OnTelegram]:
    """Someone with a logbook, at the menu."""
    async with running(telegram_settings(fake_telegram, TelegramMode.WEBHOOK), storage, Clock(now)) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        for text in TO_HOME:
            await person.say(text)
        yield person


def failed(house: House) -> list[object]:
    return list(rows(house.storage, select(MESSAGES_IN).where(MESSAGES_IN.c.state == MessageState.FAILED)))


async def deliver(person: OnTelegram, example: Mapping[str, object], number: int) -> int:
    """How many messages follow the example, wherever they go."""
    before = len(person.fake.sent())
    await person.deliver({**example, "update_id": 50_000 + number})
    await person.house.quiet()
    return len(person.fake.sent()) - before


@SQLITE
async def test_telegrams_kinds_are_answered_as_listed(amina: OnTelegram) -> None:
    table = listed("Telegram")
    answers = {}
    for number, (kind, example) in enumerate({**telegram.KINDS, **notes.KINDS}.items()):
        await amina.say("menu")
        answers[kind] = await deliver(amina, example, number)
    wrong = {
        kind: count
        for kind, count in answers.items()
        if not (count == 0 if table[kind].answered == "no" else count >= 1)
    }
    groups = {"message in a group"}  # it was told when we were taken there
    assert wrong == dict.fromkeys(groups, 0)
    assert failed(amina.house) == []


@SQLITE
async def test_twilios_kinds_are_answered_as_listed(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    table = listed("WhatsApp and SMS (through Twilio)")
    answers = {}
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        person = OnWhatsApp(house, Language.FRENCH, fake_twilio)
        for number, (kind, example) in enumerate(twilio.KINDS.items()):
            if kind.startswith("form"):
                continue  # nobody to push it for
            before = len(fake_twilio.sent)
            sid = f"SM{900 + number:032x}"
            assert await fake_twilio.push(example | {"MessageSid": sid}, house.client) == 200, kind
            await house.quiet()
            answers[kind] = len(fake_twilio.sent) - before
        assert failed(house) == []
        assert await person.screen()
    assert {kind: count > 0 for kind, count in answers.items()} == {
        kind: table[kind].answered != "no" for kind in answers
    }


async def test_an_album_is_kept_whole_and_answered_once(amina: OnTelegram) -> None:
    await amina.heard()
    photos = [
        telegram.message(photo=[telegram.PICTURE | {"file_id": f"F{n}"}], media_group_id="1395", **words)
        for n, words in enumerate(({"caption": "Ma boutique"}, {}, {}))
    ]
    assert [await deliver(amina, photo, number) for number, photo in enumerate(photos)] == [1, 0, 0]
    assert len(rows(amina.house.storage, select(FILES))) == 3
    assert await deliver(amina, photos[0] | {"message": telegram.a_message(text="menu")}, 9) == 1


async def test_an_album_from_a_stranger_is_answered_once(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    async with running(telegram_settings(fake_telegram, TelegramMode.WEBHOOK), storage, Clock(now)) as house:
        stranger = OnTelegram(house, Language.FRENCH, fake_telegram)
        assert [await deliver(stranger, telegram.KINDS["album"], number) for number in range(3)] == [1, 0, 0]


async def test_files_of_one_mms_are_answered_once(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        assert await fake_twilio.push(twilio.KINDS["SMS: several files (MMS)"], house.client) == 200
        await house.quiet()
        assert len(fake_twilio.sent) == 1


async def test_a_group_is_told_once_even_after_a_restart_and_years(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        assert await deliver(person, telegram.KINDS["taken into a group"], 1) == 1
        [told] = fake_telegram.sent()
        assert (told["chat_id"], told["text"]) == (-1001, person.text("elsewhere.private_only"))
        assert await deliver(person, telegram.KINDS["message in a group"], 2) == 0
    with storage.write() as tx:
        forget(tx, now.replace(year=2030))
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        assert await deliver(person, telegram.KINDS["message in a group"], 3) == 0
        assert await deliver(person, telegram.KINDS["message in a supergroup"], 4) == 1
        assert rows(storage, select(MESSAGES_IN)) == []
