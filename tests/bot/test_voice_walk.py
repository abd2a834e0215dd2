"""Someone answers by voice: the conversation goes on, and the team writes down what was said."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.settings import TelegramMode
from conversations.messages import Say
from conversations.vocabulary import Language, Role
from storage.database import Storage
from storage.errors import OutOfPerimeter
from storage.keystore import PersonKey
from storage.milestones import current_milestones
from storage.perimeter import Perimeter
from storage.staff import NewStaff, add
from storage.tables.core import AUDIT, FILES, PARTICIPANTS, SPOKEN, SUBMISSIONS
from storage.tables.vocabulary import AuditAction
from storage.today import Concern, today
from storage.transcripts import NothingWritten, waiting_voices, write_down
from tests.bot.driving import CODE, Clock, House, rows, running, telegram_settings
from tests.bot.people import OnTelegram
from tests.bot.voices import VOICES, consent
from tests.fakes.telegram_server import FakeTelegram

FRENCH = VOICES[0]


@pytest_asyncio.fixture
async def house(fake_telegram: FakeTelegram, storage: Storage, now: datetime) -> AsyncIterator[House]:
    given = telegram_settings(fake_telegram, TelegramMode.WEBHOOK)
    async with running(given, storage, Clock(now)) as running_house:
        yield running_house


@pytest.fixture
def awa(house: House, fake_telegram: FakeTelegram) -> OnTelegram:
    return OnTelegram(house, Language.FRENCH, fake_telegram)


async def speaks(person: OnTelegram) -> str:
    """A voice message of twelve seconds, and all that is answered."""
    update = person.fake.text(person.chat, "", person.language)
    message = update["message"]
    assert isinstance(message, dict)
    del message["text"]
    voice = {"file_id": "voice-1", "file_unique_id": "u1", "duration": 12, "mime_type": "audio/ogg"}
    await person.deliver(update | {"message": message | {"voice": voice}})
    return await person.heard()


def admin_of(house: House) -> Perimeter:
    with house.storage.write() as tx:
        new = NewStaff("salma", "Salma", Role.ADMIN, Language.FRENCH)
        return Perimeter(add(tx, house.storage, new, "", house.clock()), Role.ADMIN)


def key_of(house: House) -> PersonKey:
    [row] = rows(house.storage, select(PARTICIPANTS.c.id))
    return house.storage.keystore.of_participants([row.id])[row.id]


def writes_down(house: House, team: Perimeter, file_id: str, text: str) -> None:
    with house.storage.write() as tx:
        person = key_of(house).participant_id
        write_down(tx, house.storage, team, person, file_id, text, house.clock())


def waiting(house: House, team: Perimeter) -> list[str]:
    with house.storage.read() as tx:
        voices = waiting_voices(tx, house.storage, team, key_of(house).participant_id)
    assert all(voice.seconds == 12 for voice in voices)
    return [voice.file_id for voice in voices]


def name_of(house: House) -> str:
    [row] = rows(house.storage, select(PARTICIPANTS.c.name))
    return key_of(house).open_name(row.name)


def instances(house: House) -> list[str]:
    cipher = key_of(house).cipher
    found = rows(house.storage, select(SUBMISSIONS.c.id, SUBMISSIONS.c.instance))
    return [cipher.open_text(row.instance, f"submissions.instance:{row.id}") for row in found]


async def test_a_spoken_name_is_written_down_while_the_profile_is_under_way(
    house: House, awa: OnTelegram
) -> None:
    await consent(awa, CODE)
    assert awa.text("media.ask") in await speaks(awa)
    assert awa.text("spoken.kept") in await awa.choose(Say("yes"))
    team = admin_of(house)
    [file_id] = waiting(house, team)
    writes_down(house, team, file_id, "Awa")
    assert (name_of(house), waiting(house, team)) == ("Awa", [])
    await awa.choose(FRENCH.woman)
    await awa.say(FRENCH.born)
    await awa.choose(FRENCH.country)
    await awa.choose(FRENCH.city)
    await awa.say(FRENCH.skip)
    await awa.choose(FRENCH.looking)
    assert awa.text("profile.done", name="Awa") in await awa.say(FRENCH.skip)
    assert "<first_name>Awa</first_name>" in instances(house)[0]
    assert [row.file_id for row in rows(house.storage, select(SPOKEN))] == [file_id]


async def test_a_spoken_step_gets_its_words_as_a_new_version(house: House, awa: OnTelegram) -> None:
    await consent(awa, CODE)
    await awa.say(FRENCH.name)
    await awa.say("menu")
    await awa.choose(Say("menu.record"))
    await awa.choose(Say("kind.job"))
    await awa.choose(FRENCH.began)
    await awa.say(FRENCH.day)
    await speaks(awa)
    assert awa.text("form.spoken") in await awa.choose(Say("yes"))
    await awa.choose(Say("form.right"))
    team = admin_of(house)
    with house.storage.read() as tx:
        sections = {section.concern: section for section in today(tx, house.storage, team, house.clock())}
    assert sections[Concern.SPOKEN].count == 1
    [file_id] = waiting(house, team)
    for words in ("", "x" * 4_001):
        with pytest.raises(NothingWritten):
            writes_down(house, team, file_id, words)
    writes_down(house, team, file_id, "couturière & brodeuse")
    with house.storage.read() as tx:
        [step] = current_milestones(tx, house.storage, team, key_of(house).participant_id)
    assert (step.version, step.occupation) == (2, "couturière & brodeuse")
    assert "<occupation>couturière &amp; brodeuse</occupation>" in instances(house)[0]
    audited = rows(house.storage, select(AUDIT.c.action, AUDIT.c.staff_id, AUDIT.c.participant_id))
    done = (AuditAction.VOICE_WRITTEN_DOWN, team.staff_id, key_of(house).participant_id)
    assert [tuple(row) for row in audited if row.action is AuditAction.VOICE_WRITTEN_DOWN] == [done]
    with pytest.raises(OutOfPerimeter):
        writes_down(house, team, file_id, "encore")


async def test_what_is_answered_in_words_after_all_waits_no_more(house: House, awa: OnTelegram) -> None:
    await consent(awa, CODE)
    await speaks(awa)
    await awa.choose(Say("yes"))
    await awa.say("retour")
    await awa.say(FRENCH.name)
    assert rows(house.storage, select(SPOKEN)) == []
    assert len(rows(house.storage, select(FILES))) == 1
    assert name_of(house) == FRENCH.name


async def test_no_row_tells_in_clear_to_which_answers_a_voice_belongs(house: House, awa: OnTelegram) -> None:
    await consent(awa, CODE)
    await speaks(awa)
    await awa.choose(Say("yes"))
    for answer in (FRENCH.woman, FRENCH.born, FRENCH.country, FRENCH.city, FRENCH.skip, FRENCH.looking):
        await awa.choose(answer) if answer not in (FRENCH.born, FRENCH.skip) else await awa.say(answer)
    await awa.say(FRENCH.skip)
    [submitted] = rows(house.storage, select(SUBMISSIONS.c.id))
    [spoken] = rows(house.storage, select(SPOKEN))
    assert spoken.submission
    assert submitted.id not in repr(spoken)
