"""The servers as fixtures: a fresh one for each test."""

from collections.abc import Iterator

import pytest

from bot.channels.accounts import TelegramAccount, TwilioAccount
from tests.fakes import telegram_server, twilio_server
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio


@pytest.fixture
def fake_telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def fake_twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as server:
        yield server


@pytest.fixture
def telegram_account(fake_telegram: FakeTelegram) -> TelegramAccount:
    return TelegramAccount(telegram_server.TOKEN, fake_telegram.url, telegram_server.SECRET)


@pytest.fixture
def twilio_account(fake_twilio: FakeTwilio) -> TwilioAccount:
    return TwilioAccount(
        account_sid=twilio_server.ACCOUNT_SID,
        auth_token=twilio_server.AUTH_TOKEN,
        public_url=twilio_server.PUBLIC_URL,
        api_url=fake_twilio.url,
        content_url=fake_twilio.url,
        whatsapp_from=twilio_server.WHATSAPP_FROM,
        sms_from=twilio_server.SMS_FROM,
    )
