"""What the web view is given by the program that runs it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from admin.tariff import NO_TARIFF, Tariff
from conversations.snapshot import Project
from conversations.vocabulary import Channel
from storage.database import Storage
from storage.projects import Projects


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """A channel on which sends are refused until somebody mends it; what is to be sent is kept."""

    channel: Channel
    code: str  # the provider's
    since: datetime


def no_troubles() -> Sequence[ChannelTrouble]:
    """Nothing is sent by this process, so nothing is refused."""
    return ()


def no_links(code: str) -> tuple[str, ...]:
    """No channel is connected that could be joined by a link."""
    return ()


class TemplateDesk(Protocol):
    """What can be done about WhatsApp's templates. Both block, and give the code of the trouble, if any."""

    def list_now(self) -> str:
        """Ask the provider for its list."""

    def propose_missing(self) -> str:
        """Make the templates that are missing, and hand them in for approval."""


@dataclass(frozen=True, slots=True)
class AdminContext:
    """Everything from outside: data, settings, the clock, and whom to wake."""

    storage: Storage
    projects: Projects
    clock: Callable[[], datetime]  # aware, UTC
    wake: Callable[[], None]  # something is to be sent: look now
    public_url: str = ""  # as people reach us; empty on a computer of one's own
    troubles: Callable[[], Sequence[ChannelTrouble]] = no_troubles
    join_links: Callable[[str], tuple[str, ...]] = no_links  # join code -> links, without https://

    templates: "TemplateDesk | None" = None  # None: WhatsApp is not connected
    tariff: Tariff = NO_TARIFF

    @property
    def project(self) -> Project:
        return self.projects()

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https:")

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).netloc
