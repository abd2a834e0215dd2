"""How a broadcast fares: per-person states and totals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from conversations.vocabulary import DeliveryState
from storage.database import Storage
from storage.people import names_of
from storage.perimeter import Perimeter
from storage.tables.core import OUTBOX, RECIPIENTS
from storage.tables.vocabulary import FailureReason

PAGE = 50  # people

# Whether there is still something to come: while there is, the page keeps looking.
MOVING = frozenset(
    {
        DeliveryState.QUEUED,
        DeliveryState.SENDING,
        DeliveryState.UNKNOWN,
        DeliveryState.SENT,
        DeliveryState.WAITING,
    }
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One person of a broadcast. Without a state nothing was sent, and `reason` says why."""

    participant_id: str
    name: str
    state: DeliveryState | None
    reason: FailureReason | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Everyone of a broadcast, in numbers."""

    states: Counter[DeliveryState]
    left_out: Counter[FailureReason]

    @property
    def people(self) -> int:
        return self.states.total() + self.left_out.total()

    @property
    def moving(self) -> bool:
        return any(self.states[state] for state in MOVING)


def totals(tx: Connection, perimeter: Perimeter, broadcast_ids: Sequence[str]) -> dict[str, Totals]:
    """The numbers of several broadcasts; whoever is no longer within the perimeter is not counted."""
    found = {broadcast_id: Totals(Counter(), Counter()) for broadcast_id in broadcast_ids}
    query = (
        select(RECIPIENTS.c.broadcast_id, OUTBOX.c.state, RECIPIENTS.c.left_out, func.count().label("people"))
        .outerjoin(OUTBOX, OUTBOX.c.id == RECIPIENTS.c.outbox_id)
        .where(RECIPIENTS.c.broadcast_id.in_(broadcast_ids), perimeter.people(RECIPIENTS.c.participant_id))
        .group_by(RECIPIENTS.c.broadcast_id, OUTBOX.c.state, RECIPIENTS.c.left_out)
    )
    for row in tx.execute(query):
        if row.state:
            found[row.broadcast_id].states[row.state] += row.people
        elif row.left_out:
            found[row.broadcast_id].left_out[row.left_out] += row.people
    return found


def deliveries(
    tx: Connection, storage: Storage, perimeter: Perimeter, broadcast_id: str, number: int
) -> list[Delivery]:
    """One page (from 1) of people and their states, the undelivered first. Find the broadcast first."""
    trouble = OUTBOX.c.state.in_([DeliveryState.FAILED, DeliveryState.EXPIRED])
    rows = tx.execute(
        select(RECIPIENTS.c.participant_id, OUTBOX.c.state, OUTBOX.c.reason, RECIPIENTS.c.left_out)
        .outerjoin(OUTBOX, OUTBOX.c.id == RECIPIENTS.c.outbox_id)
        .where(RECIPIENTS.c.broadcast_id == broadcast_id, perimeter.people(RECIPIENTS.c.participant_id))
        .order_by(func.coalesce(trouble, True).desc(), RECIPIENTS.c.participant_id)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    ).all()
    names = names_of(tx, storage, (row.participant_id for row in rows))
    return [
        Delivery(
            row.participant_id,
            names.get(row.participant_id, ""),
            row.state,
            row.left_out or row.reason,
        )
        for row in rows
    ]
