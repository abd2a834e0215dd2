"""The outbox: claim what is due, settle what came of it. State is committed before every call to a provider.

claim    lease messages to a sender, at most one per chat, in the order they were made
settle   write what came of the sends, fenced by the lease
status   what the provider reports later; a state only moves forward
sweep    leases of the dead, messages too late, fates unknown for too long
"""

from storage.outbox.claim import Claimed, claim
from storage.outbox.settle import PartSent, Settlement, settle
from storage.outbox.status import record_status
from storage.outbox.sweep import expire, recover_leases

__all__ = [
    "Claimed",
    "PartSent",
    "Settlement",
    "claim",
    "expire",
    "record_status",
    "recover_leases",
    "settle",
]
