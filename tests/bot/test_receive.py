"""Receiving: a repetition has no effect, however parallel; nothing is answered before it is committed."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime

import pytest
from sqlalchemy import create_engine, select, text

from bot.channels.receiving import Unavailable
from bot.receive import Writer
from bot.settings import TelegramMode
from conversations.events import InboundEvent, StatusEvent, Text
from conversations.vocabulary import Channel
from storage.database import Storage, make_engine
from storage.tables.core import EVENTS, MESSAGES_IN, OUTBOX, PARTICIPANTS
from storage.vault import Cipher, MasterKeys
from tests.bot.driving import CODE, Clock, rows, running, telegram_settings, twilio_settings
from tests.bot.making import TO_CONSENT, TO_HOME, Desk, open_desk
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

AMINA, AMINA_WHATSAPP = 5_000_000_007, "whatsapp:+212600000001"
TIMES = 20


@asynccontextmanager
async def writing(desk: Desk, storage: Storage | None = None) -> AsyncIterator[Writer]:
    """A writer as the program runs it."""
    writer = Writer(
        storage or desk.storage, lambda: desk.project, desk.accounts, lambda: desk.now, lambda: None
    )
    writer.start()
    try:
        yield writer
    finally:
        await asyncio.to_thread(writer.stop)


def counts(storage: Storage) -> tuple[int, int]:
    """How many events were taken, and how many messages are to be sent."""
    return len(rows(storage, select(EVENTS))), len(rows(storage, select(OUTBOX.c.id)))


def inbound(desk: Desk, text: str, address: str = str(AMINA)) -> InboundEvent:
    event = desk.event(address, text).inbound
    assert event is not None
    return event


async def test_the_same_telegram_webhook_twenty_times_in_parallel_has_one_effect(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        update = fake_telegram.text(AMINA, CODE)
        answers = await asyncio.gather(*(fake_telegram.push(update, house.client) for _ in range(TIMES)))
        assert set(answers) == {200}
        await house.quiet()
    assert counts(storage) == (1, 1)
    assert len(fake_telegram.sent()) == 1


async def test_the_same_whatsapp_webhook_twenty_times_in_parallel_has_one_effect(
    storage: Storage, now: datetime, fake_twilio: FakeTwilio
) -> None:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        form = fake_twilio.message(AMINA_WHATSAPP, CODE)
        answers = await asyncio.gather(*(fake_twilio.push(form, house.client) for _ in range(TIMES)))
        assert set(answers) == {200}
        await house.quiet()
    assert counts(storage) == (1, 1)
    assert len(fake_twilio.sent) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_processes_take_the_same_event_once(
    storage: Storage, database_url: str, now: datetime
) -> None:
    desk = open_desk(storage, now)
    other = Storage.open(database_url, storage.keystore.masters)
    async with writing(desk) as here, writing(desk, other) as there:
        for said in (*TO_CONSENT, "Amina"):
            event = inbound(desk, said)
            await asyncio.gather(*(writer.receive([event]) for writer in (here, there) * (TIMES // 2)))
    other.close()
    assert len(rows(storage, select(PARTICIPANTS))) == 1
    assert len(rows(storage, select(MESSAGES_IN))) == 3  # the two consents and the name
    assert counts(storage) == (6, 11)  # the consent is asked in six messages


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_processes_give_each_persons_messages_one_order(
    storage: Storage, database_url: str, now: datetime
) -> None:
    """Many people at once, each person's messages now here, now there; nobody waits for ever."""
    desk = open_desk(storage, now)
    other = Storage.open(database_url, storage.keystore.masters)
    chats = [str(AMINA + n) for n in range(20)]
    async with writing(desk) as here, writing(desk, other) as there:
        for number, said in enumerate(TO_HOME):
            batch = [inbound(desk, said, chat) for chat in chats]
            halves = ((here, there), (there, here))[number % 2]
            await asyncio.gather(
                *(
                    writer.receive(part)
                    for writer, part in zip(halves, (batch[::2], batch[::-2]), strict=True)
                )
            )
    other.close()
    assert len(rows(storage, select(PARTICIPANTS).where(PARTICIPANTS.c.name.is_not(None)))) == len(chats)
    assert len(rows(storage, select(MESSAGES_IN))) == len(chats) * len(TO_HOME[3:])


