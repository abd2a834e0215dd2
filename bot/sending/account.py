"""One of our accounts with a provider, ready to send."""

from dataclasses import dataclass

from bot.channels.sending import Transport
from bot.sending.pace import Pace


@dataclass(frozen=True, slots=True)
class Account:
    """One of our accounts, ready to send."""

    id: str
    transport: Transport
    pace: Pace
