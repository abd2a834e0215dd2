"""What a check finds: how it is with one thing, and what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.settings import Settings


class Health(StrEnum):
    """How it is with one thing."""

    WELL = "well"  # as it should be
    NOTE = "note"  # it works; somebody may want to do something
    WRONG = "wrong"  # it does not work, or will not


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: how it is, and what to do. Never a secret, never anything of a person."""

    health: Health
    text: str


Check = Callable[[Settings, str], Iterator[Finding]]