async def test_what_waits_together_is_committed_together(storage: Storage, now: datetime) -> None:
    desk = open_desk(storage, now)
    async with writing(desk) as writer:
        events = [inbound(desk, CODE, str(AMINA + n)) for n in range(50)]
        await asyncio.gather(*(writer.receive([event]) for event in events))
    assert counts(storage) == (50, 50)


async def test_at_the_end_what_still_waits_is_written(storage: Storage, now: datetime) -> None:
    desk = open_desk(storage, now)
    async with writing(desk) as writer:
        waiting = [asyncio.create_task(writer.receive([inbound(desk, CODE, str(n))])) for n in range(10)]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert counts(storage) == (10, 10)


async def test_a_database_that_is_locked_for_too_long_means_503_and_the_repetition_is_taken(
    database_url: str, now: datetime, fake_telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.2)
    storage = Storage.open(database_url, MasterKeys((Cipher.new(),)))
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        update = fake_telegram.text(AMINA, CODE)
        with unusable(storage, database_url):
            assert await fake_telegram.push(update, house.client) == 503
        assert await fake_telegram.push(update, house.client) == 200
        await house.quiet()
    assert counts(storage) == (1, 1)
    storage.close()


async def test_nothing_is_stored_of_a_batch_that_could_not_be_committed(
    database_url: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.2)
    storage = Storage.open(database_url, MasterKeys((Cipher.new(),)))
    desk = open_desk(storage, now)
    async with writing(desk) as writer:
        events = [inbound(desk, CODE, str(n)) for n in range(3)]
        with unusable(storage, database_url):
            with pytest.raises(Unavailable):
                await writer.receive(events)
            with pytest.raises(Unavailable):
                await writer.status(StatusEvent(Channel.WHATSAPP, "SM1", "delivered"))
        assert counts(storage) == (0, 0)
        await writer.receive(events)
        assert counts(storage) == (3, 3)
    storage.close()


@contextmanager
def unusable(storage: Storage, url: str) -> Iterator[None]:
    """Another program holds the database (SQLite), or every connection that waits is cut (PostgreSQL)."""
    engine = create_engine(make_engine(url).url)
    over = threading.Event()
    with engine.connect() as holder:
        if not storage.locks_rows:
            holder.exec_driver_sql("BEGIN IMMEDIATE")
            yield
            holder.exec_driver_sql("ROLLBACK")
        else:
            holder.execute(text("LOCK TABLE received_events, provider_messages IN ACCESS EXCLUSIVE MODE"))
            cutting = threading.Thread(target=_cut_waiting, args=(url, over))
            cutting.start()
            yield
            over.set()
            cutting.join()
            holder.rollback()
    engine.dispose()


def _cut_waiting(url: str, over: threading.Event) -> None:
    engine = create_engine(make_engine(url).url, isolation_level="AUTOCOMMIT")
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with engine.connect() as connection:
        while not over.is_set():
            connection.execute(cut)
            time.sleep(0.05)
    engine.dispose()


async def test_an_event_whose_text_the_vault_cannot_take_is_never_repeated_for_ever(
    storage: Storage, now: datetime
) -> None:
    """Half a character slips past no channel; if one did, it would still be answered and done."""
    desk = open_desk(storage, now)
    desk.tell(str(AMINA), TO_HOME)
    before = counts(storage)
    async with writing(desk) as writer:
        event = desk.event(str(AMINA), Text("\ud83d")).inbound
        assert event is not None
        await writer.receive([event])
    assert counts(storage) == (before[0] + 1, before[1] + 1)
