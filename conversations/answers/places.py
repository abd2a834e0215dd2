"""A place on earth: sent from the phone, or typed as coordinates."""

import re
from dataclasses import dataclass

from conversations.answers.clean import clean
from conversations.answers.numbers import figures

COORDINATES = re.compile(r"([-−+]?\d{1,3}(?:[.,٫]\d+)?)\s*°?\s*[,;،\s]\s*([-−+]?\d{1,3}(?:[.,٫]\d+)?)\s*°?")


@dataclass(frozen=True, slots=True)
class Spot:
    """A point, as ODK stores one: degrees in WGS 84; altitude and accuracy in metres, 0 where unknown."""

    latitude: float
    longitude: float
    altitude: float = 0.0
    accuracy: float = 0.0

    @property
    def possible(self) -> bool:
        """Whether there is such a place."""
        return -90 <= self.latitude <= 90 and -180 <= self.longitude <= 180


def read_place(text: str) -> Spot | None:
    """The place of typed coordinates, latitude first; None if they are none.

    >>> read_place("34.02, -6.83"), read_place("٣٤٫٠٢ ٦٫٨٣"), read_place("Rabat"), read_place("99 0")
    (Spot(latitude=34.02, longitude=-6.83, altitude=0.0, accuracy=0.0), \
Spot(latitude=34.02, longitude=6.83, altitude=0.0, accuracy=0.0), None, None)
    """
    found = COORDINATES.fullmatch(figures(clean(text)))
    if found is None:
        return None
    spot = Spot(_degrees(found[1]), _degrees(found[2]))
    return spot if spot.possible else None


def _degrees(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ".").replace("٫", "."))
