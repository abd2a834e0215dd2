"""The buttons beside a question, all the way: offered, tapped, valid once, and words where there are none."""

from datetime import datetime

import pytest

from bot.settings import TelegramMode
from conversations.messages import Say
from conversations.vocabulary import Language
from storage.database import Storage
from tests.bot.driving import Clock, running, telegram_settings, twilio_settings
from tests.bot.making import TO_HOME
from tests.bot.people import OnTelegram, OnWhatsApp
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

*TO_THE_LAST, _ = TO_HOME  # the last question of the profile may be left out


async def test_a_question_is_skipped_with_its_button_on_telegram_and_the_button_is_good_once(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        for words in TO_THE_LAST:
            await person.say(words)
        [skip] = (await person.screen())[-1].buttons.values()
        assert person.text("home.menu") in await person.choose(Say("beside.skip"))
        await person.tap(skip)
        assert person.text("tap.old") in await person.heard()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_on_whatsapp_the_word_is_said_and_does_the_same(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        person = OnWhatsApp(house, Language.FRENCH, fake_twilio)
        heard = ""
        for words in TO_THE_LAST:
            heard = await person.say(words)
        assert "Ou écrivez : « passer »" in heard
        assert person.text("home.menu") in await person.say("passer")
