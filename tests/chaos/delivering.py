"""The providers' side of receiving: deliveries repeated until they are acknowledged, or given up."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import httpx
from twilio.request_validator import RequestValidator

from tests.fakes import telegram_server, twilio_server

AT_ONCE = 40  # deliveries in parallel, Telegram's `max_connections`
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0  # seconds between two tries; growing in between
PATIENCE = 15.0  # seconds Twilio waits for an answer
LOST = 0.03  # of the acknowledgements never reach the provider
TWICE = 0.05  # of the deliveries are made twice at the same time
REPORT_TRIES = 6  # Twilio's `#rc=5`: once and five times again

SIGNER = RequestValidator(twilio_server.AUTH_TOKEN)


@dataclass(slots=True)
class Mail:
    """Carries deliveries to the program, wherever it is in its life."""

    url: str
    random: random.Random
    client: httpx.AsyncClient
    counts: Counter[str] = field(default_factory=Counter)
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def telegram(self, update: Mapping[str, object]) -> None:
        """Returns once it is acknowledged."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": telegram_server.SECRET}
        request = self.client.build_request(
            "POST", f"{self.url}/channels/telegram", json=update, headers=headers
        )
        await self._until_acknowledged(request)

    async def twilio(self, path: str, form: Mapping[str, str]) -> None:
        """Returns once it is acknowledged; signed as Twilio signs."""
        await self._until_acknowledged(self._signed(path, form))

    async def report(self, callback: str, form: Mapping[str, str]) -> bool:
        """A status report, tried as often as Twilio does; whether it was acknowledged."""
        parts = urlsplit(callback)
        request = self._signed(f"{parts.path}?{parts.query}" if parts.query else parts.path, form)
        for number in range(REPORT_TRIES):
            if await self._acknowledged(request):
                return True
            await self._pause(number)
        self.counts["reports given up"] += 1
        return False

    def _signed(self, path: str, form: Mapping[str, str]) -> httpx.Request:
        signature = SIGNER.compute_signature(twilio_server.PUBLIC_URL + path, dict(form))
        headers = {
            "X-Twilio-Signature": signature,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self.client.build_request(
            "POST", self.url + path, content=urlencode(form).encode(), headers=headers
        )

    async def _until_acknowledged(self, request: httpx.Request) -> None:
        number = 0
        while True:
            twice = self.random.random() < TWICE
            heard = await asyncio.gather(*(self._acknowledged(request) for _ in range(1 + twice)))
            if any(heard):
                if self.random.random() >= LOST:
                    return
                self.counts["acknowledgements lost"] += 1
            else:
                self.counts["deliveries repeated"] += 1
            await self._pause(number)
            number += 1

    async def _acknowledged(self, request: httpx.Request) -> bool:
        async with self.room:
            try:
                answer = await self.client.send(request)
            except httpx.TransportError:
                return False
        if not answer.is_success:
            self.counts[f"answers {answer.status_code}"] += 1
        return answer.is_success

    async def _pause(self, number: int) -> None:
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**number)
        await asyncio.sleep(longest * self.random.uniform(0.5, 1.0))
