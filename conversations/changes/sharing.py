"""What a step asks to be written down: pages for employers."""

from dataclasses import dataclass, field
from datetime import datetime

from conversations.vocabulary import Language


@dataclass(frozen=True, slots=True)
class PageMade:
    """A page for an employer is open; only a keyed hash of its token is kept."""

    page_id: str
    token: str = field(repr=False)
    label: str
    steps: tuple[str, ...]  # ids of the milestones it shows
    language: Language
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PageClosed:
    """The person closed a page: its link leads nowhere from now on."""

    page_id: str


SharingChange = PageMade | PageClosed
