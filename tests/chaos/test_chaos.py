"""Load, and everything at once that can go wrong: nothing is lost, nothing twice, nothing waits for ever."""

import asyncio
import os
import random
import re
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from storage.database import Storage
from storage.tables.core import OUTBOX
from storage.vault import master_keys
from tests.bot.driving import rows
from tests.chaos.databases import Database, Proxy, SqliteFiles
from tests.chaos.delivering import PATIENCE, Mail
from tests.chaos.faults import Chance
from tests.chaos.joining import open_logbooks, sign_in
from tests.chaos.killing import Program, have_it_answer
from tests.chaos.people import Crowd, Person, crowd
from tests.chaos.program import Offset
from tests.chaos.reporting import Reports
from tests.chaos.simulators import Telegram, Twilio
from tests.chaos.storm import Storm
from tests.chaos.team import Team
from tests.chaos.verdict import judge

SECONDS = float(os.environ.get("CHAOS_SECONDS", "15"))  # `make chaos` runs a minute
SEED = int(os.environ.get("CHAOS_SEED", random.randrange(10**6)))
KILLS = max(2, round(SECONDS / 6))  # ten in a minute


@pytest.mark.chaos
async def test_nothing_is_lost_or_doubled(database_url: str, tmp_path: Path) -> None:
    print(f"\nCHAOS_SEED={SEED} CHAOS_SECONDS={SECONDS:g}")
    storage = Storage.open(database_url, master_keys("", tmp_path / "master.key"))
    people = crowd(telegram=20, whatsapp=20, sms=10)
    await asyncio.to_thread(open_logbooks, storage, people)
    before = rows(storage, select(func.max(OUTBOX.c.id)))[0][0]
    async with _storm(storage, database_url, tmp_path, people) as storm:
        cut_off = await storm.rage(SECONDS, KILLS)
        await storm.calm()
        code = await storm.program.end(signal.SIGTERM)
    verdict = judge(storage, storm.crowd, before)
    storage.close()
    counts = verdict.counts + Counter({"sends cut off by kills": cut_off, "kills": KILLS})
    for source in (storm.chance.drawn, storm.database.counts, storm.crowd.mail.counts, storm.team.counts):
        counts.update({str(name): count for name, count in source.items()})
    counts["starts that failed"] = storm.program.starts_failed
    for name, count in sorted(counts.items()):
        print(f"{count:7}  {name}")
    log = storm.program.log.read_text()
    unknown = counts["parts doubled"] + sum(n for name, n in counts.items() if "unknown" in name)
    assert verdict.faults == []
    assert unknown <= cut_off + storm.chance.unclear
    assert code == 0
    assert "Traceback" not in log
    assert not re.search(r"\+?2126000|\b50000000|note \d|Vendeuse", log), "the log tells of people"


@asynccontextmanager
async def _storm(storage: Storage, url: str, folder: Path, people: list[Person]) -> AsyncIterator[Storm]:
    """The program, everything around it, and what will disturb it."""
    chance = random.Random(SEED)
    async with AsyncExitStack() as stack:
        database: Database = SqliteFiles(folder)
        if make_url(url).get_backend_name() == "postgresql":
            database = proxy = stack.enter_context(Proxy(make_url(url)))
            url = proxy.url
        faults = Chance(chance)
        telegram, twilio = Telegram(faults), Twilio(faults)
        for simulator in (telegram, twilio):
            await stack.enter_async_context(simulator.server)
        client = await stack.enter_async_context(httpx.AsyncClient(timeout=PATIENCE))
        program = Program(folder, url, telegram.server.url, twilio.server.url)
        mail = Mail(program.url, chance, client)
        desk = sign_in(storage)
        team = Team(program.url, desk, [one.participant_id for one in people], client, chance)
        reports = Reports(twilio, mail, chance)
        reporting = asyncio.create_task(reports.go_on())
        offset = Offset(program.clock)
        await program.begin()
        await have_it_answer(program)
        yield Storm(
            storage,
            program,
            database,
            Crowd(people, telegram, twilio, mail, chance),
            team,
            reports,
            offset,
            faults,
            chance,
        )
        reporting.cancel()
        await asyncio.gather(reporting, return_exceptions=True)
        await program.end(signal.SIGKILL)
