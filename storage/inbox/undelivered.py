"""What of ours has not reached people yet when they write: it cannot have been read."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from conversations.messages import PromptKind
from conversations.vocabulary import DeliveryState
from storage.among import among
from storage.inbox.people import Whose
from storage.outbox.claim import LEASE
from storage.tables.core import OUTBOX

_UNSENT = (OUTBOX.c.state == DeliveryState.QUEUED) | (OUTBOX.c.state == DeliveryState.SENDING)
UNDELIVERED = select(OUTBOX.c.participant_id, OUTBOX.c.state, OUTBOX.c.leased_until).where(
    among(OUTBOX.c.participant_id, "people"),
    ((OUTBOX.c.kind == PromptKind.REPLY) & _UNSENT)
    | ((OUTBOX.c.kind == PromptKind.NUDGE) & (OUTBOX.c.state == DeliveryState.WAITING)),
)


def undelivered(tx: Connection, first: Sequence[Whose]) -> tuple[set[str], set[str]]:
    """Who wrote before our last reply left (it waits, or was taken up later), and for whom a nudge waits."""
    wrote_at = {whose.person.participant_id: whose.arrival.at for whose in first if whose.person}
    unsent, unseen = set(), set()
    for person, state, leased_until in tx.execute(UNDELIVERED, {"people": wrote_at}) if wrote_at else ():
        if state is DeliveryState.WAITING:
            unseen.add(person)
        elif state is DeliveryState.QUEUED or wrote_at[person] <= leased_until - LEASE:
            unsent.add(person)
    return unsent, unseen
