"""People with a phone in their hand, one kind per channel: they write, tap what is offered, and read."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import lxml.html
from lxml import etree

from bot.channels.phone.routes import COOKIE
from conversations.messages import Line, Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language
from tests.bot.driving import House, until
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.twilio_server import FakeTwilio, Sent

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands on the screen."""

    text: str
    buttons: Mapping[str, str] = field(default_factory=dict)  # payload by title


class Person(ABC):
    """Someone in a chat with Carnet."""

    def __init__(self, house: House, language: Language) -> None:
        self.house, self.language = house, language
        self._read = 0

    @abstractmethod
    async def screen(self) -> Sequence[Message]:
        """Everything Carnet said so far."""

    @abstractmethod
    async def write(self, text: str) -> None:
        """Deliver a message; returns when it is committed."""

    @abstractmethod
    async def tap(self, payload: str) -> None:
        """Deliver a tap on a button; returns when it is committed."""

    async def say(self, text: str) -> str:
        """Write, and read all that is answered."""
        await self.write(text)
        return await self.heard()

    async def choose(self, label: str | Line) -> str:
        """Tap the button with this label, or answer with its number where it has none."""
        wanted = straight(self.of(label))
        *_, shown = seen = await self.screen()
        text = "\n".join(message.text for message in seen[-2:])  # a long one goes before its buttons
        buttons = {straight(title): payload for title, payload in shown.buttons.items()}
        number = re.search(rf"^\W?(\d+)\. {re.escape(wanted)}$", straight(text), re.MULTILINE)
        if wanted in buttons:
            await self.tap(buttons[wanted])
        elif number:
            await self.write(number[1])
        else:
            raise AssertionError(f"{wanted!r} is not offered: {shown}")
        return await self.heard()

    async def heard(self) -> str:
        """What came since it was looked at last, as one text."""
        await self.house.quiet()
        shown = await self.screen()
        new, self._read = shown[self._read :], len(shown)
        return "\n".join(message.text for message in new)

    def of(self, line: str | Line) -> str:
        """A text of the program in this person's language."""
        return line if isinstance(line, str) else say(line, self.language)

    def text(self, id: str, **args: str | int) -> str:
        return self.of(Say(id, args))


def straight(text: str) -> str:
    """The text with straight apostrophes: pyxform straightens those of the forms."""
    return text.replace("’", "'")


class AtThePhone(Person):
    """At the simulated phone, in a browser without JavaScript."""

    def __init__(self, house: House, language: Language, phone: str = "a_simulated_one_") -> None:
        super().__init__(house, language)
        self.cookie = {"Cookie": f"{COOKIE}={phone}"}  # 16 characters

    async def screen(self) -> Sequence[Message]:
        page = await self.house.client.get("/phone", headers=self.cookie)
        bubbles = lxml.html.fromstring(page.text).iter("div")
        return [_bubble(bubble) for bubble in bubbles if bubble.get("class") == "bubble carnet"]

    async def write(self, text: str) -> None:
        answer = await self.house.client.post("/phone/say", data={"text": text}, headers=self.cookie)
        assert answer.status_code == 303

    async def tap(self, payload: str) -> None:
        answer = await self.house.client.post("/phone/tap", data={"payload": payload}, headers=self.cookie)
        assert answer.status_code == 303


def _bubble(element: etree._Element) -> Message:
    text = element.findtext("p") or ""
    buttons = {button.text or "": button.get("value", "") for button in element.iter("button")}
    return Message(text, buttons)


class OnTelegram(Person):
    """On Telegram, whose updates reach the program by webhook."""

    def __init__(
        self, house: House, language: Language, fake: FakeTelegram, chat: int = 5_000_000_007
    ) -> None:
        super().__init__(house, language)
        self.fake, self.chat = fake, chat

    async def screen(self) -> Sequence[Message]:
        return [_telegram_message(sent) for sent in self.fake.sent() if sent["chat_id"] == self.chat]

    async def write(self, text: str) -> None:
        await self.deliver(self.fake.text(self.chat, text, self.language))

    async def tap(self, payload: str) -> None:
        await self.deliver(self.fake.tap(self.chat, payload, self.language))

    async def deliver(self, update: Json) -> None:
        assert await self.fake.push(update, self.house.client) == 200


class OnPolledTelegram(OnTelegram):
    """On Telegram, whose updates the program fetches."""

    async def deliver(self, update: Json) -> None:
        self.fake.offer(update)
        # It leaves the list when the offset has passed it, which is after the commit.
        await until(lambda: update not in self.fake.updates)


def _telegram_message(sent: Mapping[str, object]) -> Message:
    markup = sent.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    buttons = {button["text"]: button["callback_data"] for row in rows for button in row}
    return Message(str(sent["text"]), buttons)


class OnWhatsApp(Person):
    """On WhatsApp through Twilio: with buttons and lists where contents are kept, else with numbers."""

    def __init__(
        self, house: House, language: Language, fake: FakeTwilio, address: str = "whatsapp:+212600000001"
    ) -> None:
        super().__init__(house, language)
        self.fake, self.address = fake, address

    async def screen(self) -> Sequence[Message]:
        return [
            _whatsapp_message(self.fake, sent)
            for sent in list(self.fake.sent)
            if sent.form["To"] == self.address
        ]

    async def write(self, text: str) -> None:
        assert await self.fake.push(self.fake.message(self.address, text), self.house.client) == 200

    async def tap(self, payload: str) -> None:
        title = {payload: title for title, payload in (await self.screen())[-1].buttons.items()}[payload]
        content = self.fake.contents.kept[self.fake.sent[-1].form["ContentSid"]]
        if content.kind == "twilio/list-picker":
            form = self.fake.message(self.address, title, ListId=payload, ListTitle=title)
        else:
            form = self.fake.tap(self.address, payload, title)
        assert await self.fake.push(form, self.house.client) == 200

    async def report(self, *states: str) -> None:
        """Twilio reports these states of everything it took for this person."""
        for sent in list(self.fake.sent):
            if sent.form["To"] == self.address:
                for state in states:
                    assert await self.fake.report(sent.sid, state, self.house.client) == 200


def _whatsapp_message(fake: FakeTwilio, sent: Sent) -> Message:
    if "ContentSid" not in sent.form:
        return Message(sent.form.get("Body", ""))
    shown = fake.contents.shown(sent.form)
    options = [*shown.get("actions", ()), *shown.get("items", ())]
    buttons = {option.get("title") or option["item"]: option["id"] for option in options}
    return Message(shown["body"].replace("\u200b", ""), buttons)
