"""PostgreSQL goes away for a while: everyone is told so kindly, and all goes on when it is back."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy.engine import make_url

from bot.settings import TelegramMode
from conversations.vocabulary import Language
from storage.database import Storage
from tests.bot.driving import CODE, Clock, running, telegram_settings, until
from tests.bot.people import OnTelegram
from tests.chaos.databases import Proxy, Road
from tests.fakes.telegram_server import FakeTelegram

POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@POSTGRESQL
@pytest.mark.parametrize("road", [Road.REFUSED, Road.CUT])
async def test_all_goes_on_when_the_database_is_back(
    storage: Storage, database_url: str, now: datetime, fake_telegram: FakeTelegram, road: Road
) -> None:
    with Proxy(make_url(database_url)) as proxy:
        beyond = await asyncio.to_thread(Storage.open, proxy.url, storage.keystore.masters)
        given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
        async with running(given, beyond, Clock(now)) as house:
            amina = OnTelegram(house, Language.FRENCH, fake_telegram)
            assert await amina.say(CODE)
            proxy.become(road)
            words = fake_telegram.text(amina.chat, "1")
            if road is Road.REFUSED:
                assert await fake_telegram.push(words, house.client) == 503
                shown = await house.client.get("/", headers={"Cookie": "carnet_staff=somebody"})
                assert (shown.status_code, "Attendez une minute" in shown.text) == (503, True)
                assert (await house.client.get("/readyz")).status_code == 503
                proxy.become(Road.OPEN)
            assert await fake_telegram.push(words, house.client) == 200
            await until(lambda: len(fake_telegram.sent()) >= 2)
        await asyncio.to_thread(beyond.close)
