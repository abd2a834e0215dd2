"""One template as the provider keeps it: its words, its places for values, whether it may be used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from conversations.templates.purposes import Name, read_name

PLACE = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")  # where a value goes


class Approval(StrEnum):
    """How far WhatsApp's approval of a template is."""

    APPROVED = "approved"  # may be sent
    PENDING = "pending"  # WhatsApp looks at it
    RECEIVED = "received"  # handed in, not with WhatsApp yet
    REJECTED = "rejected"  # not like this; the reason is told
    PAUSED = "paused"  # too many people disliked it; comes back by itself
    DISABLED = "disabled"  # disliked for too long
    UNSUBMITTED = "unsubmitted"  # never handed in
    OTHER = "other"  # a word of the provider that we do not know

    @classmethod
    def read(cls, word: str) -> "Approval":
        """The provider's word.

        >>> Approval.read("Approved"), Approval.read("in_appeal")
        (<Approval.APPROVED: 'approved'>, <Approval.OTHER: 'other'>)
        """
        known = word.strip().lower()
        return cls(known) if known in set(cls) else cls.OTHER


@dataclass(frozen=True, slots=True)
class Template:
    """One template. `refused` is the provider's code since a send with it failed; empty: none did."""

    sid: str
    name: str  # by which its purpose, language and version are known
    approval: Approval
    body: str
    content_type: str = "twilio/text"
    category: str = ""  # as WhatsApp filed it, which decides the price
    language: str = ""
    buttons: tuple[str, ...] = ()  # their titles
    payloads: tuple[str, ...] = ()  # what they carry back
    samples: Mapping[str, str] = field(default_factory=dict)  # an example for each place
    word: str = ""  # the provider's own word for the approval
    rejection: str = ""  # why it was rejected, in WhatsApp's words
    refused: str = ""

    @property
    def named(self) -> Name | None:
        """What its name says; None for one that is not for us."""
        return read_name(self.name)

    @property
    def usable(self) -> bool:
        return self.approval is Approval.APPROVED and not self.refused

    @property
    def places(self) -> tuple[str, ...]:
        """The places for values, in their words and in what their buttons carry, each once.

        >>> Template("HX1", "x", Approval.APPROVED, "{{1}}, {{2}} and {{1}}").places
        ('1', '2')
        """
        words = " ".join((self.body, *self.buttons, *self.payloads))
        return tuple(dict.fromkeys(PLACE.findall(words)))

    def filled(self, values: Mapping[str, str]) -> str:
        """The words with these values in their places; a place without one stays as it is.

        >>> Template("HX1", "x", Approval.APPROVED, "On {{1}}.").filled({"1": "Monday"})
        'On Monday.'
        """
        return PLACE.sub(lambda place: values.get(place[1], place[0]), self.body)
