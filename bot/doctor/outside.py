"""What can be seen from outside: whether our own address is reached, whether our clock is right."""

from collections.abc import Iterator
from datetime import timedelta

from bot.doctor.asking import ask
from bot.doctor.findings import Finding, Health
from bot.settings import Settings, TelegramMode

TOLERATED = timedelta(seconds=30)
DANGEROUS = timedelta(minutes=5)  # check-ins come at the wrong hour, signatures and certificates fail


def public_address(settings: Settings, _track: str) -> Iterator[Finding]:
    """Whether the program answers where providers are told to deliver."""
    connected = settings.telegram is not None or settings.twilio is not None
    if not settings.public_url or not connected:
        return
    needed = settings.twilio is not None or settings.telegram_mode is TelegramMode.WEBHOOK
    health = Health.WRONG if needed else Health.NOTE
    if not settings.public_url.startswith("https://"):
        yield Finding(health, "CARNET_PUBLIC_URL is not https: providers, and people, need that.")
    said = ask(f"{settings.public_url}/healthz")
    if said.went_well and said.text == "ok":
        yield Finding(Health.WELL, "the program answers there.")
    elif said.went_well:
        yield Finding(health, "something else answers there: check the proxy, and CARNET_PUBLIC_URL.")
    else:
        told = f"nothing answers there ({said.told}): start `carnet run`, then check the proxy and the name."
        yield Finding(health, told)


def clock(settings: Settings, _track: str) -> Iterator[Finding]:
    """Our clock beside that of a provider, as the head of its answer tells it."""
    where = [account.api_url for account in (settings.telegram, settings.twilio) if account]
    said = next((answer for answer in map(ask, where) if answer.clock is not None), None)
    if said is None or said.clock is None:
        return
    off = abs(said.clock)
    if off <= TOLERATED:
        yield Finding(Health.WELL, "it is right.")
        return
    way = "behind" if said.clock > timedelta(0) else "ahead"
    told = f"it is {int(off.total_seconds())} seconds {way}: let the system set it (NTP)."
    yield Finding(Health.WRONG if off > DANGEROUS else Health.NOTE, told)
