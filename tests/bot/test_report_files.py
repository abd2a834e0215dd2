"""A photo or a voice that comes with a report: for its reader, and for nobody else."""

import asyncio
import re
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from conversations.vocabulary import Role
from storage.database import Storage
from storage.errors import SealBroken
from storage.tables.core import FILES, PARTICIPANTS
from storage.tables.vocabulary import FileState
from storage.vault import Cipher
from tests.admin.conftest import Browser
from tests.bot.driving import CODE, Clock, rows, running, settings, until
from tests.bot.filing import OPUS
from tests.bot.people import AtThePhone
from tests.bot.test_report_walk import FRENCH, colleague
from tests.bot.voices import join


async def test_a_voice_in_a_report_is_heard_by_its_reader_alone(storage: Storage, now: datetime) -> None:
    async with running(settings(), storage, Clock(now)) as house:
        reader = await asyncio.to_thread(colleague, house, "lectrice", Role.SAFEGUARDING)
        admin = await asyncio.to_thread(colleague, house, "nadia", Role.ADMIN)
        person = AtThePhone(house, FRENCH.language)
        await join(person, FRENCH, CODE)
        await person.say("signaler")
        file = {"file": ("voix.ogg", OPUS, "audio/ogg")}
        answer = await house.client.post("/phone/attach", files=file, headers=person.cookie)
        assert answer.status_code == 303
        await person.heard()
        house.service.schedule.run_now("fetch_media")
        await until(lambda: [row.state for row in rows(storage, select(FILES.c.state))] == [FileState.STORED])

        [row] = rows(storage, select(FILES))
        assert (row.participant_id, row.message_id) == (None, None)
        page = await asyncio.to_thread(report_page, reader.browser)
        [path] = re.findall(r'controls preload="none" src="(/safeguarding/[^"]+)"', page)
        assert (await asyncio.to_thread(reader.browser.get, path)).content == OPUS
        assert (await asyncio.to_thread(admin.browser.get, path)).status_code == 403
        [owner] = rows(storage, select(PARTICIPANTS.c.id))
        elsewhere = f"/participants/{owner.id}/files/{row.id}"
        assert (await asyncio.to_thread(admin.browser.get, elsewhere)).status_code == 404
        own_key = storage.keystore.of_participants([owner.id])[owner.id].cipher
        assert not opens(storage, own_key, row)
        assert opens(storage, storage.vault.safeguarding, row)


def report_page(browser: Browser) -> str:
    [link] = re.findall(r'href="(/safeguarding/[0-9a-f]+)"', browser.get("/safeguarding").text)
    return browser.get(link).text


def opens(storage: Storage, key: Cipher, row: Row[Any]) -> bool:
    """Whether the stored file opens with this key."""
    try:
        return b"".join(storage.media.read(key, row.id, row.stored)) == OPUS
    except SealBroken:
        return False
