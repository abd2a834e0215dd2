"""What follows from reports that parts of a message failed: the same as from such an answer to the send."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select

from conversations.vocabulary import DeliveryState
from storage.outbox.knocks import KNOCK
from storage.outbox.policy import Verdict, verdict
from storage.tables.core import OUTBOX, PARTS
from storage.tables.vocabulary import FailureReason

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=10)  # for «again later»
MOVABLE = (  # whatever has not ended, and is in nobody's hands
    DeliveryState.QUEUED,
    DeliveryState.WAITING,
    DeliveryState.UNKNOWN,
    DeliveryState.SENT,
    DeliveryState.DELIVERED,
    DeliveryState.READ,
)
GRAVITY = (DeliveryState.QUEUED, DeliveryState.WAITING, DeliveryState.FAILED)  # of several parts


def take_back(tx: Connection, message: Row[Any], failed: Sequence[Row[Any]], now: datetime) -> None:
    """Say what becomes of a message of which these parts failed.

    If it is tried again, the failed parts count no more, so that they are sent once more, and only they.
    """
    before = select(func.min(PARTS.c.part)).where(PARTS.c.outbox_id == message.id, PARTS.c.part > KNOCK)
    lowest = min(0, tx.scalar(before) or 0)
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(-lowest, 10))
    said = [(part, _verdict(message, part, pause)) for part in failed]
    part, what = max(said, key=lambda each: GRAVITY.index(each[1].state))
    state, reason = what.state, what.reason
    if reason is FailureReason.WINDOW_CLOSED:  # the sender chooses another way: a template, or to wait
        state, reason = DeliveryState.QUEUED, None
    if state is not DeliveryState.FAILED:
        for number, gone in enumerate(failed, start=1):
            this = (PARTS.c.outbox_id == message.id) & (PARTS.c.part == gone.part)
            tx.execute(PARTS.update().where(this).values(part=lowest - number))
    tx.execute(
        OUTBOX.update()
        .where(OUTBOX.c.id == message.id, OUTBOX.c.state.in_(MOVABLE))
        .values(
            state=state,
            reason=reason,
            code=part.code,
            due_at=now + what.after,
            settled_at=now if state is DeliveryState.FAILED else None,
            retried=message.retried or what.retried,
        )
    )


def _verdict(message: Row[Any], part: Row[Any], pause: timedelta) -> Verdict:
    if message.prompt is None or (message.address_id is None and message.sealed_address is None):
        return verdict(None, message.kind, message.attempts, pause, retried=True)  # nothing to send anew
    return verdict(part.outcome, message.kind, message.attempts, pause, retried=message.retried)
