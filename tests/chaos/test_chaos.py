"""Load, and everything at once that can go wrong: nothing is lost, nothing twice, nothing waits for ever."""

import asyncio
import os
import random
import re
import signal
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.database import Storage
from storage.tables.core import OUTBOX
from storage.vault import master_keys
from tests.bot.driving import rows
from tests.chaos.joining import open_logbooks
from tests.chaos.people import crowd
from tests.chaos.scene import scene
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
    async with scene(storage, database_url, tmp_path, people, SEED) as storm:
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
