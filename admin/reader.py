"""For whom a page is written, and a state in a word or two with its colour."""

from dataclasses import dataclass

from admin.texts import text
from conversations.snapshot import Project
from conversations.vocabulary import Language

# How a state is coloured; everything else is neutral.
TONES = {
    "delivery.delivered": "good",
    "delivery.read": "good",
    "delivery.waiting": "wait",
    "delivery.unknown": "wait",
    "delivery.failed": "bad",
    "delivery.expired": "bad",
    "contact.answered": "good",
    "contact.missed": "bad",
    "consent.given": "good",
    "consent.refused": "wait",
    "consent.withdrawn": "wait",
    "message.failed": "bad",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in a word or two."""

    label: str
    tone: str = "plain"  # good, wait, bad or plain


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom entries are written."""

    language: Language
    project: Project

    def t(self, text_id: str, **args: str | int) -> str:
        return text(self.language, text_id, **args)

    def badge(self, text_id: str) -> Badge:
        return Badge(self.t(text_id), TONES.get(text_id, "plain"))
