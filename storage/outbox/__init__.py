"""The outbox: claim what is due, settle what came of it. State is committed before every call to a provider.

claim    lease messages to a sender, at most one per chat, in the order they were made
policy   what follows from each outcome of a send, told at once or later
learned  what a send teaches about an address
knocks   templates for a message: the knock before it, and when one did not arrive
settle   write what came of the sends, fenced by the lease
documents  files made for one person, and what is said when they cannot be made
status   what the provider reports later; a state only moves forward
reported  what follows from reports of failure
elsewhere  what one address did not take goes to the next one of that person
later    what waits for an hour of its own
clock    what follows when somebody sets the clock back
sweep    leases of the dead, messages too late, fates unknown for too long
"""

from storage.outbox.claim import Claimed, claim
from storage.outbox.clock import follow_clock
from storage.outbox.documents import (
    FAILED,
    LATER,
    TRY_AGAIN_AFTER,
    decided,
    tell_of_trouble,
    try_documents_again,
)
from storage.outbox.elsewhere import go_elsewhere
from storage.outbox.later import release_in_time, wait_for_morning
from storage.outbox.settle import PartSent, Settlement, settle
from storage.outbox.status import record_status
from storage.outbox.sweep import expire, recover_leases

__all__ = [
    "FAILED",
    "LATER",
    "TRY_AGAIN_AFTER",
    "Claimed",
    "PartSent",
    "Settlement",
    "claim",
    "decided",
    "expire",
    "follow_clock",
    "go_elsewhere",
    "record_status",
    "recover_leases",
    "release_in_time",
    "settle",
    "tell_of_trouble",
    "try_documents_again",
    "wait_for_morning",
]
