"""Odd input, in every place of the conversation and on each channel: always answered, never an error."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.vocabulary import Language
from storage.database import Storage
from storage.tables.core import EVENTS, MESSAGES_IN
from storage.tables.vocabulary import MessageState
from tests.bot.driving import CODE, Clock, House, rows, running, settings, telegram_settings, twilio_settings
from tests.bot.people import AtThePhone, OnTelegram, OnWhatsApp, Person
from tests.fakes import telegram_server
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

TO_CONSENT = (CODE, "1", "1", "1", "1")
TO_HOME = (*TO_CONSENT, "menu")
TO_JOB = (*TO_HOME, "2")  # the profile left open is «1»
TO_SUMMARY = (*TO_JOB, "1", "12/03/2025", "couture", "passer", "passer")

# How each place is come to.
PLACES: dict[str, Sequence[str]] = {
    "a stranger": (),
    "language first": TO_CONSENT[:1],
    "adult": TO_CONSENT[:2],
    "consent": TO_CONSENT[:3],
    "prompting": TO_CONSENT[:4],
    "a text question": TO_CONSENT,
    "a choice": (*TO_CONSENT, "Amina"),
    "a number": (*TO_CONSENT, "Amina", "1"),
    "home": TO_HOME,
    "a date": (*TO_JOB, "1"),
    "summary": TO_SUMMARY,
    "which answer": (*TO_SUMMARY, "2"),
    "language": (*TO_HOME, "langue"),
    "the team": (*TO_HOME, "parler"),
}

ODD = ("🎊🎉", "", " \n ", "\u202e\u200f\u2066", "a\0b\0", "<b>&amp;", "'; --", "%s {n} {0}", "x" * 10_000)


CHANNELS = [("sqlite", name) for name in ("phone", "telegram", "whatsapp", "sms")]
CHANNELS += [("postgresql", name) for name in ("telegram", "sms")]


@pytest.fixture
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def house(
    channel: str, storage: Storage, now: datetime, fake_telegram: FakeTelegram, fake_twilio: FakeTwilio
) -> AsyncIterator[House]:
    given = {
        "phone": settings(),
        "telegram": telegram_settings(fake_telegram, TelegramMode.WEBHOOK),
    }.get(channel) or twilio_settings(fake_twilio)
    async with running(given, storage, Clock(now)) as opened:
        yield opened


def people(house: House, channel: str, telegram: FakeTelegram, twilio: FakeTwilio) -> list[Person]:
    """One person for each place."""
    numbers = range(len(PLACES))
    match channel:
        case "phone":
            return [AtThePhone(house, Language.FRENCH, f"phone_number_{n:03}") for n in numbers]
        case "telegram":
            return [OnTelegram(house, Language.FRENCH, telegram, 5_000_000_000 + n) for n in numbers]
        case _:
            prefix = "whatsapp:" if channel == "whatsapp" else ""
            return [OnWhatsApp(house, Language.FRENCH, twilio, f"{prefix}+2126000000{n:02}") for n in numbers]


async def write_all(person: Person, texts: Sequence[str]) -> None:
    for text in texts:
        await person.write(text)


@pytest.mark.parametrize(("database_url", "channel"), CHANNELS, indirect=True)
async def test_everything_is_answered_everywhere(
    house: House, channel: str, fake_telegram: FakeTelegram, fake_twilio: FakeTwilio
) -> None:
    everyone = people(house, channel, fake_telegram, fake_twilio)
    await asyncio.gather(*map(write_all, everyone, PLACES.values()))
    await house.quiet()
    for odd in ODD:
        before = [len(await person.screen()) for person in everyone]
        await asyncio.gather(*(person.write(odd) for person in everyone))
        await house.quiet()
        after = [len(await person.screen()) for person in everyone]
        unanswered = [place for place, then, now in zip(PLACES, before, after, strict=True) if now <= then]
        assert unanswered == [], repr(odd[:20])
    failed = MESSAGES_IN.c.state == MessageState.FAILED
    assert rows(house.storage, select(MESSAGES_IN).where(failed)) == []


@pytest.mark.parametrize("channel", ["telegram"], indirect=True)
async def test_half_a_character_in_telegrams_json_is_answered(
    house: House, fake_telegram: FakeTelegram
) -> None:
    person = OnTelegram(house, Language.FRENCH, fake_telegram)
    await write_all(person, TO_CONSENT)
    update = json.dumps(fake_telegram.text(person.chat, "\ud83d"))
    headers = {"X-Telegram-Bot-Api-Secret-Token": telegram_server.SECRET, "Content-Type": "application/json"}
    await person.heard()
    assert (await house.client.post("/channels/telegram", content=update, headers=headers)).status_code == 200
    assert await person.heard() != ""


@pytest.mark.parametrize("channel", ["telegram"], indirect=True)
async def test_any_payload_of_a_button_is_answered(house: House, fake_telegram: FakeTelegram) -> None:
    person = OnTelegram(house, Language.FRENCH, fake_telegram)
    await write_all(person, TO_CONSENT)
    await person.heard()
    for payload in ("", "x", ":", "tok:99999999999999999999", "tok:-1", "tok:٣", "é" * 30):
        await person.tap(payload)
        assert person.text("tap.old") in await person.heard(), payload


@pytest.mark.parametrize("channel", ["telegram"], indirect=True)
async def test_what_is_nothing_for_us_is_taken_and_leaves_no_trace(
    house: House, fake_telegram: FakeTelegram
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": telegram_server.SECRET}
    for body in ("", "{", "[]", "null", '{"update_id": 1}', '{"update_id": 2, "poll": {"id": "1"}}', "\x00"):
        answer = await house.client.post("/channels/telegram", content=body, headers=headers)
        assert answer.status_code == 200, body
    assert rows(house.storage, select(EVENTS)) == []
