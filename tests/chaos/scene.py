"""The scene of a storm: the program, the providers, the people, the team, the database between them."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
from sqlalchemy.engine import make_url

from storage.database import Storage
from tests.chaos.databases import Database, Proxy, SqliteFiles
from tests.chaos.delivering import PATIENCE, Mail
from tests.chaos.faults import Chance
from tests.chaos.joining import sign_in
from tests.chaos.killing import Program, have_it_answer
from tests.chaos.people import Crowd, Person
from tests.chaos.program import Offset
from tests.chaos.reporting import Reports
from tests.chaos.simulators import Telegram, Twilio
from tests.chaos.storm import Storm
from tests.chaos.team import Team


@asynccontextmanager
async def scene(
    storage: Storage, url: str, folder: Path, people: list[Person], seed: int, dies_at: str = ""
) -> AsyncIterator[Storm]:
    """The program, everything around it, and what will disturb it; it answers already."""
    chance = random.Random(seed)
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
        program = Program(folder, url, telegram.server.url, twilio.server.url, dies_at)
        mail = Mail(program.url, chance, client)
        desk = sign_in(storage)
        team = Team(program.url, desk, [one.participant_id for one in people], client, chance)
        reports = Reports(twilio, mail, chance)
        reporting = asyncio.create_task(reports.go_on())
        offset = Offset(program.clock)
        try:
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
        finally:
            reporting.cancel()
            await asyncio.gather(reporting, return_exceptions=True)
            await program.end(signal.SIGKILL)
