"""What is kept of people: almost nothing before consent, nothing readable after it, nothing in the logs."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select
from structlog.testing import capture_logs

from bot.settings import TelegramMode
from conversations.messages import Say
from conversations.vocabulary import Language
from storage.database import Storage
from storage.tables.core import EVENTS, NEWCOMERS, PARTICIPANTS
from storage.writing import answer_given
from tests.bot.driving import CODE, Clock, House, rows, running, telegram_settings, twilio_settings
from tests.bot.people import OnTelegram, OnWhatsApp, Person
from tests.bot.voices import VOICES, Voice, answer_check_in, join, record_job
from tests.fakes import telegram_server, twilio_server
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

FRENCH: Voice = VOICES[0]
SHOWN_NAME = "Amina"  # as both providers show whoever writes; also the example in a form of ours
PERSONAL = (
    "5000000007",
    "212600000001",
    FRENCH.name,
    FRENCH.job,
    FRENCH.place,
    FRENCH.skills,
    FRENCH.news,
    "mot secret",
)
SECRETS = (telegram_server.TOKEN, telegram_server.SECRET, twilio_server.AUTH_TOKEN)
JOINING_TABLES = {"received_events", "newcomers", "button_tokens", "outbox", "provider_messages"}
OURS = {"alembic_version", "organisations", "cohorts", "channel_accounts", "form_versions", "program_state"}


@pytest.fixture(params=["telegram", "whatsapp"])
async def person(
    request: pytest.FixtureRequest,
    storage: Storage,
    now: datetime,
    fake_telegram: FakeTelegram,
    fake_twilio: FakeTwilio,
) -> AsyncIterator[Person]:
    if request.param == "telegram":
        given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
        async with running(given, storage, Clock(now)) as house:
            yield OnTelegram(house, Language.FRENCH, fake_telegram)
    else:
        async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
            yield OnWhatsApp(house, Language.FRENCH, fake_twilio)


def dump(engine: Engine) -> dict[str, bytes]:
    """Every value of every table, as it stands there."""
    held = {}
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            found = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()  # a name of our own
            held[table] = b"\n".join(
                value if isinstance(value, bytes) else str(value).encode() for row in found for value in row
            )
    return held


def everything(storage: Storage) -> bytes:
    """All values of both databases, and on SQLite every byte of their files."""
    held = [b"\n".join(dump(engine).values()) for engine in (storage.engine, storage.keystore.engine)]
    if not storage.locks_rows:
        folder = Path(storage.engine.url.database or "").parent
        files = [path for name in ("carnet.db*", "keys.db*") for path in folder.glob(name)]
        assert len(files) >= 2
        held += [path.read_bytes() for path in files]
    return b"\n".join(held)


def readable(storage: Storage) -> list[str]:
    """What of the person can be read by whoever gets hold of the databases."""
    tables = {**dump(storage.engine), **dump(storage.keystore.engine)}
    del tables["form_versions"]
    return found_in(everything(storage)) + found_in(b"\n".join(tables.values()), (SHOWN_NAME,))


def found_in(text: bytes | str, words: tuple[str, ...] = PERSONAL) -> list[str]:
    held = text if isinstance(text, bytes) else text.encode()
    return [word for word in words if word.encode() in held]


async def test_before_consent_only_event_hash_language_and_place_are_kept(person: Person) -> None:
    storage = person.house.storage
    await person.say(f"{CODE} mot secret")
    await person.say(CODE)
    await person.choose("Français")
    await person.say("mot secret")
    await person.choose(Say("yes"))
    held = {table for table, values in dump(storage.engine).items() if values}
    assert held - OURS == JOINING_TABLES
    assert dump(storage.keystore.engine)["participant_keys"] == b""
    assert readable(storage) == []
    [newcomer] = rows(storage, select(NEWCOMERS))
    assert newcomer.language is Language.FRENCH
    assert {row.blind for row in rows(storage, select(EVENTS))} == {newcomer.blind}


async def test_after_a_refusal_nothing_is_kept_once_the_answer_is_there(person: Person) -> None:
    storage = person.house.storage
    await person.say(CODE)
    await person.choose("Français")
    await person.choose(Say("yes"))
    assert person.text("join.refused") in await person.choose(Say("no"))
    held = {table for table, values in dump(storage.engine).items() if values}
    assert held <= OURS


async def test_the_whole_loop_leaves_nothing_readable_in_data_logs_and_metrics(
    person: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    house = person.house
    with capture_logs() as logs:
        await join(person, FRENCH, CODE)
        await record_job(person, FRENCH)
        await house.pass_time(hours=23)
        await person.say("mot secret")
        await asked_after_a_week(house, person)
        await answer_check_in(person, FRENCH)
        metrics = (await house.client.get("/metrics")).text
        ready = (await house.client.get("/readyz")).text
    assert readable(house.storage) == []
    printed = "".join(capfd.readouterr())
    assert found_in(f"{logs}{caplog.text}{printed}{metrics}{ready}", (SHOWN_NAME, *PERSONAL, *SECRETS)) == []
    assert "carnet_inbound_total" in metrics


async def asked_after_a_week(house: House, person: Person) -> None:
    """On WhatsApp the question waits until they write."""
    [row] = rows(house.storage, select(PARTICIPANTS.c.id))
    with house.storage.write() as tx:
        answer_given(tx, row.id)
    await house.pass_time(days=6, hours=1)
    if isinstance(person, OnWhatsApp):
        await person.say("👋")
