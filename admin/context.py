"""What the web view is given by the program that runs it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from conversations.snapshot import Project
from storage.database import Storage
from storage.projects import Projects


def no_links(code: str) -> tuple[str, ...]:
    """No channel is connected that could be joined by a link."""
    return ()


@dataclass(frozen=True, slots=True)
class AdminContext:
    """Everything from outside: data, settings, the clock, and whom to wake."""

    storage: Storage
    projects: Projects
    clock: Callable[[], datetime]  # aware, UTC
    wake: Callable[[], None]  # something is to be sent: look now
    public_url: str = ""  # as people reach us; empty on a computer of one's own
    join_links: Callable[[str], tuple[str, ...]] = no_links  # join code -> links, without https://

    @property
    def project(self) -> Project:
        return self.projects()

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https:")

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).netloc
