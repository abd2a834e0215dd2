"""A logbook that staff opened with someone: entered later from a phone, by a code that works once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.vocabulary import ConsentState, Language
from storage.cohorts import organisations, set_contact
from storage.database import Storage
from storage.enrolment import Enrolment, Guardian, code_for_phone, minority, open_logbook
from storage.perimeter import Perimeter
from storage.tables.core import ADDRESSES, COHORTS, CONSENTS, ENTRY_CODES, NEWCOMERS, PARTICIPANTS
from storage.tables.vocabulary import ConsentWay
from tests.bot.driving import CODE, Clock, House, rows, running, telegram_settings
from tests.bot.people import OnTelegram
from tests.bot.test_code_walk import admin_of
from tests.bot.voices import VOICES, record_job, tell_profile
from tests.fakes.telegram_server import FakeTelegram


def opened(house: House, admin: Perimeter, **more: Any) -> str:
    [cohort] = rows(house.storage, select(COHORTS.c.id))
    wanted = Enrolment(cohort.id, Language.FRENCH, "Aïcha", ConsentWay.ORAL, **more)
    return open_logbook(house.storage, admin, wanted, house.clock())


async def test_a_young_person_comes_in_with_a_code_and_shows_nothing_to_employers(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        admin = admin_of(house)
        until = minority("2010-03", now, "Africa/Casablanca")
        amina = opened(house, admin, minor_until=until, guardian=Guardian("Fatou", "2026-11-20"))
        [row] = rows(storage, select(PARTICIPANTS))
        assert b"Fatou" not in row.guardian
        [said] = rows(storage, select(CONSENTS))
        assert (said.way, said.channel, said.witness_id) == (ConsentWay.ORAL, None, admin.staff_id)

        void = code_for_phone(storage, admin, amina, house.clock())
        code = code_for_phone(storage, admin, amina, house.clock())
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        assert person.text("join.unknown_code") in await person.say(void)
        welcome = await person.say(f"/start {code}")
        for text in ("entry.welcome", "consent.who", "consent.rights", "join.prompting"):
            assert person.text(text) in welcome
        assert person.text("profile.intro") in await person.choose("Oui")
        await tell_profile(person, VOICES[0])
        await record_job(person, VOICES[0])
        await person.say("carnet")
        assert person.text("pages.minor") in await person.choose(person.text("logbook.pages"))

        another = OnTelegram(house, Language.FRENCH, fake_telegram, chat=5_000_000_009)
        assert person.text("join.unknown_code") in await another.say(code)
        [address] = rows(storage, select(ADDRESSES))
        assert address.participant_id == amina
        [row] = rows(storage, select(PARTICIPANTS))
        assert row.prompting is ConsentState.GIVEN


async def test_two_phones_at_once_cannot_share_a_code(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        admin = admin_of(house)
        amina = opened(house, admin)
        code = code_for_phone(storage, admin, amina, house.clock())
        with storage.write() as tx:
            tx.execute(ENTRY_CODES.update().values(expires_at=now - timedelta(days=3650)))
        late = OnTelegram(house, Language.FRENCH, fake_telegram)
        assert late.text("join.unknown_code") in await late.say(code)
        code = code_for_phone(storage, admin, amina, house.clock())
        updates = [fake_telegram.text(5_000_000_010 + each, code, "fr") for each in range(3)]
        for update in updates:
            await fake_telegram.push(update, house.client)
        await house.quiet()
        assert len(rows(storage, select(ADDRESSES))) == 1


async def test_who_is_too_young_hears_how_to_reach_the_association_and_leaves_nothing(
    storage: Storage, now: datetime, fake_telegram: FakeTelegram
) -> None:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as house:
        with storage.write() as tx:
            [(association, _, _)] = organisations(tx)
            set_contact(tx, association, "+212 600 000 009")
        person = OnTelegram(house, Language.FRENCH, fake_telegram)
        await person.say(CODE)
        await person.choose("Français")
        heard = await person.choose("Non")
        assert person.text("join.minor") in heard
        assert "+212 600 000 009" in heard
        assert rows(storage, select(NEWCOMERS)) == []
        assert rows(storage, select(PARTICIPANTS)) == []


@pytest.mark.parametrize(
    ("born", "until"), [("2008-12", "2026-12-01"), ("2011-11", "2029-11-01"), (" 2010-01 ", "2028-01-01")]
)
def test_minority_ends_with_the_month_of_the_eighteenth_birthday(born: str, until: str) -> None:
    now = datetime.fromisoformat("2026-11-23T10:00+00:00")
    assert minority(born, now, "Africa/Casablanca").date().isoformat() == until
    assert minority(born, now, "Africa/Casablanca") - now > timedelta()
