"""One person, two chats: after a proof both lead to one logbook; without one nothing is told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.settings import Settings, TelegramMode
from conversations.messages import Say
from storage.database import Storage
from storage.tables.core import ADDRESSES, LINK_PROOFS, NEWCOMERS, OUTBOX, PARTICIPANTS
from tests.bot.driving import (
    CODE,
    Clock,
    House,
    rows,
    running,
    settings,
    telegram_settings,
    twilio_settings,
)
from tests.bot.people import OnTelegram, OnWhatsApp
from tests.bot.voices import VOICES, join, record_job
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio

FRENCH = VOICES[0]
NUMBER = "+212600000001"


@pytest.fixture
def connected(fake_telegram: FakeTelegram, fake_twilio: FakeTwilio) -> Settings:
    both = telegram_settings(fake_telegram, TelegramMode.WEBHOOK).model_dump()
    both |= twilio_settings(fake_twilio).model_dump(exclude_unset=True)
    return settings(**both)


@pytest_asyncio.fixture
async def house(connected: Settings, storage: Storage, now: datetime) -> AsyncIterator[House]:
    async with running(connected, storage, Clock(now)) as open_house:
        yield open_house


@pytest_asyncio.fixture
async def known(house: House, fake_twilio: FakeTwilio) -> OnWhatsApp:
    """Someone with a job in their logbook, on WhatsApp."""
    person = OnWhatsApp(house, FRENCH.language, fake_twilio)
    await join(person, FRENCH, CODE)
    await record_job(person, FRENCH)
    return person


@pytest.fixture
def elsewhere(house: House, fake_telegram: FakeTelegram) -> OnTelegram:
    return OnTelegram(house, FRENCH.language, fake_telegram)


async def asks_to_link(person: OnTelegram, number: str = "06 00 00 00 01") -> str:
    for words in (CODE, "Français"):
        await person.say(words)
    await person.choose(Say("join.link"))
    return await person.say(number)


def code_in(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


async def test_a_code_to_the_known_number_leads_both_chats_to_one_logbook(
    house: House, known: OnWhatsApp, elsewhere: OnTelegram
) -> None:
    assert "code de six chiffres" in await asks_to_link(elsewhere)
    code = code_in(await known.heard())
    assert len(code) == 6
    assert "votre carnet est maintenant ici aussi" in await elsewhere.say(code)
    assert FRENCH.job in await elsewhere.say("carnet")
    assert FRENCH.job in await known.say("carnet")
    [person] = rows(house.storage, select(PARTICIPANTS))
    assert {row.participant_id for row in rows(house.storage, select(ADDRESSES))} == {person.id}
    assert rows(house.storage, select(NEWCOMERS)) == []
    assert rows(house.storage, select(LINK_PROOFS)) == []


async def test_what_we_begin_goes_to_where_they_wrote_from_last(
    house: House, known: OnWhatsApp, elsewhere: OnTelegram
) -> None:
    await asks_to_link(elsewhere)
    await elsewhere.say(code_in(await known.heard()))
    house.clock.advance(minutes=1)
    await elsewhere.say("menu")
    await house.pass_time(days=7)
    assert elsewhere.text("checkin.hello") in await elsewhere.heard()
    assert await known.heard() == ""


async def test_the_button_of_telegram_proves_the_own_number(
    house: House, known: OnWhatsApp, elsewhere: OnTelegram
) -> None:
    for words in (CODE, "Français"):
        await elsewhere.say(words)
    await elsewhere.choose(Say("join.link"))
    keyboards = [sent["reply_markup"] for sent in elsewhere.fake.sent() if "reply_markup" in sent]
    assert any("request_contact" in str(keyboard) for keyboard in keyboards)
    await elsewhere.deliver(elsewhere.fake.contact(elsewhere.chat, NUMBER, own=False))
    assert "votre carnet est maintenant" not in await elsewhere.heard(), "somebody else's card proves nothing"
    await elsewhere.deliver(elsewhere.fake.contact(elsewhere.chat, NUMBER, own=True))
    assert "votre carnet est maintenant ici aussi" in await elsewhere.heard()
    assert FRENCH.job in await elsewhere.say("carnet")


async def test_an_unknown_number_is_answered_like_a_known_one(
    house: House, known: OnWhatsApp, elsewhere: OnTelegram
) -> None:
    to_known = await asks_to_link(elsewhere)
    await elsewhere.say("retour")
    await elsewhere.choose(Say("join.link"))
    assert await elsewhere.say("+221770000000") == to_known
    assert len(code_in(await known.heard())) == 6, "only the known one was written to"


async def test_five_wrong_codes_or_ten_minutes_end_it(
    house: House, known: OnWhatsApp, elsewhere: OnTelegram
) -> None:
    await asks_to_link(elsewhere)
    code = code_in(await known.heard())
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert "Ce n’est pas ce code" in await elsewhere.say(wrong)
    assert "plus bon" in await elsewhere.say(code)
    await elsewhere.say("0600000001")
    later = code_in(await known.heard())
    house.clock.advance(minutes=11)
    assert "plus bon" in await elsewhere.say(later)
    assert len(rows(house.storage, select(PARTICIPANTS))) == 1


async def test_nobody_is_flooded_with_codes(house: House, known: OnWhatsApp, elsewhere: OnTelegram) -> None:
    await asks_to_link(elsewhere)
    for _ in range(5):
        await elsewhere.say("retour")
        await elsewhere.choose(Say("join.link"))
        await elsewhere.say("0600000001")
    assert len(rows(house.storage, select(LINK_PROOFS))) == 3
    assert (await known.heard()).count("Votre code") == 3


async def test_an_empty_logbook_begun_here_gives_way(
    house: House, known: OnWhatsApp, elsewhere: OnTelegram
) -> None:
    await join(elsewhere, replace(FRENCH, name="Zina"), CODE)
    await elsewhere.say("j’ai déjà un carnet")
    await elsewhere.say("0600000001")
    assert "ici aussi" in await elsewhere.say(code_in(await known.heard()))
    assert FRENCH.job in await elsewhere.say("carnet")
    for _ in range(3):
        house.service.jobs.erase()
    assert len(rows(house.storage, select(PARTICIPANTS))) == 1
    assert FRENCH.job in await elsewhere.say("carnet"), "and what was there stays after the empty one is gone"


async def test_two_logbooks_with_something_in_them_are_put_to_the_team(
    house: House, known: OnWhatsApp, elsewhere: OnTelegram
) -> None:
    await join(elsewhere, replace(FRENCH, name="Zina"), CODE)
    await record_job(elsewhere, FRENCH)
    await elsewhere.say("j’ai déjà un carnet")
    await elsewhere.say("0600000001")
    assert "deux carnets" in await elsewhere.say(code_in(await known.heard()))
    people = rows(house.storage, select(PARTICIPANTS))
    assert sorted(person.team_awaited_since is not None for person in people) == [False, True]


async def test_messages_keep_their_order_in_both_chats(
    house: House, known: OnWhatsApp, elsewhere: OnTelegram
) -> None:
    await asks_to_link(elsewhere)
    await elsewhere.say(code_in(await known.heard()))
    for person in (known, elsewhere, known):
        await person.say("menu")
    sent = rows(house.storage, select(OUTBOX).order_by(OUTBOX.c.id))
    assert all(earlier.created_at <= later.created_at for earlier, later in pairwise(sent))
    assert {row.state for row in sent} <= {"sent"}
