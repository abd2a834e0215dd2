"""What a provider that keeps contents of ours can do with them: templates, and shapes for buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from conversations.templates.template import Approval, Template


class ContentTrouble(Exception):
    """The provider did not do it; the text is its code, or the name of the error."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A content to be made: its name, its words by the type of content, an example for each place."""

    name: str
    language: str
    types: Mapping[str, Mapping[str, Any]]
    samples: Mapping[str, str]


class Contents(Protocol):
    """The contents of our account. Every call blocks, and raises ContentTrouble."""

    def everything(self) -> Sequence[Template]:
        """All contents with their approval; what cannot be read is passed over."""

    def create(self, draft: Draft) -> Template:
        """Make a content; nobody has approved it yet."""

    def submit(self, template: Template) -> Approval:
        """Hand a template in for approval by WhatsApp."""

    def close(self) -> None:
        """Give connections back."""
