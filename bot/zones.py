"""The time zone rules: those of the pinned `tzdata`, never the operating system's.

Morocco moved to UTC+0 for good on 2026-09-20 (IANA 2026f). Most machines still carry older files, with which
every check-in would be an hour off.
"""

import zoneinfo
from importlib.metadata import version

PIN = (2026, 6)  # tzdata 2026.6 is IANA's 2026f


class OldZoneRules(Exception):
    """The installed tzdata is older than the pin; the text says what to do."""


def force_zone_rules() -> str:
    """Use the pinned rules from here on; call before any zone is read. The release, such as `2026.6`."""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    release = version("tzdata")
    if _number(release) < PIN:
        wanted = ".".join(map(str, PIN))
        raise OldZoneRules(f"tzdata {release} is older than {wanted}: run `make install`")
    return release


def _number(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".") if part.isdecimal())
