"""Twilio's status reports: late, twice, out of order, of unknown messages and in unknown words."""

import asyncio
import itertools
import random

from tests.chaos.delivering import Mail
from tests.chaos.simulators import Twilio
from tests.fakes import twilio_server

STATES = ["queued", "sent", "delivered", "read"]
LATEST = 3.0  # seconds
UNDELIVERED = 0.03  # of the messages
STATUS_URL = f"{twilio_server.PUBLIC_URL}/channels/twilio/status"


class Reports:
    """Reports on what Twilio takes."""

    def __init__(self, twilio: Twilio, mail: Mail, chance: random.Random) -> None:
        self.twilio, self.mail, self.random = twilio, mail, chance
        self.strangers = itertools.count(2**64)
        self.ahead: set[asyncio.Task[None]] = set()

    @property
    def under_way(self) -> bool:
        return bool(self.ahead) or not self.twilio.taken.empty()

    async def go_on(self) -> None:
        """Report until cancelled."""
        while True:
            sid, to, callback = await self.twilio.taken.get()
            states = ["sent", "undelivered"] if self.random.random() < UNDELIVERED else [*STATES]
            states += [*self.random.sample(states, 2), "in a new way"]
            self.random.shuffle(states)
            for state in states:
                self._later(self.random.uniform(0, LATEST), sid, to, callback, state)
            if self.random.random() < 0.1:
                unknown = f"SM{next(self.strangers):032x}"
                where = self.random.choice([STATUS_URL, f"{STATUS_URL}?outbox={'0' * 32}"])
                self._later(0, unknown, to, where, "delivered")

    def _later(self, after: float, sid: str, to: str, callback: str, state: str) -> None:
        task = asyncio.create_task(self._report(after, sid, to, callback, state))
        self.ahead.add(task)
        task.add_done_callback(self.ahead.discard)

    async def _report(self, after: float, sid: str, to: str, callback: str, state: str) -> None:
        await asyncio.sleep(after)
        form = {"MessageSid": sid, "SmsSid": sid, "MessageStatus": state, "SmsStatus": state}
        form |= {"To": to, "AccountSid": twilio_server.ACCOUNT_SID}
        if state == "undelivered":
            form["ErrorCode"] = "30008"
        await self.mail.report(callback, form)
        self.mail.counts["status reports"] += 1
