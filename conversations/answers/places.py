"""A place on earth: sent from the phone, typed as coordinates, or in a link copied from a map."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from conversations.answers.clean import clean
from conversations.answers.numbers import figures

COORDINATES = re.compile(r"([-−+]?\d{1,3}(?:[.,٫]\d+)?)\s*°?\s*[,;،\s]\s*([-−+]?\d{1,3}(?:[.,٫]\d+)?)\s*°?")

# Where the links of maps tell a place: one that is marked or searched, before the middle of the view.
DEGREES = r"([-+]?\d{1,3}(?:\.\d+)?)"
IN_LINKS = tuple(
    re.compile(pattern.replace("°", DEGREES) + r"(?=$|[&#,;?!/(])", re.IGNORECASE)
    for pattern in (
        r"^geo:0,0\?q=°,°",  # Android, with a mark
        r"^geo:(?!0,0\?)°,°",  # RFC 5870
        r"!3d°!4d°",  # Google Maps, the place itself
        r"[?&]mlat=°&mlon=°",  # OpenStreetMap, with a mark
        r"[?&](?:q|query|ll|daddr|destination)=(?:loc:)?°,°",
        r"/@°,°",  # Google Maps, the view
        r"#map=\d+/°/°",  # OpenStreetMap, the view
    )
)


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
    """The place of typed coordinates, latitude first, or of the link of a map; None if it tells of none.

    >>> read_place("34.02, -6.83"), read_place("٣٤٫٠٢ ٦٫٨٣"), read_place("Rabat"), read_place("99 0")
    (Spot(latitude=34.02, longitude=-6.83, altitude=0.0, accuracy=0.0), \
Spot(latitude=34.02, longitude=6.83, altitude=0.0, accuracy=0.0), None, None)
    >>> read_place("geo:34.02,-6.83?z=17") == read_place("https://maps.example.org/?q=34.02,-6.83")
    True
    """
    said = clean(text)
    found = COORDINATES.fullmatch(figures(said)) or _in_link(said)
    if found is None:
        return None
    spot = Spot(_degrees(found[1]), _degrees(found[2]))
    return spot if spot.possible else None


def _in_link(text: str) -> re.Match[str] | None:
    if not text.lower().startswith(("geo:", "http://", "https://")) or any(map(str.isspace, text)):
        return None
    link = unquote(text)
    return next(filter(None, (pattern.search(link) for pattern in IN_LINKS)), None)


def _degrees(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ".").replace("٫", "."))
