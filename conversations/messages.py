"""What the conversation says: message ids with arguments, never finished text.

`conversations.render` turns these into what a person reads, in their language and within what their
channel can show.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from conversations.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date, written as exactly as the person knew it: `2025`, `2025-03` or `2025-03-12`."""

    iso: str
    type: Literal["day"] = "day"


@dataclass(frozen=True, slots=True)
class Say:
    """A text of the catalogue by its id; an argument `n` chooses the plural form."""

    id: str
    args: Mapping[str, "Argument"] = field(default_factory=dict)
    language: Language | None = None  # only where the line must not follow the person's language
    type: Literal["say"] = "say"


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A finished text that is not ours: a form's label, a trainer's words."""

    text: str
    type: Literal["verbatim"] = "verbatim"


Line = Say | Verbatim
Argument = str | int | Day | Say


class PromptKind(StrEnum):
    """Why a message goes out; decides its priority and what happens when its fate is unknown."""

    REPLY = "reply"  # part of a dialogue: sent again if unknown
    STAFF = "staff"  # a trainer's own words
    NUDGE = "nudge"  # we write first: a check-in; never sent twice
    NOTICE = "notice"  # of a workshop; never sent twice
    BROADCAST = "broadcast"  # one text to many; never sent twice


class MediaKind(StrEnum):
    """What sort of file goes with a question."""

    AUDIO = "audio"  # the question read aloud
    IMAGE = "image"  # a picture of what is asked about
    VIDEO = "video"  # a film, also one in sign language


@dataclass(frozen=True, slots=True)
class Media:
    """A file of a form's version, shown or played before the text, for people who do not read."""

    kind: MediaKind
    version_id: str
    name: str  # among the files of that version


@dataclass(frozen=True, slots=True)
class Recording:
    """A text read aloud, from one of the project's audio tracks."""

    track: str  # code of its language
    name: str  # of the file, below the folder of the track

    @property
    def kind(self) -> MediaKind:
        return MediaKind.AUDIO


class DocumentKind(StrEnum):
    """What a file that is made for one person holds."""

    LOGBOOK = "logbook"  # the logbook as a PDF
    DATA = "data"  # everything kept about the person, as a zip


@dataclass(frozen=True, slots=True)
class Document:
    """A file made for the person at the moment it is sent; nothing of it is kept."""

    made_of: DocumentKind
    language: Language  # of the file, not of the conversation
    made_on: date  # local
    link: str = field(default="", repr=False)  # what a QR code in it leads to
    zone: str = ""  # in which its hours are told; empty where it tells none


@dataclass(frozen=True, slots=True)
class Pin:
    """A point on the map, for people who do not know the way. Degrees in WGS 84."""

    latitude: float
    longitude: float
    title: str  # what takes place there
    place: str  # how the place is called


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: its stable value and what it is called."""

    value: str
    label: Line
    media: tuple[Media | Recording, ...] = ()  # before the text of the question, with the choice's number


@dataclass(frozen=True, slots=True)
class Prompt:
    """One message to one person, free of any channel.

    `token` names this asking; the button of choice i carries `<token>:<i>`, those beside
    it count on. Without choices it is empty.
    `several` means that more than one choice may be answered (so no buttons, which give only one).
    """

    kind: PromptKind
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()
    token: str = ""
    several: bool = False
    media: tuple[Media | Recording | Document, ...] = ()  # before the text
    beside: tuple[Choice, ...] = ()  # ways on that are no answers: without a number; else words
    own_number: Say | None = None  # where the channel has a button that proves the number, what it says
    pin: Pin | None = None  # where the first line takes place
