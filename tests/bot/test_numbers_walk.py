"""Who writes: numbers shown later, changed, passed on, spelled in the old way; channels opened again."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import pytest_asyncio
from sqlalchemy import select

from conversations.vocabulary import Language
from storage.database import Storage
from storage.tables.core import ADDRESSES, CONSENTS, PARTICIPANTS
from storage.tables.vocabulary import AddressState
from tests.bot.driving import CODE, Clock, House, rows, running, twilio_settings
from tests.bot.people import OnWhatsApp
from tests.bot.voices import VOICES, join, record_job
from tests.fakes.twilio_server import FakeTwilio, trouble

FRENCH = VOICES[0]
FIRST, SECOND = "whatsapp:+212600000001", "whatsapp:+212600000002"
AMINA, STRANGER = "whatsapp:MA.ABCDEF", "whatsapp:MA.XYZ"


@pytest_asyncio.fixture
async def house(fake_twilio: FakeTwilio, storage: Storage, now: datetime) -> AsyncIterator[House]:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as open_house:
        yield open_house


@pytest_asyncio.fixture
async def amina(house: House, fake_twilio: FakeTwilio) -> OnWhatsApp:
    """Someone on the first number, with a job in their logbook."""
    person = OnWhatsApp(house, Language.FRENCH, fake_twilio)
    await join(person, FRENCH, CODE)
    await record_job(person, FRENCH)
    return person


Answers = list[tuple[str, str]]  # where to, and what


async def writes(house: House, fake: FakeTwilio, sender: str, text: str, scoped: str = "") -> Answers:
    """They write; where we answer, and what."""
    before = len(fake.sent)
    extra = {"ExternalUserId": scoped} if scoped else {}
    assert await fake.push(fake.message(sender, text, **extra), house.client) == 200
    await house.quiet()
    return [(one.form["To"], one.form.get("Body", "")) for one in fake.sent[before:]]


def answered_to(answers: Answers) -> set[str]:
    return {to for to, _ in answers}


def shows_the_logbook(answers: Answers) -> bool:
    return any(FRENCH.job in text for _, text in answers)


async def test_who_hid_their_number_is_answered_at_it_once_it_is_known(
    house: House, fake_twilio: FakeTwilio, amina: OnWhatsApp
) -> None:
    await writes(house, fake_twilio, FIRST, "menu", AMINA)
    hidden = await writes(house, fake_twilio, AMINA, "carnet")
    assert answered_to(hidden) == {FIRST}
    assert shows_the_logbook(hidden)


async def test_who_began_with_a_hidden_number_is_answered_at_the_phone_from_then_on(
    house: House, fake_twilio: FakeTwilio
) -> None:
    for words in (CODE, "1", "1", "1", "1"):
        assert answered_to(await writes(house, fake_twilio, AMINA, words)) == {AMINA}
    assert answered_to(await writes(house, fake_twilio, FIRST, "menu", AMINA)) <= {AMINA, FIRST}
    assert answered_to(await writes(house, fake_twilio, AMINA, "menu")) == {FIRST}
    assert len(rows(house.storage, select(PARTICIPANTS))) == 1


async def test_a_new_number_leads_to_the_same_logbook_and_the_old_one_to_nobodys(
    house: House, fake_twilio: FakeTwilio, amina: OnWhatsApp
) -> None:
    await writes(house, fake_twilio, FIRST, "menu", AMINA)
    await writes(house, fake_twilio, SECOND, "menu", AMINA)
    moved = await writes(house, fake_twilio, SECOND, "carnet")
    assert answered_to(moved) == {SECOND}
    assert shows_the_logbook(moved)
    [address] = rows(house.storage, select(ADDRESSES))
    assert address.number_changed_at == house.clock()
    stranger = await writes(house, fake_twilio, FIRST, "carnet", STRANGER)
    assert answered_to(stranger) == {FIRST}
    assert not shows_the_logbook(stranger)
    for words in (CODE, "1", "1", "1", "1"):
        await writes(house, fake_twilio, FIRST, words, STRANGER)
    chats = {row.chat for row in rows(house.storage, select(ADDRESSES))}
    assert len(chats) == 2
    assert shows_the_logbook(await writes(house, fake_twilio, SECOND, "carnet", AMINA))


async def test_a_number_that_was_anothers_is_theirs_who_writes_from_it_now(
    house: House, fake_twilio: FakeTwilio, amina: OnWhatsApp
) -> None:
    await writes(house, fake_twilio, FIRST, "menu", AMINA)
    for words in (CODE, "1", "1", "1", "1"):
        await writes(house, fake_twilio, SECOND, words)
    moved = await writes(house, fake_twilio, SECOND, "carnet", AMINA)
    assert shows_the_logbook(moved)
    assert shows_the_logbook(await writes(house, fake_twilio, SECOND, "carnet"))
    states = {row.participant_id: row.state for row in rows(house.storage, select(ADDRESSES))}
    assert sorted(states.values()) == [AddressState.OPEN, AddressState.UNREACHABLE]


async def test_a_known_number_with_another_account_behind_it_is_shown_nothing(
    house: House, fake_twilio: FakeTwilio, amina: OnWhatsApp
) -> None:
    await writes(house, fake_twilio, FIRST, "menu", AMINA)
    for _ in range(2):
        assert not shows_the_logbook(await writes(house, fake_twilio, FIRST, "carnet", STRANGER))
    [address] = rows(house.storage, select(ADDRESSES))
    assert address.unsure_since is not None


@pytest.mark.parametrize(
    ("joined", "later"),
    [
        ("+5215512345678", "+525512345678"),
        ("+551187654321", "+5511987654321"),
        ("+541112345678", "+5491112345678"),
    ],
)
async def test_a_number_in_its_other_spelling_is_the_same_and_is_answered_as_it_was_known(
    house: House, fake_twilio: FakeTwilio, joined: str, later: str
) -> None:
    for words in (CODE, "1", "1", "1", "1"):
        assert await writes(house, fake_twilio, f"whatsapp:{joined}", words)
    assert answered_to(await writes(house, fake_twilio, f"whatsapp:{later}", "menu")) == {
        f"whatsapp:{joined}"
    }
    assert len(rows(house.storage, select(PARTICIPANTS))) == 1


async def test_who_was_out_of_reach_and_writes_again_is_answered_with_every_yes_intact(
    house: House, fake_twilio: FakeTwilio, amina: OnWhatsApp
) -> None:
    said = rows(house.storage, select(CONSENTS.c.id))
    fake_twilio.will(trouble(400, 63033))
    await writes(house, fake_twilio, FIRST, "menu")
    assert [row.state for row in rows(house.storage, select(ADDRESSES))] == [AddressState.BLOCKED]
    house.clock.advance(days=3)
    assert shows_the_logbook(await writes(house, fake_twilio, FIRST, "carnet"))
    assert [row.state for row in rows(house.storage, select(ADDRESSES))] == [AddressState.OPEN]
    assert rows(house.storage, select(CONSENTS.c.id)) == said
