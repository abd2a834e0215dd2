"""What hinders a channel: since when, by the provider's code, and in plain words with what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conversations.vocabulary import Channel


class Doing(StrEnum):
    """What we were about when the trouble came."""

    SENDING = "sending"
    RECEIVING = "receiving"  # by polling
    SETTING_UP = "setting_up"  # telling the provider where to deliver


@dataclass(frozen=True, slots=True)
class Trouble:
    """One channel that needs somebody."""

    code: str  # the provider's, or the name of a network error
    since: datetime  # aware, UTC


class Troubles:
    """The troubles there are now. One of each sort per channel; a success ends it."""

    def __init__(self) -> None:
        self._known: dict[tuple[Channel, Doing], Trouble] = {}

    def note(self, channel: Channel, doing: Doing, code: str, now: datetime) -> None:
        """There is trouble; it keeps the time it began at."""
        before = self._known.get((channel, doing))
        self._known[channel, doing] = Trouble(code, before.since if before else now)

    def over(self, channel: Channel, doing: Doing) -> None:
        """It went well again."""
        self._known.pop((channel, doing), None)

    def of(self, channel: Channel) -> Mapping[Doing, Trouble]:
        """The troubles of one channel; empty: it is well."""
        return {doing: trouble for (whose, doing), trouble in list(self._known.items()) if whose is channel}


AWAY = "the provider cannot be reached: check the network and the API address"
AWAY_BY = ("ConnectError", "ConnectTimeout", "NetworkError", "PoolTimeout", "ReadTimeout", "TimedOut")

WORDS: Mapping[str, str] = dict.fromkeys(AWAY_BY, AWAY) | {
    "401": "the provider refuses the token: check it in the settings, then restart",
    "403": "the provider refuses the account: look at it in the provider's console",
    "404": "the provider refuses the token: check it in the settings, then restart",
    "409": "another program takes this bot's messages, or a webhook is set: stop the other one",
    "20003": "Twilio refuses the account or its token: check CARNET_TWILIO_ACCOUNT_SID and _AUTH_TOKEN",
    "21408": "this account may not write to that country: enable it in Twilio's console (geo permissions)",
    "63007": "the sender is not set up at Twilio: check CARNET_TWILIO_WHATSAPP_FROM",
}
UNKNOWN = "the provider refuses or does not answer: look at its status page, then at the log"


def in_words(code: str) -> str:
    """What a code means and what to do.

    >>> in_words("409")
    "another program takes this bot's messages, or a webhook is set: stop the other one"
    """
    return WORDS.get(code, UNKNOWN)
