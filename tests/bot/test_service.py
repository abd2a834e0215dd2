"""The running program: it tells how it is, does its jobs by itself, and lives without its providers."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.service import Service
from bot.settings import TelegramMode
from conversations.vocabulary import ContactState, DeliveryState, Language
from storage.database import Storage
from storage.tables.core import CONTACTS, OUTBOX
from tests.bot.driving import CODE, Clock, rows, running, settings, telegram_settings, twilio_settings, until
from tests.bot.making import TO_HOME
from tests.bot.people import AtThePhone, OnTelegram
from tests.fakes.server import refusing_url
from tests.fakes.telegram_server import SERVER_ERROR, FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@SQLITE
async def test_channels_that_are_not_connected_are_absent(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        for path in ("/channels/telegram", "/channels/whatsapp", "/channels/sms", "/channels/twilio/status"):
            assert (await house.client.post(path)).status_code == 404, path


@SQLITE
async def test_the_simulated_phone_is_absent_once_a_channel_is_connected(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        assert (await house.client.get("/phone")).status_code == 404


@SQLITE
async def test_the_simulated_phone_of_a_public_program_is_for_staff_only(
    storage: Storage, now: datetime
) -> None:
    given = settings(host="0.0.0.0", simulator=True)
    async with running(given, storage, Clock(now)) as house:
        for path in ("/phone", "/phone/messages", "/phone/media/v1/bien.ogg"):
            assert (await house.client.get(path)).status_code == 403


async def test_what_falls_due_is_done_when_it_is_looked_at(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        person = AtThePhone(house, Language.FRENCH)
        for text in (*TO_HOME[:-1], "passer"):
            await person.write(text)
        house.clock.advance(days=7)
        house.service.look_now()
        await until(
            lambda: [row.state for row in rows(storage, select(CONTACTS.c.state))] == [ContactState.SENT]
        )
        await until(lambda: not rows(storage, select(OUTBOX).where(OUTBOX.c.state != DeliveryState.SENT)))
        assert person.text("checkin.hello") in await person.heard()


@SQLITE
async def test_it_starts_without_telegram_and_stops_at_once(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.POLLING)
    away = given.model_copy(update={"telegram_api_url": refusing_url()})
    async with asyncio.timeout(15), running(away, storage, Clock(now)) as house:
        assert (await house.client.get("/healthz")).status_code == 200


@SQLITE
async def test_the_webhook_and_the_menu_of_commands_are_told_to_telegram(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        await until(lambda: bool(fake_telegram.webhook))
        assert fake_telegram.webhook["url"] == f"{given.public_url}/channels/telegram"
        assert len(fake_telegram.called("setMyCommands")) >= 3
        assert house.service.join_links(CODE) == (f"t.me/carnet_bot?start={CODE}",)


@SQLITE
async def test_a_message_too_late_expires_and_an_idle_join_is_forgotten(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        fake_telegram.will("sendMessage", SERVER_ERROR)
        await OnTelegram(house, Language.FRENCH, fake_telegram).write(CODE)
        await house.quiet()
        with storage.write() as tx:
            tx.execute(OUTBOX.update().values(due_at=now + timedelta(days=30)))  # as if retries took so long
        house.clock.advance(days=1, seconds=1)
        assert await asyncio.to_thread(house.service.jobs.expire) == 1
        house.clock.advance(days=31)
        assert await asyncio.to_thread(house.service.jobs.forget) > 0
    assert rows(storage, select(OUTBOX)) == []


async def test_a_service_knows_its_forms(storage: Storage, now: datetime) -> None:
    service = Service(settings(), storage, Clock(now))
    assert {"profile", "milestone-job", "check-in"} <= set(service.projects().current_forms)
    await service.connections.close()
