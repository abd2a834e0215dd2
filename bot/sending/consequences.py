"""What follows from an answer to a send: the policy of the outbox, with a pause for «again later»."""

import random
from datetime import datetime, timedelta

from bot.channels.sending import SendResult
from storage.outbox import Claimed, PartSent, Settlement
from storage.outbox.policy import verdict

FIRST_RETRY, LONGEST_RETRY = 2.0, 600.0  # seconds; doubling in between, with jitter


def pause_after(result: SendResult, attempts: int) -> timedelta:
    """How long a message that may be sent again waits: as the provider said, else longer each time."""
    return timedelta(seconds=result.retry_after or _backoff(attempts))


def consequence(
    message: Claimed, result: SendResult, sent: tuple[PartSent, ...], pause: timedelta, now: datetime
) -> Settlement:
    """What becomes of a message that was not simply sent. `pause` is for «again later»; `now` aware UTC."""
    said = verdict(result.outcome, message.prompt.kind, message.attempts, pause, retried=message.retried)
    return Settlement(
        message,
        said.state,
        sent,
        said.reason,
        result.code,
        now + said.after,
        said.address,
        outcome=result.outcome,
        retried=said.retried,
    )


def _backoff(attempts: int) -> float:
    """Seconds until the next attempt: doubling, with jitter so that a crowd does not come back as one."""
    longest = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** (attempts - 1))
    return longest * random.triangular(0.5, 1.0)  # noqa: S311 - jitter needs no secrecy
