"""What follows from a send: the table of outcomes in docs/channels.md."""

import random
from datetime import datetime, timedelta

from bot.channels.sending import SendOutcome, SendResult
from conversations.vocabulary import DeliveryState
from storage.outbox import Claimed, PartSent, Settlement
from storage.outbox.claim import resent_when_unknown
from storage.tables.vocabulary import AddressState, FailureReason

FIRST_RETRY, LONGEST_RETRY = 2.0, 600.0  # seconds; doubling in between, with jitter
ATTEMPTS = 8  # of a reply whose fate stays unknown; then it has failed
UNKNOWN_RETRY = timedelta(seconds=30)  # a status report gets this long to settle it first
PAUSE = timedelta(minutes=1)  # while an account of ours is in trouble


def pause_after(result: SendResult, attempts: int) -> timedelta:
    """How long a message that may be sent again waits: as the provider said, else longer each time."""
    return timedelta(seconds=result.retry_after or _backoff(attempts))


def consequence(
    message: Claimed, result: SendResult, sent: tuple[PartSent, ...], pause: timedelta, now: datetime
) -> Settlement:
    """What becomes of a message that was not simply sent. `pause` is for «again later»; `now` aware UTC."""

    def settled(
        state: DeliveryState,
        reason: FailureReason | None = None,
        after: timedelta | None = None,
        address: AddressState | None = None,
    ) -> Settlement:
        again = now + after if after else None
        return Settlement(message, state, sent, reason, result.code, again, address)

    match result.outcome:
        case SendOutcome.WINDOW_CLOSED:
            return settled(DeliveryState.WAITING, FailureReason.WINDOW_CLOSED)
        case SendOutcome.OPTED_OUT:
            return settled(DeliveryState.FAILED, FailureReason.BLOCKED, address=AddressState.BLOCKED)
        case SendOutcome.UNREACHABLE:
            return settled(DeliveryState.FAILED, FailureReason.UNREACHABLE, address=AddressState.UNREACHABLE)
        case SendOutcome.UNKNOWN if not resent_when_unknown(message.prompt.kind):
            return settled(DeliveryState.UNKNOWN)
        case SendOutcome.UNKNOWN if message.attempts < ATTEMPTS:
            return settled(DeliveryState.QUEUED, after=UNKNOWN_RETRY)
        case SendOutcome.ACCOUNT_TROUBLE:
            return settled(DeliveryState.QUEUED, after=PAUSE)
        case SendOutcome.ASK_AGAIN_LATER if message.attempts < 2:
            return settled(DeliveryState.QUEUED, after=PAUSE)
        case SendOutcome.RETRY_LATER:
            return settled(DeliveryState.QUEUED, after=pause)
        case _:
            return settled(DeliveryState.FAILED, FailureReason.REJECTED)


def _backoff(attempts: int) -> float:
    """Seconds until the next attempt: doubling, with jitter so that a crowd does not come back as one."""
    longest = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** (attempts - 1))
    return longest * random.triangular(0.5, 1.0)  # noqa: S311 - jitter needs no secrecy
