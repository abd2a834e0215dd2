"""The team meanwhile, in the trainers' view: words to one person, to everybody, check-ins asked for now."""

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx

from admin.guard import SESSION_COOKIE
from storage.ids import Ids

PAUSE = 0.4  # seconds between two things the team does


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody of the team who is signed in."""

    token: str = field(repr=False)
    csrf: str = field(repr=False)
    cohort_id: str


@dataclass(slots=True)
class Team:
    """Does one thing after the other; what gets no answer is not tried again."""

    url: str
    desk: Desk
    participants: Sequence[str]
    client: httpx.AsyncClient
    random: random.Random
    counts: Counter[str] = field(default_factory=Counter)

    async def work(self) -> None:
        """Go on until cancelled."""
        for number in itertools.count(1):
            await asyncio.sleep(self.random.uniform(0, 2 * PAUSE))
            person = self.random.choice(self.participants)
            if number % 25 == 12:
                await self._broadcast(number)
            elif number % 5 == 0:
                await self._post(f"/participants/{person}/check-ins", {"form": ""})
            else:
                await self.write(person, f"Note {number}")

    async def write(self, participant_id: str, text: str) -> bool:
        """Write to somebody; whether the program said that it is done."""
        return await self._post(f"/participants/{participant_id}/messages", {"text": text})

    async def _broadcast(self, number: int) -> None:
        """The same form is sent until it is answered: it carries its id, so it is one broadcast."""
        form = {"id": Ids().row(), "cohort": self.desk.cohort_id, "text_fr": f"À tout le monde : {number}"}
        while not await self._post("/broadcasts", form):  # noqa: ASYNC110 - true in another process
            await asyncio.sleep(0.5)

    async def _post(self, path: str, form: Mapping[str, str]) -> bool:
        try:
            answer = await self.client.post(
                self.url + path,
                data={"csrf": self.desk.csrf, **form},
                headers={"Cookie": f"{SESSION_COOKIE}={self.desk.token}"},
            )
        except httpx.TransportError:
            self.counts["team: no answer"] += 1
            return False
        notice = parse_qs(urlsplit(answer.headers.get("location", "")).query).get("notice", [""])[0]
        self.counts[f"team: {answer.status_code} {notice}".rstrip()] += 1
        return answer.status_code == 303
