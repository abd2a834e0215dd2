"""What a step asks to be written down where several people share a phone: who is writing."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WhoAsked:
    """Nobody knows who writes from here: it is asked, and `token` names the asking."""

    token: str


@dataclass(frozen=True, slots=True)
class WordsWait:
    """What came is kept until it is clear whose it is."""


@dataclass(frozen=True, slots=True)
class WriterChosen:
    """Who writes is clear: what waits is taken up for them as if it came now; these words if nothing does."""

    participant_id: str  # empty: somebody without a logbook here
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class EveryoneStopped:
    """Nobody on this phone is written to first any more."""


@dataclass(frozen=True, slots=True)
class ChatShown:
    """After a quick exit the chat was opened again."""


SharerChange = WhoAsked | WordsWait | WriterChosen | EveryoneStopped | ChatShown
