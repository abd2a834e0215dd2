"""All checks, one after the other. A check is a function from the settings to its findings."""

from collections.abc import Iterator, Mapping

from bot.doctor import here, outside
from bot.doctor.findings import Check, Finding
from bot.doctor.recorded import recordings
from bot.doctor.telegram import telegram
from bot.doctor.twilio import twilio
from bot.settings import Settings

CHECKS: Mapping[str, Check] = {
    "Settings": here.spelling,
    "Time zones": here.zone_rules,
    "Data folder": here.data_folder,
    "Master key": here.master_key_file,
    "Database": here.database,
    "Recordings": recordings,
    "Telegram": telegram,
    "Twilio": twilio,
    "Public address": outside.public_address,
    "Clock": outside.clock,
}


def examine(settings: Settings, track: str = "") -> Iterator[tuple[str, Finding]]:
    """All findings, each with the name of its check; of one track every missing recording by its name."""
    for name, check in CHECKS.items():
        for finding in check(settings, track):
            yield name, finding
