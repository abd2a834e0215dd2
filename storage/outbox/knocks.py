"""Templates that went out for a message: the knock before it, and what a report of their failure means."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from conversations.messages import PromptKind
from conversations.unsure import SILENT_FOR
from conversations.vocabulary import DeliveryState, SendOutcome
from storage.outbox.policy import CAPPED_FOR
from storage.tables.core import ADDRESSES, OUTBOX
from storage.tables.vocabulary import FailureReason
from storage.templates import refuse

KNOCK = -1000  # the number of the knock among the parts of its message; it counts as none of them
KNOCKS = "~knock"  # behind our message's id in the address for reports: they are about the knock
ITS_FAULT = (SendOutcome.DEFECT, SendOutcome.WINDOW_CLOSED)  # the latter: it is no approved one


def take_back_template(
    tx: Connection, message: Row[Any], outcome: SendOutcome | None, code: str, now: datetime
) -> None:
    """A template did not arrive: it counts no more, and is left alone if that is its fault.

    A knock is not repeated, except after the cap on unasked messages: that one nobody can have heard. The
    message then waits as one that could not knock.
    """
    if outcome in ITS_FAULT:
        refuse(tx, message.template_sid, code)
    this = OUTBOX.update().where(OUTBOX.c.id == message.id)
    waits = (OUTBOX.c.state == DeliveryState.WAITING) & (OUTBOX.c.reason == FailureReason.KNOCKED)
    if message.reason is not FailureReason.KNOCKED:
        tx.execute(this.values(template_sid="", template_at=None))
    elif outcome is SendOutcome.CAPPED:
        again = {"reason": FailureReason.CAPPED, "due_at": now + CAPPED_FOR, "code": code}
        tx.execute(this.where(waits).values(template_sid="", template_at=None, **again))
    else:
        tx.execute(this.where(waits).values(reason=FailureReason.WINDOW_CLOSED, code=code))


def choose_again(tx: Connection, now: datetime) -> int:
    """A template may be used that could not be before: let what waits for the window take it. How many.

    What waits for somebody of whom nobody knows whether it is them waits on.
    """
    unsure = ADDRESSES.c.unsure_since.is_not(None) | (ADDRESSES.c.last_inbound_at <= now - SILENT_FOR)
    held = select(ADDRESSES.c.id).where(ADDRESSES.c.id == OUTBOX.c.address_id, unsure).exists()
    waits = (OUTBOX.c.state == DeliveryState.WAITING) & (OUTBOX.c.reason == FailureReason.WINDOW_CLOSED)
    again = OUTBOX.update().where(
        waits, OUTBOX.c.kind != PromptKind.REPLY, OUTBOX.c.template_at.is_(None), ~held
    )
    return tx.execute(again.values(state=DeliveryState.QUEUED, due_at=now, reason=None)).rowcount
