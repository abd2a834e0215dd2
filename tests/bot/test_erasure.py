"""Leaving: after an erasure nothing of the person is left but counts, whatever happens in between."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, func, select

from conversations.messages import Say
from conversations.vocabulary import Language
from storage import erasures
from storage.database import Storage
from storage.erasures import erase_due
from storage.tables.core import (
    CONTACTS,
    ERASED,
    ERASURES,
    EVENTS,
    KEYS,
    MESSAGES_IN,
    MILESTONES,
    PARTICIPANTS,
    PROVIDER_DELETIONS,
    SUBMISSIONS,
)
from tests.bot.driving import CODE, Clock, House, rows, running, twilio_settings
from tests.bot.people import OnWhatsApp
from tests.bot.test_privacy import dump, everything, found_in
from tests.bot.voices import VOICES, join, record_job
from tests.fakes.twilio_server import FakeTwilio, trouble

NAMES = ("carnet", "keys")  # of the embedded databases
VOICE = VOICES[0]
WORDS = ("212600000001", VOICE.name, VOICE.job, VOICE.place, VOICE.skills, "mot secret")


@pytest.fixture
async def house(storage: Storage, now: datetime, fake_twilio: FakeTwilio) -> AsyncIterator[House]:
    async with running(twilio_settings(fake_twilio), storage, Clock(now)) as house:
        yield house


@pytest.fixture
async def person(house: House, fake_twilio: FakeTwilio) -> OnWhatsApp:
    """Someone with a logbook, a step and words for the team."""
    person = OnWhatsApp(house, Language.FRENCH, fake_twilio)
    await join(person, VOICE, CODE)
    await record_job(person, VOICE)
    await person.say("mot secret")
    return person


async def ask_to_erase(person: OnWhatsApp) -> str:
    await person.say("mes données")
    await person.choose(Say("data.erase"))
    await person.choose(Say("yes"))
    return await person.choose(Say("erase.yes"))


def erase(house: House) -> None:
    """Let the job run as often as it takes."""
    for _ in range(3):
        house.service.jobs.erase()


def counted(storage: Storage) -> dict[str, int]:
    """What the indicators count."""
    return {
        table.name: rows(storage, select(func.count()).select_from(table))[0][0]
        for table in (SUBMISSIONS, MILESTONES)
    }


def participant_id(storage: Storage) -> str:
    return str(rows(storage, select(PARTICIPANTS.c.id))[0][0])


async def leave_for_good(house: House, person: OnWhatsApp) -> str:
    """Erase now, and wait for the goodbye; what was heard."""
    await ask_to_erase(person)
    await person.choose(Say("erasing.now"))
    goodbye = await person.choose(Say("yes"))
    erase(house)
    return goodbye


async def test_my_data_counts_what_is_there(person: OnWhatsApp) -> None:
    heard = await person.say("mes données")
    assert person.text("data.steps", n=1) in heard
    assert person.text("data.answers", n=2) in heard
    assert person.text("data.on_whatsapp") in heard


async def test_nothing_of_the_person_is_left_but_counts(house: House, person: OnWhatsApp) -> None:
    storage = house.storage
    id, before = participant_id(storage), counted(storage)
    pseudonyms = {row.pseudonym for row in rows(storage, select(SUBMISSIONS))}
    assert person.text("erasing.goodbye") in await leave_for_good(house, person)
    assert counted(storage) == before
    held = dump(storage.engine)
    assert found_in(b"\n".join(held.values()), (id, *WORDS)) == []
    for table in ("participants", "addresses", "address_aliases", "sessions", "consents", "messages_in"):
        assert held[table] == b"", table
    for table in ("outbox", "provider_messages", "button_tokens", "planned_contacts", "newcomers", "files"):
        assert held[table] == b"", table
    keys = dump(storage.keystore.engine)
    assert keys["participant_keys"] == b""
    assert found_in(b"\n".join(keys.values()), tuple(pseudonyms)) == []
    assert [row.participant_id for row in ledger(storage)] == [id]
    assert {row.blind for row in rows(storage, select(EVENTS))} == {""}
    assert {row.instance for row in rows(storage, select(SUBMISSIONS))} == {None}
    assert {row.details for row in rows(storage, select(MILESTONES))} == {None}
    assert found_in(everything(storage), WORDS) == []
    if not storage.locks_rows:  # not a byte of the link is left in the files either
        folder = Path(storage.engine.url.database or "").parent
        files = {name: b"".join(path.read_bytes() for path in folder.glob(f"{name}.db*")) for name in NAMES}
        assert found_in(files["carnet"], (id,)) == []
        assert found_in(files["keys"], tuple(pseudonyms)) == []


def ledger(storage: Storage) -> list[Row[Any]]:
    with storage.keystore.engine.connect() as keys:
        return list(keys.execute(select(ERASED)))


async def test_who_writes_again_is_a_stranger_and_may_join_anew(house: House, person: OnWhatsApp) -> None:
    await leave_for_good(house, person)
    assert person.text("join.need_code") in await person.say("bonjour")
    assert rows(house.storage, select(PARTICIPANTS)) == []
    await join(person, VOICE, CODE)
    assert len(rows(house.storage, select(PARTICIPANTS))) == 1
    assert person.text("logbook.empty") in await person.say("carnet")


async def test_a_week_later_the_goodbye_comes_first_then_all_is_gone(
    house: House, person: OnWhatsApp
) -> None:
    assert "30 novembre" in await ask_to_erase(person)
    house.clock.advance(days=6, hours=23)
    erase(house)
    assert len(rows(house.storage, select(PARTICIPANTS))) == 1
    await person.say("je réfléchis")
    house.clock.advance(hours=2)
    house.service.jobs.erase()
    assert len(rows(house.storage, select(PARTICIPANTS))) == 1
    assert person.text("erasing.goodbye") in await person.heard()
    house.service.jobs.erase()
    assert rows(house.storage, select(PARTICIPANTS)) == []


async def test_a_goodbye_that_cannot_leave_holds_nothing_back(house: House, person: OnWhatsApp) -> None:
    await ask_to_erase(person)
    house.clock.advance(days=8)  # the window of WhatsApp is closed
    house.service.jobs.erase()
    await house.quiet()
    house.service.jobs.erase()
    assert rows(house.storage, select(PARTICIPANTS)) == []


async def test_what_was_taken_back_in_time_stays(house: House, person: OnWhatsApp) -> None:
    await ask_to_erase(person)
    planned = rows(house.storage, select(CONTACTS.c.id))
    await house.pass_time(days=6)
    assert person.text("erasing.kept") in await person.say("annuler l'effacement")
    await house.pass_time(days=30)
    erase(house)
    assert rows(house.storage, select(ERASURES)) == []
    assert len(rows(house.storage, select(PARTICIPANTS))) == 1
    assert {row.id for row in planned} <= {row.id for row in rows(house.storage, select(CONTACTS.c.id))}
    assert VOICE.job in await person.say("carnet")


async def test_a_crash_after_the_key_is_gone_is_made_up_for(
    house: House, person: OnWhatsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = house.storage
    id, before = participant_id(storage), counted(storage)
    await ask_to_erase(person)
    await person.choose(Say("erasing.now"))

    def crash(*_: object) -> None:
        raise RuntimeError("the power is cut")

    with monkeypatch.context() as cut:
        cut.setattr(erasures, "_delete_rows", crash)
        await person.choose(Say("yes"))
        with pytest.raises(RuntimeError):
            erase_due(storage, house.clock(), 10)
    assert dump(storage.keystore.engine)["participant_keys"] == b""
    assert len(rows(storage, select(PARTICIPANTS))) == 1
    erase(house)
    assert rows(storage, select(PARTICIPANTS)) == []
    assert counted(storage) == before
    assert [row.participant_id for row in ledger(storage)] == [id]
    assert person.text("join.need_code") in await person.say("bonjour")


async def test_others_keep_everything(house: House, person: OnWhatsApp, fake_twilio: FakeTwilio) -> None:
    other = OnWhatsApp(house, Language.ENGLISH, fake_twilio, "whatsapp:+212600000002")
    await join(other, VOICES[2], CODE)
    await leave_for_good(house, person)
    assert other.text("data.answers", n=1) in await other.say("my data")
    with house.storage.keystore.engine.connect() as keys:
        assert len(list(keys.execute(select(KEYS)))) == 1


async def test_twilio_deletes_every_message_and_file_in_its_time(
    house: House, person: OnWhatsApp, fake_twilio: FakeTwilio
) -> None:
    [photo] = [row.event_id for row in rows(house.storage, select(MESSAGES_IN).limit(1))]
    fake_twilio.media[photo] = ["ME1", "ME2"]
    heard = {row.event_id for row in rows(house.storage, select(MESSAGES_IN))}
    await leave_for_good(house, person)
    fake_twilio.will_delete(trouble(409, 20009, "Cannot delete message in progress"))
    house.clock.advance(minutes=6)
    while house.service.jobs.delete_at_providers():
        pass
    assert len(rows(house.storage, select(PROVIDER_DELETIONS))) == 1
    house.clock.advance(hours=1)
    house.service.jobs.delete_at_providers()
    assert rows(house.storage, select(PROVIDER_DELETIONS)) == []
    assert heard | {sent.sid for sent in fake_twilio.sent} <= set(fake_twilio.deleted)
    assert fake_twilio.media[photo] == []
