"""On Telegram a message that is changed changes the answer it gave; also after a restart, and only once."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.settings import TelegramMode
from conversations.vocabulary import Language
from storage.database import Storage
from tests.bot.driving import Clock, House, running, telegram_settings
from tests.bot.making import TO_CONSENT
from tests.bot.people import OnTelegram
from tests.fakes.telegram_server import DATE, FakeTelegram

Json = dict[str, object]


@pytest.fixture
async def house(storage: Storage, now: datetime, fake_telegram: FakeTelegram) -> AsyncIterator[House]:
    async with running(telegram_settings(fake_telegram, TelegramMode.WEBHOOK), storage, Clock(now)) as opened:
        yield opened


def changed(fake: FakeTelegram, update: Json, text: str) -> Json:
    """The update that tells of the new wording."""
    message = update["message"]
    assert isinstance(message, dict)
    return fake.update(edited_message=message | {"text": text, "edit_date": DATE + 60})


async def test_a_changed_message_changes_its_answer(
    house: House, storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    person = OnTelegram(house, Language.FRENCH, fake_telegram)
    for text in TO_CONSENT:
        await person.say(text)
    named = fake_telegram.text(person.chat, "Aminata")
    await person.deliver(named)
    asked = await person.heard()
    correction = changed(fake_telegram, named, "Amina")
    await person.deliver(correction)
    heard = await person.heard()
    assert person.text("edited.taken", answer="Amina") in heard
    assert asked.splitlines()[-1] in heard
    await person.deliver(correction)
    assert await person.heard() == ""
    for text in ("1", "1990", "1", "1", "1", "1"):
        last = await person.say(text)
    assert person.text("profile.done", name="Amina") in last + await person.say("passer")


async def test_a_stranger_who_mends_the_code_is_let_in(house: House, fake_telegram: FakeTelegram) -> None:
    person = OnTelegram(house, Language.FRENCH, fake_telegram)
    wrong = fake_telegram.text(person.chat, "Bonjour, le code svp")
    await person.deliver(wrong)
    await person.heard()
    await person.deliver(changed(fake_telegram, wrong, TO_CONSENT[0]))
    assert person.text("join.language") in await person.heard()
