"""A file on its way: sent in a chat, fetched, handed out, and gone when its owner says so."""

import zipfile
from collections.abc import AsyncIterator
from datetime import datetime
from io import BytesIO

import pytest
from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.messages import Say
from conversations.vocabulary import Language
from storage.database import Storage
from storage.tables.core import FILES, PARTICIPANTS
from storage.tables.vocabulary import FileState
from tests.bot.driving import CODE, Clock, House, rows, running, telegram_settings, twilio_settings, until
from tests.bot.filing import OPUS, photo
from tests.bot.people import OnTelegram, OnWhatsApp
from tests.bot.voices import VOICES, consent, join, record_job
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

FRENCH = VOICES[0]
MINE = {"voice": {"file_id": "voice-1", "file_unique_id": "u1", "duration": 12, "mime_type": "audio/ogg"}}


@pytest.fixture
async def house(storage: Storage, now: datetime, fake_telegram: FakeTelegram) -> AsyncIterator[House]:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        yield house


async def speaks(person: OnTelegram) -> str:
    """Answer the open question by voice."""
    person.fake.files["voice-1"] = OPUS
    update = person.fake.text(person.chat, "", person.language)
    message = update["message"]
    assert isinstance(message, dict)
    del message["text"]
    await person.deliver(update | {"message": message | MINE})
    return await person.heard()


def states(house: House) -> set[FileState]:
    return {row.state for row in rows(house.storage, select(FILES.c.state))}


def on_disk(house: House) -> int:
    return sum(path.is_file() for path in house.storage.media.path.rglob("*"))


async def is_fetched(house: House) -> None:
    """The job runs by itself every few seconds; here at once."""
    house.service.schedule.run_now("fetch_media")
    await until(lambda: states(house) == {FileState.STORED})


async def test_a_voice_is_fetched_after_the_yes_and_goes_with_the_data(
    house: House, fake_telegram: FakeTelegram
) -> None:
    awa = OnTelegram(house, Language.FRENCH, fake_telegram)
    await consent(awa, CODE)
    assert awa.text("media.ask") in await speaks(awa)
    assert house.service.jobs.fetch_media() == 0
    assert fake_telegram.called("getFile") == []
    await awa.choose(Say("yes"))
    await is_fetched(house)
    await awa.say("mes données")
    await awa.choose(Say("data.export"))
    content = fake_telegram.called("sendDocument")[0]["document"]
    assert isinstance(content, bytes)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.read("files/001-voice.ogg") == OPUS
        assert b"files/001-voice.ogg" in archive.read("data.json")
        assert b"files/001-voice.ogg" in archive.read("page.html")


async def test_a_no_means_that_it_is_never_fetched(house: House, fake_telegram: FakeTelegram) -> None:
    awa = OnTelegram(house, Language.FRENCH, fake_telegram)
    await consent(awa, CODE)
    await speaks(awa)
    await awa.choose(Say("no"))
    assert states(house) == {FileState.NOT_ALLOWED}
    assert house.service.jobs.fetch_media() == 0
    assert fake_telegram.called("getFile") == []


async def test_a_yes_taken_back_in_the_chat_deletes_what_was_kept(
    house: House, fake_telegram: FakeTelegram
) -> None:
    awa = OnTelegram(house, Language.FRENCH, fake_telegram)
    await consent(awa, CODE)
    await speaks(awa)
    await awa.choose(Say("yes"))
    await is_fetched(house)
    assert on_disk(house) == 1
    await awa.say("mes données")
    await awa.choose(Say("data.permissions"))
    assert awa.text("permissions.media_off") in await awa.choose(Say("permissions.media_no"))
    house.service.jobs.drop_media()
    assert (states(house), on_disk(house)) == ({FileState.NOT_ALLOWED}, 0)


async def test_what_cannot_be_kept_is_said_once(house: House, fake_telegram: FakeTelegram) -> None:
    awa = OnTelegram(house, Language.FRENCH, fake_telegram)
    await consent(awa, CODE)
    await speaks(awa)
    fake_telegram.files["voice-1"] = b"<html>" + bytes(100)
    await awa.choose(Say("yes"))
    house.service.schedule.run_now("fetch_media")
    await until(lambda: states(house) == {FileState.REFUSED})
    assert (await awa.heard()).count(awa.text("file.refused")) == 1


async def test_after_a_quick_exit_nothing_is_said_of_a_file(
    house: House, fake_telegram: FakeTelegram
) -> None:
    awa = OnTelegram(house, Language.FRENCH, fake_telegram)
    await consent(awa, CODE)
    await speaks(awa)
    fake_telegram.files["voice-1"] = b""
    await awa.choose(Say("yes"))
    await awa.say("xx")
    fake_telegram.files["voice-1"] = b"<html>" + bytes(100)
    house.clock.advance(minutes=5)
    house.service.schedule.run_now("fetch_media")
    await until(lambda: states(house) == {FileState.REFUSED})
    assert await awa.heard() == ""


async def test_an_erasure_deletes_the_files_too(house: House, fake_telegram: FakeTelegram) -> None:
    awa = OnTelegram(house, Language.FRENCH, fake_telegram)
    await consent(awa, CODE)
    await speaks(awa)
    await awa.choose(Say("yes"))
    await is_fetched(house)
    await awa.say("mes données")
    for choice in (Say("data.erase"), Say("yes"), Say("erase.yes"), Say("erasing.now"), Say("yes")):
        await awa.choose(choice)
    for _ in range(3):
        house.service.jobs.erase()
    assert rows(house.storage, select(PARTICIPANTS)) == []
    assert on_disk(house) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_twilio_gives_a_photo_and_deletes_it_a_day_later(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        aicha = OnWhatsApp(house, Language.FRENCH, fake_twilio)
        await join(aicha, FRENCH, CODE)
        await record_job(aicha, FRENCH)
        form = fake_twilio.file(aicha.address, photo(800, 600, place=True), "image/jpeg")
        assert await fake_twilio.push(form, house.client) == 200
        await aicha.heard()
        await aicha.choose("Travail : couturière, Atelier Nour")
        await aicha.choose(Say("yes"))
        await is_fetched(house)
        assert on_disk(house) == 2
        house.clock.advance(hours=23)
        house.service.jobs.delete_at_providers()
        assert fake_twilio.deleted == []
        house.clock.advance(hours=2)
        house.service.jobs.delete_at_providers()
        assert form["MessageSid"] in fake_twilio.deleted
        assert fake_twilio.media[form["MessageSid"]] == []
        assert states(house) == {FileState.STORED}
