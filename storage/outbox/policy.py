"""What follows from a send that did not simply arrive: the table of outcomes in docs/channels.md.

The same for the provider's answer and for its later report.
"""

from dataclasses import dataclass
from datetime import timedelta

from conversations.messages import PromptKind
from conversations.vocabulary import DeliveryState, SendOutcome
from storage.tables.vocabulary import AddressState, FailureReason

ATTEMPTS = 8  # of a reply whose fate stays unknown; then it has failed
UNKNOWN_RETRY = timedelta(seconds=30)  # a status report gets this long to settle it first
PAUSE = timedelta(minutes=1)  # while an account of ours is in trouble, and before the one delayed retry
CAPPED_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a message, and what is learned about its address."""

    state: DeliveryState
    reason: FailureReason | None = None
    after: timedelta = timedelta(0)  # until it is tried again, where it is
    address: AddressState | None = None
    retried: bool = False  # this uses up its one delayed retry


def verdict(
    outcome: SendOutcome | None, kind: PromptKind, attempts: int, pause: timedelta, *, retried: bool
) -> Verdict:
    """What becomes of a message of this kind after so many attempts.

    `pause` is for «again later»; `retried` says that its one delayed retry is used up. No outcome: it failed
    and nobody said why.
    """
    match outcome:
        case SendOutcome.WINDOW_CLOSED:
            return Verdict(DeliveryState.WAITING, FailureReason.WINDOW_CLOSED)
        case SendOutcome.CAPPED:
            return Verdict(DeliveryState.WAITING, FailureReason.CAPPED, CAPPED_FOR)
        case SendOutcome.OPTED_OUT:
            return Verdict(DeliveryState.FAILED, FailureReason.BLOCKED, address=AddressState.BLOCKED)
        case SendOutcome.UNREACHABLE:
            return Verdict(DeliveryState.FAILED, FailureReason.UNREACHABLE, address=AddressState.UNREACHABLE)
        case SendOutcome.UNKNOWN if not resent_when_unknown(kind):
            return Verdict(DeliveryState.UNKNOWN)
        case SendOutcome.UNKNOWN if attempts < ATTEMPTS:
            return Verdict(DeliveryState.QUEUED, after=UNKNOWN_RETRY)
        case SendOutcome.ACCOUNT_TROUBLE:
            return Verdict(DeliveryState.QUEUED, after=PAUSE)
        case SendOutcome.ASK_AGAIN_LATER if not retried:
            return Verdict(DeliveryState.QUEUED, after=PAUSE, retried=True)
        case SendOutcome.RETRY_LATER:
            return Verdict(DeliveryState.QUEUED, after=pause)
        case _:
            return Verdict(DeliveryState.FAILED, FailureReason.REJECTED)


def resent_when_unknown(kind: PromptKind) -> bool:
    """Whether a message whose fate is unknown goes out again: a reply is awaited, a nudge would nag."""
    return kind is PromptKind.REPLY
