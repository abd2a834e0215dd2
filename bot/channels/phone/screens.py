"""The simulated phone: transcripts in memory, and the transport that writes into them."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from bot.channels.phone.files import SentFiles
from bot.channels.sending import MediaFile, SendResult
from conversations.messages import Document, Media, Recording
from conversations.render.capabilities import CAPABILITIES, Capabilities
from conversations.render.labels import Button
from conversations.render.parts import Part
from conversations.vocabulary import Channel, SendOutcome

PHONES = 200  # kept at once; the one unused the longest goes first
BUBBLES = 200  # kept per phone
SETTLE = 0.1  # seconds a long answer, which is several messages, gets to be complete


class Side(StrEnum):
    """Who said something."""

    PERSON = "person"
    CARNET = "carnet"


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file on the screen."""

    kind: str  # audio, image, video, document (made by us) or file
    url: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on the screen."""

    number: int  # grows with every message of this phone
    side: Side
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    file: ShownFile | None = None  # above the text, if there is one


class Phone:
    """One screen: the last messages, oldest first."""

    def __init__(self) -> None:
        self.bubbles: deque[Bubble] = deque(maxlen=BUBBLES)
        # Numbers go on growing over a restart, so that a page left open misses nothing.
        self.count = time.time_ns() // 1_000_000
        self.changed = asyncio.Event()

    def show(
        self,
        side: Side,
        text: str,
        rows: tuple[tuple[Button, ...], ...] = (),
        file: ShownFile | None = None,
    ) -> Bubble:
        self.count += 1
        bubble = Bubble(self.count, side, text, rows, file)
        self.bubbles.append(bubble)
        self.changed.set()
        return bubble


class PhoneTransport:
    """Shows parts on simulated phones; an address is `phone:<random>`."""

    channel = Channel.PHONE
    capabilities: Capabilities = CAPABILITIES[Channel.PHONE]

    def __init__(self) -> None:
        self.phones: OrderedDict[str, Phone] = OrderedDict()
        self.files = SentFiles()

    async def send(self, address: str, part: Part, outbox_id: str) -> SendResult:
        bubble = self.phone(address).show(Side.CARNET, part.text, part.rows)
        return SendResult(SendOutcome.SENT, provider_message_id=f"{outbox_id}/{bubble.number}")

    async def send_media(self, address: str, file: MediaFile, caption: str, outbox_id: str) -> SendResult:
        """Show a file; the page fetches it by itself."""
        bubble = self.phone(address).show(Side.CARNET, caption, file=_shown(file))
        return SendResult(SendOutcome.SENT, provider_message_id=f"{outbox_id}/{bubble.number}")

    async def close(self) -> None:
        self.phones.clear()
        self.files = SentFiles()

    def phone(self, address: str) -> Phone:
        """The phone at an address; a new one, with an empty screen, if it is not known (any more)."""
        phone = self.phones.setdefault(address, Phone())
        self.phones.move_to_end(address)
        while len(self.phones) > PHONES:
            self.phones.popitem(last=False)
        return phone

    def write(self, address: str, text: str, file: ShownFile | None = None) -> Bubble:
        """Show what the person says or sends."""
        return self.phone(address).show(Side.PERSON, text, file=file)

    def take_back(self, address: str, bubble: Bubble) -> None:
        """Remove what was shown but could not be delivered."""
        phone = self.phone(address)
        phone.bubbles = deque((kept for kept in phone.bubbles if kept is not bubble), maxlen=BUBBLES)

    def after(self, address: str, number: int) -> Sequence[Bubble]:
        """The messages with a higher number, oldest first."""
        phone = self.phones.get(address)
        return [bubble for bubble in phone.bubbles if bubble.number > number] if phone else []

    def title(self, address: str, payload: str) -> str:
        """What the button with this payload shows; empty if it has left the screen."""
        for bubble in reversed(self.after(address, 0)):
            for button in (button for row in bubble.rows for button in row):
                if button.payload == payload:
                    return button.title
        return ""

    async def wait_for_answer(self, address: str, number: int, patience: float) -> None:
        """Return when Carnet has said something after message `number`, or after `patience` seconds."""
        phone = self.phone(address)
        try:
            async with asyncio.timeout(patience):
                while not any(bubble.side is Side.CARNET for bubble in self.after(address, number)):
                    phone.changed.clear()
                    await phone.changed.wait()
                await asyncio.sleep(SETTLE)
        except TimeoutError:
            return


def _shown(file: MediaFile) -> ShownFile:
    """A form's file is fetched behind the page's guard, a document by its signed address."""
    match file.media:
        case Document():
            return ShownFile("document", file.path)
        case Recording(track, name):
            return ShownFile(file.media.kind, f"/phone/recordings/{track}/{quote(name)}")
        case Media(kind, version_id, name):
            return ShownFile(kind, f"/phone/media/{quote(version_id, safe='')}/{quote(name, safe='')}")
