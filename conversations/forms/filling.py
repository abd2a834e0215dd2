"""One form being answered: all that must be stored between two messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from conversations.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Filling:
    """The state of one form being answered."""

    form_id: str
    version_id: str  # a form under way is finished on the version it was begun with
    answers: Mapping[str, str]  # node path → value as an XForm writes it; kept also while irrelevant
    trail: tuple[str, ...]  # paths of the questions passed (answered or skipped), in order of passing
    started_at: str = ""  # ISO 8601 instant


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a form is told by the outside."""

    now: datetime  # aware
    zone: str  # IANA: where `today()` is
    language: Language  # the person's
