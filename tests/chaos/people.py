"""The people in the chats: each says numbered things, mostly after having read the answer before."""

import asyncio
import itertools
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from conversations.vocabulary import Channel
from tests.chaos.delivering import Mail
from tests.chaos.simulators import Arrived, Telegram, Twilio
from tests.fakes import twilio_server

PATIENCE = 3.0  # seconds until somebody writes again without an answer
THINKING = 0.6  # seconds at most between an answer and the next words
UPDATE_IDS = itertools.count(900_000_000)
MESSAGE_IDS = itertools.count(1)
SIDS = itertools.count(2**32)


@dataclass(slots=True)
class Person:
    """Somebody with one chat. `said` grows only by what the program has acknowledged."""

    channel: Channel
    address: str  # as the program knows it
    said: list[str] = field(default_factory=list)
    under_way: str = ""  # handed to the provider, not acknowledged yet
    participant_id: str = ""
    chat: str = ""  # its blind index


def crowd(telegram: int, whatsapp: int, sms: int) -> list[Person]:
    people = [Person(Channel.TELEGRAM, str(5_000_000_000 + n)) for n in range(telegram)]
    people += [Person(Channel.WHATSAPP, f"whatsapp:+2126000{n:05}") for n in range(whatsapp)]
    people += [Person(Channel.SMS, f"+2126001{n:05}") for n in range(sms)]
    return people


@dataclass(slots=True)
class Crowd:
    """Everybody, and the way between them and the program."""

    people: Sequence[Person]
    telegram: Telegram
    twilio: Twilio
    mail: Mail
    random: random.Random
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def talk(self) -> None:
        """Everybody talks until it is over and what they have said last is acknowledged."""
        async with asyncio.TaskGroup() as group:
            for person in self.people:
                group.create_task(self._talk(person))

    async def _talk(self, person: Person) -> None:
        words = self._words()
        await asyncio.sleep(self.random.uniform(0, THINKING))
        while not self.over.is_set():
            before = len(self.received(person))
            await self.say(person, next(words))
            if self.random.random() > 0.15:  # the others do not wait for an answer
                await self._answered(person, before)
                await asyncio.sleep(self.random.uniform(0, THINKING))

    def _words(self) -> Iterator[str]:
        """What one person says: words for the team, and steps that are recorded; all of it numbered."""
        for number in itertools.count(1):
            yield f"Bonjour, voici la note {number}"
            if number % 3 == 0:
                yield from ("menu", "Noter une étape", "Emploi", "1", "2024", f"Vendeuse note {number}")
                yield "menu"

    async def say(self, person: Person, text: str) -> None:
        person.under_way = text
        if person.channel is Channel.TELEGRAM:
            await self.mail.telegram(_update(person, text))
        else:
            channel = "whatsapp" if person.channel is Channel.WHATSAPP else "sms"
            await self.mail.twilio(f"/channels/{channel}", _form(person, text))
        person.said.append(text)
        person.under_way = ""

    def received(self, person: Person) -> list[Arrived]:
        source = self.telegram if person.channel is Channel.TELEGRAM else self.twilio
        return source.by_address[person.address]

    async def _answered(self, person: Person, before: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while len(self.received(person)) == before and time.monotonic() < deadline:
            if self.over.is_set():
                return
            await asyncio.sleep(0.05)


def _update(person: Person, text: str) -> dict[str, object]:
    who = {"id": int(person.address), "first_name": "Amina"}
    message = {
        "message_id": next(MESSAGE_IDS),
        "date": int(time.time()),
        "chat": who | {"type": "private"},
        "from": who | {"is_bot": False, "language_code": "fr"},
        "text": text,
    }
    return {"update_id": next(UPDATE_IDS), "message": message}


def _form(person: Person, text: str) -> dict[str, str]:
    sid = f"SM{next(SIDS):032x}"
    form = {"MessageSid": sid, "SmsMessageSid": sid, "SmsSid": sid, "AccountSid": twilio_server.ACCOUNT_SID}
    form |= {"From": person.address, "Body": text, "NumMedia": "0", "SmsStatus": "received", "FromCity": ""}
    form["To"] = twilio_server.SMS_FROM
    if person.channel is Channel.WHATSAPP:
        form["To"] = twilio_server.WHATSAPP_FROM
        form |= {"WaId": person.address.removeprefix("whatsapp:+"), "ProfileName": "Amina"}
    return form
