"""What a channel's transport does and what can come of a send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from conversations.messages import Document, Media, Recording
from conversations.render.capabilities import Capabilities
from conversations.render.interactive import Shape
from conversations.render.parts import Part
from conversations.vocabulary import Channel, SendOutcome


@dataclass(frozen=True, slots=True)
class SendResult:
    """The answer to one send; holds codes only, never a word of the message."""

    outcome: SendOutcome
    provider_message_id: str = ""
    code: str = ""  # the provider's error code, or the name of the local error; empty when sent
    retry_after: float | None = None  # seconds, where the provider said
    whole_account: bool = False  # the pause concerns every send of the account, not this address alone


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A recording, picture, film or document at hand, to be sent."""

    media: Media | Recording | Document
    content: bytes = field(repr=False)
    path: str = field(repr=False)  # below the public URL, for providers that fetch it; it carries a secret
    name: str  # as the person sees it


@runtime_checkable
class DeletesMessages(Protocol):
    """A transport whose provider lets us delete what it still has of a message."""

    def delete(self, provider_message_id: str) -> bool:
        """Whether the message and its files are gone there; blocking, told by the answer, never raised."""


class Shapes(Protocol):
    """Finds the contents that show buttons and lists; its methods block."""

    def sid_of(self, shape: Shape) -> str | None:
        """The content for a shape; None while it cannot be had."""

    def refuse(self, sid: str, code: str) -> None:
        """The provider did not take a message by this content."""


@runtime_checkable
class SendsContents(Protocol):
    """A transport whose provider keeps contents of ours: templates, and shapes for buttons."""

    async def send_content(
        self, address: str, sid: str, values: Mapping[str, str], outbox_id: str
    ) -> SendResult:
        """Send a content with these values in its places; otherwise as `send`."""


class Transport(Protocol):
    """Carries finished parts to one channel. One send in flight per address is the caller's duty."""

    @property
    def channel(self) -> Channel: ...

    @property
    def capabilities(self) -> Capabilities: ...

    async def send(self, address: str, part: Part, outbox_id: str) -> SendResult:
        """Send one part; every trouble of provider and network is told by the outcome, none is raised."""

    async def send_media(self, address: str, file: MediaFile, caption: str, outbox_id: str) -> SendResult:
        """Send a file as a message of its own, `caption` ready to send with it; otherwise as `send`."""

    async def close(self) -> None:
        """Give connections back; no send may follow."""
