"""Whatever happens, no log, number or error tells of a person; and a message can be followed by it."""

import logging
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot import handle
from bot.settings import Settings, TelegramMode
from conversations.events import Event, Text
from conversations.snapshot import Snapshot
from conversations.step import step
from conversations.vocabulary import Language
from storage.database import Storage
from storage.tables.core import OUTBOX
from tests.bot.driving import CODE, Clock, House, rows, running, telegram_settings, twilio_settings, until
from tests.bot.odd import telegram
from tests.bot.people import OnTelegram, OnWhatsApp
from tests.bot.test_loop_staff import broadcast, the_admin
from tests.bot.voices import VOICES, join, record_job
from tests.fakes import telegram_server, twilio_server
from tests.fakes.answers import BAD_GATEWAY, Answer
from tests.fakes.telegram_server import BLOCKED, FakeTelegram, trouble
from tests.fakes.twilio_server import FakeTwilio

FRENCH, _, ENGLISH = VOICES
POISON = "mon numéro secret est le 0661000000"
CAPTION, STAFF_WORDS, NEWS = "Ma boutique à Salé", "Passez me voir demain", "Atelier CV lundi"
LOGIN, GUESS = "quelqu-un-d-autre", "un mot de passe deviné"
PERSONAL = (
    *("5000000007", "212600000001", "MA.1A2B3C4D5E", "0661000000"),  # chats and numbers
    *(FRENCH.name, FRENCH.job, FRENCH.place, FRENCH.skills, ENGLISH.name, ENGLISH.skills),
    *(POISON, CAPTION, STAFF_WORDS, NEWS, LOGIN, GUESS, "Salma", "photo-of-amina", "/Media/"),
)
SECRETS = (telegram_server.TOKEN, telegram_server.SECRET, twilio_server.AUTH_TOKEN)


class Overheard(logging.Handler):
    """Every line of every library, as it would be printed, tracebacks and all."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {self.format(record)}")


@pytest.fixture
def overheard() -> Iterator[Overheard]:
    """As if somebody had turned every logger to DEBUG."""
    handler, root = Overheard(), logging.getLogger()
    levels = {name: logger.level for name, logger in _loggers()}
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for _, logger in _loggers():
        logger.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def _loggers() -> list[tuple[str, logging.Logger]]:
    known = logging.root.manager.loggerDict.items()
    return [(name, logger) for name, logger in known if isinstance(logger, logging.Logger)]


def both(fake_telegram: FakeTelegram, fake_twilio: FakeTwilio) -> Settings:
    """A bot and a sender of Twilio's."""
    bot = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    ours = {name for name in Settings.model_fields if name.startswith("twilio_")}
    sender = twilio_settings(fake_twilio)
    return bot.model_copy(update={name: getattr(sender, name) for name in ours})


@pytest.fixture
async def house(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram, fake_twilio: FakeTwilio
) -> AsyncIterator[House]:
    async with running(both(fake_telegram, fake_twilio), storage, Clock(now)) as opened:
        yield opened


def found_in(text: str) -> list[str]:
    return [word for word in (*PERSONAL, *SECRETS) if word in text]


