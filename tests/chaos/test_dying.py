"""The program dies between one step and the next: what follows when it lives again."""

import asyncio
import signal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from conversations.vocabulary import DeliveryState
from storage.database import Storage
from storage.tables.core import OUTBOX
from storage.vault import master_keys
from tests.bot.driving import rows, until
from tests.chaos.dying import Place
from tests.chaos.joining import open_logbooks
from tests.chaos.killing import have_it_answer
from tests.chaos.people import crowd
from tests.chaos.scene import scene
from tests.chaos.storm import Storm
from tests.chaos.verdict import judge

LONG = "Bonjour, voici ce qui se passe demain. " * 60  # two messages on WhatsApp
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@SQLITE
@pytest.mark.parametrize(
    ("place", "twice"), [(Place.COMMITTED, 0), (Place.CLAIMED, 0), (Place.SENT, 1)], ids=str
)
async def test_a_message_is_handled_once_and_answered(
    database_url: str, tmp_path: Path, place: Place, twice: int
) -> None:
    """Only what was sent and not written down may come twice: nobody can know that it arrived."""
    storage = Storage.open(database_url, master_keys("", tmp_path / "master.key"))
    people = crowd(telegram=1, whatsapp=0, sms=0)
    await asyncio.to_thread(open_logbooks, storage, people)
    before = rows(storage, select(func.max(OUTBOX.c.id)))[0][0]
    async with scene(storage, database_url, tmp_path, people, 0, place) as storm:
        saying = asyncio.create_task(storm.crowd.say(people[0], "Bonjour, voici la note 1"))
        await _dies_and_lives_again(storm, tmp_path)
        await saying
        await storm.calm()
        verdict = judge(storage, storm.crowd, before)
    assert verdict.faults == []
    assert (verdict.counts["parts arrived"], verdict.counts["parts doubled"]) == (1 + twice, twice)
    storage.close()


@SQLITE
async def test_half_a_message_of_the_team_is_not_sent_again(database_url: str, tmp_path: Path) -> None:
    storage = Storage.open(database_url, master_keys("", tmp_path / "master.key"))
    people = crowd(telegram=0, whatsapp=1, sms=0)
    await asyncio.to_thread(open_logbooks, storage, people)
    async with scene(storage, database_url, tmp_path, people, 0, Place.BETWEEN_PARTS) as storm:
        assert await storm.team.write(people[0].participant_id, LONG)
        await _dies_and_lives_again(storm, tmp_path)
        await storm.calm()
        assert len(storm.crowd.received(people[0])) == 1
    newest = select(OUTBOX.c.state).order_by(OUTBOX.c.id.desc()).limit(1)
    assert rows(storage, newest)[0].state not in (DeliveryState.QUEUED, DeliveryState.SENDING)
    storage.close()


@SQLITE
async def test_who_is_told_to_end_leaves_nothing_behind(database_url: str, tmp_path: Path) -> None:
    """SIGTERM in the middle of talk: what is in flight is finished, and nothing comes twice afterwards."""
    storage = Storage.open(database_url, master_keys("", tmp_path / "master.key"))
    people = crowd(telegram=5, whatsapp=5, sms=2)
    await asyncio.to_thread(open_logbooks, storage, people)
    before = rows(storage, select(func.max(OUTBOX.c.id)))[0][0]
    async with scene(storage, database_url, tmp_path, people, 0) as storm:
        talking = asyncio.create_task(storm.crowd.talk())
        await until(lambda: sum(len(one.said) for one in people) > 30, 60)
        assert await storm.program.end(signal.SIGTERM) == 0
        in_hand = OUTBOX.c.state.in_([DeliveryState.SENDING, DeliveryState.UNKNOWN])
        assert rows(storage, select(OUTBOX.c.id).where(in_hand)) == []
        await storm.program.begin()
        await have_it_answer(storm.program)
        storm.crowd.over.set()
        await talking
        await storm.calm()
        verdict = judge(storage, storm.crowd, before)
    assert (verdict.faults, verdict.counts["parts doubled"]) == ([], 0)
    assert "Traceback" not in storm.program.log.read_text()
    storage.close()


async def _dies_and_lives_again(storm: Storm, folder: Path) -> None:
    await until((folder / "died").exists, 60)
    await storm.program.gone()
    await storm.program.begin()
    await have_it_answer(storm.program)
