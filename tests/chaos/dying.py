"""Places where the program dies by its own hand, as by `kill -9`: between one step and the next."""

import os
import signal
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

DIES_AT = "CHAOS_DIES_AT"  # one of the places, in the environment


class Place(StrEnum):
    """Where it dies, the first time that it comes there with a message."""

    COMMITTED = "committed"  # what came in is committed, the provider has no 200 yet
    CLAIMED = "claimed"  # the message is taken in hand, nothing has left
    SENT = "sent"  # the provider has taken it, nothing is written down
    BETWEEN_PARTS = "between parts"  # the first of two has left


def die_at(place: Place, folder: Path) -> None:
    """Have the program die there, once: a file in its folder remembers that it did."""
    from bot import receive
    from bot.channels.twilio.transport import TwilioTransport
    from bot.sending.loop import Sender

    died = folder / "died"

    def die(*_given: object) -> None:
        if not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    match place:
        case Place.COMMITTED:
            receive.handle = _then(receive.handle, die)  # type: ignore[attr-defined]
        case Place.CLAIMED:
            claim = _then(Sender._claim_now, lambda claimed: die() if claimed else None)
            Sender._claim_now = claim  # type: ignore[method-assign]
        case Place.SENT:
            settle = Sender._settle_now
            Sender._settle_now = _after(die, settle)  # type: ignore[method-assign]
        case Place.BETWEEN_PARTS:
            send, sent = TwilioTransport.send, list[object]()
            count = _after(lambda *given: die() if sent else sent.append(given), send)
            TwilioTransport.send = count  # type: ignore[method-assign]


def _then(step: Callable[..., Any], follows: Callable[[Any], object]) -> Callable[..., Any]:
    def both(*given: Any, **named: Any) -> Any:
        result = step(*given, **named)
        follows(result)
        return result

    return both


def _after(first: Callable[..., object], step: Callable[..., Any]) -> Callable[..., Any]:
    def both(*given: Any, **named: Any) -> Any:
        first(*given)
        return step(*given, **named)

    return both