async def live_through_much(house: House, telegram_: FakeTelegram, twilio: FakeTwilio) -> None:
    """Two people join and live with it, the team writes, providers fail, somebody guesses a password."""
    awa = OnTelegram(house, Language.FRENCH, telegram_)
    grace = OnWhatsApp(house, Language.ENGLISH, twilio)
    await join(awa, FRENCH, CODE)
    await record_job(awa, FRENCH)
    photo = telegram.a_message(photo=[telegram.PICTURE | {"file_id": "photo-of-amina"}], caption=CAPTION)
    await awa.deliver(telegram_.update(message=photo))
    await awa.deliver(telegram_.contact(awa.chat, "+212600000001", own=True))
    await awa.deliver(telegram_.update(message=telegram.a_message(text=5)))
    await join(grace, ENGLISH, CODE)
    file = {"MediaUrl0": f"{twilio.url}/2010-04-01/Accounts/x/Messages/y/Media/z", "NumMedia": "1"}
    form = twilio.message(grace.address, CAPTION, MediaContentType0="image/jpeg", **file)
    assert await twilio.push(form | {"ExternalUserId": "whatsapp:MA.1A2B3C4D5E"}, house.client) == 200
    await awa.say(POISON)
    await house.quiet()
    admin = the_admin(house)
    telegram_.will("sendMessage", BAD_GATEWAY, trouble(400, f"Bad Request: can't parse {STAFF_WORDS}"))
    twilio.will(twilio_server.trouble(400, 21211, f"'{grace.address}' is not a number"))
    await broadcast(house, admin, fr=NEWS, en=NEWS)
    telegram_.will("sendMessage", Answer(200, STAFF_WORDS), BLOCKED)
    await grace.write("menu")
    await house.pass_time(minutes=5)
    await house.client.post("/sign-in", data={"login": LOGIN, "password": GUESS})
    await house.client.post("/channels/whatsapp", data={"From": grace.address, "Body": POISON})
    await house.client.get(f"/documents/{LOGIN}/1/x/carnet.pdf")
    await house.client.get(f"/{LOGIN}")


def poisoned(snapshot: Snapshot, event: Event, now: datetime, ids: Any) -> Any:
    """The step, were it not able to take one message; the error quotes it, as errors do."""
    if isinstance(event, Text) and event.text == POISON:
        raise ValueError(f"cannot read {event.text!r} of {FRENCH.name}")
    return step(snapshot, event, now, ids)


async def test_no_line_no_number_and_no_error_tells_of_a_person(
    house: House,
    fake_telegram: FakeTelegram,
    fake_twilio: FakeTwilio,
    overheard: Overheard,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handle, "step", poisoned)
    with capture_logs([merge_contextvars]) as ours:
        await live_through_much(house, fake_telegram, fake_twilio)
        numbers = (await house.client.get("/metrics")).text
        ready = (await house.client.get("/readyz")).text
    events = {line["event"] for line in ours}
    assert {"event.received", "event.failed", "message.handed_over"} <= events, "the walk is not what it was"
    assert found_in("\n".join(map(str, ours))) == []
    assert found_in(numbers) == []
    assert found_in(ready) == []
    told = [line for line in overheard.lines if not line.startswith(("asyncio ", "hypothesis "))]
    assert [line for line in told if found_in(line)] == []
    assert found_in("".join(capfd.readouterr())) == []
    callbacks = {sent.form.get("StatusCallback", "") for sent in fake_twilio.sent}
    assert found_in("\n".join(callbacks)) == []


async def test_a_message_is_followed_from_its_delivery_to_the_send(
    house: House, fake_twilio: FakeTwilio
) -> None:
    with capture_logs([merge_contextvars]) as lines:
        person = OnWhatsApp(house, Language.FRENCH, fake_twilio)
        await person.say(CODE)
        await person.say("1")
        await person.report("delivered")
    received = [line["cause"] for line in lines if line["event"] == "event.received"]
    assert len(set(received)) == len(received) == 2
    handled = [cause for line in lines if line["event"] == "events.handled" for cause in line["causes"]]
    assert handled == received
    messages = rows(house.storage, select(OUTBOX.c.id, OUTBOX.c.cause).order_by(OUTBOX.c.id))
    assert {row.cause for row in messages} == set(received)
    reported = {each for line in lines if line["event"] == "messages.reported" for each in line["outbox_ids"]}
    assert reported == {row.id for row in messages}


def causes(house: House) -> set[str]:
    return {row.cause for row in rows(house.storage, select(OUTBOX.c.cause))}


async def test_what_a_job_sends_names_its_run(house: House, fake_telegram: FakeTelegram) -> None:
    person = OnTelegram(house, Language.FRENCH, fake_telegram)
    await join(person, FRENCH, CODE)
    known = causes(house)
    house.clock.advance(days=7, hours=1)
    with capture_logs([merge_contextvars]) as lines:
        house.service.look_now()
        await until(lambda: len(causes(house)) > len(known))
        await house.quiet()
        await until(lambda: any(line["event"] == "job.done" for line in lines))
    [asked] = causes(house) - known
    assert [line["job"] for line in lines if line.get("cause") == asked and "job" in line] == ["send_due"]
