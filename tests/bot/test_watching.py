"""/healthz, /readyz and /metrics: how the program is, in words and numbers."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot import room
from bot.settings import TelegramMode
from bot.watching import health
from bot.watching.health import LATE
from bot.watching.standing import GOOD_FOR
from bot.watching.troubles import Doing
from conversations.vocabulary import Channel, DeliveryState, Language
from storage.database import Storage
from storage.standing import standing
from storage.tables.core import CONTACTS, OUTBOX
from tests.bot.driving import CODE, Clock, House, running, settings, telegram_settings, twilio_settings, until
from tests.bot.making import TO_HOME, open_desk
from tests.bot.people import AtThePhone, OnTelegram, OnWhatsApp
from tests.fakes import twilio_server
from tests.fakes.telegram_server import UNAUTHORIZED, FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Labels = tuple[tuple[str, str], ...]


async def ready(house: House) -> tuple[int, dict[str, object]]:
    answer = await house.client.get("/readyz")
    return answer.status_code, answer.json()


async def numbers(house: House) -> Mapping[tuple[str, Labels], float]:
    """Every sample of /metrics, by name and labels; the page must be what Prometheus reads."""
    page = (await house.client.get("/metrics")).text
    families = list(text_string_to_metric_families(page))
    names = [family.name for family in families]
    assert len(names) == len(set(names)), "a metric is told twice"
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def of(samples: Mapping[tuple[str, Labels], float], name: str, **labels: str) -> float:
    return samples.get((name, tuple(sorted(labels.items()))), 0.0)


@SQLITE
async def test_it_says_that_it_is_alive_and_that_every_part_is_well(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        assert (await house.client.get("/healthz")).text == "ok"
        status, told = await ready(house)
        ok = {"state": "ok"}
        parts = ("database", "disk", "writer", "sender", "clearer", "schedule")
        assert (status, told) == (
            200,
            {"status": "ready", **dict.fromkeys(parts, ok), "channels": {"phone": ok}},
        )


@SQLITE
async def test_a_channel_in_trouble_is_named_with_its_reason_and_since_when(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    clock = Clock(now)
    async with running(telegram_settings(fake_telegram, TelegramMode.WEBHOOK), storage, clock) as house:
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        fake_telegram.will("sendMessage", UNAUTHORIZED)
        await person.write(CODE)
        await until(lambda: house.service.troubles.of(Channel.TELEGRAM))
        _, told = await ready(house)
        assert told["wrong"] == ["telegram"]
        assert told["channels"] == {
            "phone": {"state": "ok"},
            "telegram": {
                "state": "trouble",
                "what": "the provider refuses the token: check it in the settings, then restart",
                "code": "401",
                "since": "2026-11-23T10:00:00+00:00",
            },
        }
        assert of(await numbers(house), "carnet_channel_trouble", channel="telegram") == 1
        clock.advance(minutes=2)
        house.service.wake()
        await house.quiet()
        assert (await ready(house))[0] == 200
        assert of(await numbers(house), "carnet_channel_trouble", channel="telegram") == 0


@SQLITE
async def test_trouble_keeps_the_time_it_began_at(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        troubles = house.service.troubles
        troubles.note(Channel.PHONE, Doing.SENDING, "403", now)
        troubles.note(Channel.PHONE, Doing.SENDING, "weird", now + timedelta(hours=1))
        _, told = await ready(house)
        assert told["channels"] == {
            "phone": {
                "state": "trouble",
                "what": "the provider refuses or does not answer: look at its status page, then at the log",
                "code": "weird",
                "since": "2026-11-23T10:00:00+00:00",
            }
        }
        troubles.over(Channel.PHONE, Doing.SENDING)
        assert (await ready(house))[0] == 200


@SQLITE
async def test_it_says_that_the_disk_is_full(
    storage: Storage, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LEAST", 2**62)  # more than any disk has free
    async with running(settings(data_dir=tmp_path), storage, Clock(now)) as house:
        status, told = await ready(house)
        assert (status, told["wrong"]) == (503, ["disk"])


async def test_it_says_that_the_database_is_away_and_still_counts(
    storage: Storage, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        with storage.write() as tx:
            tx.execute(text("ALTER TABLE outbox RENAME TO gone"))
        try:
            status, told = await ready(house)
            assert status == 503
            assert "database" in told["wrong"]  # type: ignore[operator]
            assert of(await numbers(house), "carnet_writer_queue_deliveries") == 0
        finally:
            with storage.write() as tx:
                tx.execute(text("ALTER TABLE gone RENAME TO outbox"))
        assert (await ready(house))[0] == 200


@SQLITE
async def test_a_writer_that_is_stuck_and_jobs_that_rest_are_said(
    storage: Storage, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        monkeypatch.setattr(health, "STUCK", -1.0)  # so that no time at all is too long
        monkeypatch.setattr(health, "IDLE", -1.0)
        _, told = await ready(house)
        assert told["wrong"] == ["writer", "schedule"]


@SQLITE
async def test_a_part_that_has_died_is_said(storage: Storage, now: datetime) -> None:
    async def dies() -> None:
        raise OperationalError("SELECT", {}, ValueError("Amina"))

    async with running(settings(), storage, Clock(now)) as house:
        task = asyncio.create_task(dies(), name="errand")
        await asyncio.wait([task])
        house.service.tasks.append(task)
        status, told = await ready(house)
        assert (status, told["wrong"]) == (503, ["errand"])
        assert "Amina" not in str(told)
        house.service.tasks.remove(task)


async def test_a_conversation_is_counted(storage: Storage, now: datetime, fake_twilio: FakeTwilio) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        before = await numbers(house)
        person = OnWhatsApp(house, Language.FRENCH, fake_twilio)
        form = fake_twilio.message(person.address, CODE)
        fake_twilio.will(twilio_server.trouble(400, 99999))
        assert await fake_twilio.push(form, house.client) == 200
        assert await fake_twilio.push(form, house.client) == 200
        await person.say("1")
        after = await numbers(house)

        def more(name: str, **labels: str) -> float:
            return of(after, name, **labels) - of(before, name, **labels)

        assert more("carnet_inbound_total", channel="whatsapp", result="stored") == 3
        assert more("carnet_events_total", channel="whatsapp", result="handled") == 2
        assert more("carnet_events_total", channel="whatsapp", result="repeated") == 1
        assert more("carnet_commit_seconds_count") == 3
        sends = {
            (dict(labels)["outcome"], dict(labels)["code"]): value - before.get((name, labels), 0)
            for (name, labels), value in after.items()
            if name == "carnet_sends_total" and dict(labels)["channel"] == "whatsapp"
        }
        assert sum(sends.values()) >= 2
        assert all(code != "99999" for _, code in sends), "labels stay few"
        assert more("carnet_reply_seconds_count", channel="whatsapp") >= 1


async def test_what_waits_and_how_late_is_counted_by_the_database(storage: Storage, now: datetime) -> None:
    desk = open_desk(storage, now)
    desk.tell("5000000001", TO_HOME)
    with storage.write() as tx:
        tx.execute(OUTBOX.update().values(state=DeliveryState.SENT))
        [first] = tx.execute(OUTBOX.select().limit(1)).all()
        waiting = OUTBOX.update().where(OUTBOX.c.id == first.id)
        tx.execute(waiting.values(state=DeliveryState.QUEUED, due_at=now - timedelta(seconds=30)))
        tx.execute(CONTACTS.update().values(due_at=now - timedelta(hours=1)))
    with storage.read() as look:
        found = standing(look, now)
    assert dict(found.outbox) == {(first.account_id, DeliveryState.QUEUED): 1}
    assert found.late["send"] == timedelta(seconds=30)
    assert found.late["send_due"] == timedelta(hours=1)
    assert found.late["erase"] == timedelta(0)


@SQLITE
async def test_messages_that_lie_there_for_minutes_are_said(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        person = AtThePhone(house, Language.FRENCH)
        await person.say(CODE)
        house.service.sender.stop()
        await asyncio.wait([house.service.tasks[0]])
        await person.write("1")
        house.clock.advance(seconds=LATE + 1)
        house.service.watch._looked_at = -GOOD_FOR - 1.0
        status, told = await ready(house)
        assert (status, told["wrong"]) == (503, ["outbox"])
        depth = of(await numbers(house), "carnet_outbox_messages", channel="phone", state="queued")
        assert depth >= 1
