"""Files made for one person: found again when a provider fetches them, told of when they cannot be made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from conversations.messages import Prompt, PromptKind, Say
from conversations.vocabulary import DeliveryState
from storage.codec import PROMPT
from storage.database import Storage
from storage.outbox.claim import Claimed
from storage.outgoing import Outgoing, enqueue
from storage.tables.core import OUTBOX
from storage.tables.vocabulary import FailureReason

LATER = Prompt(PromptKind.REPLY, (Say("document.later"),))
FAILED = Prompt(PromptKind.REPLY, (Say("document.failed"),))
TRY_AGAIN_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Decided:
    """A message to a participant as it was decided."""

    participant_id: str
    prompt: Prompt


def decided(tx: Connection, storage: Storage, outbox_id: str) -> Decided | None:
    """The message with this id; None if it or the person is gone. SealBroken if it does not open."""
    row = tx.execute(
        select(OUTBOX.c.participant_id, OUTBOX.c.prompt).where(
            OUTBOX.c.id == outbox_id, OUTBOX.c.participant_id.is_not(None), OUTBOX.c.prompt.is_not(None)
        )
    ).one_or_none()
    key = storage.keystore.of_participants([row.participant_id]).get(row.participant_id) if row else None
    if row is None or key is None:
        return None
    prompt = PROMPT.validate_json(key.cipher.open(row.prompt, f"outbox.prompt:{outbox_id}"))
    return Decided(row.participant_id, prompt)


def tell_of_trouble(
    tx: Connection, storage: Storage, troubles: Sequence[tuple[Claimed, Prompt]], now: datetime
) -> None:
    """Say to each person what became of their file."""
    people = {claimed.participant_id for claimed, _ in troubles if claimed.participant_id}
    keys = storage.keystore.of_participants(people)
    enqueue(
        tx,
        storage,
        [
            Outgoing(
                prompt=prompt,
                language=claimed.language,
                account_id=claimed.account_id,
                chat=claimed.chat,
                cipher=key.cipher,
                participant_id=claimed.participant_id,
                address_id=claimed.address_id,
            )
            for claimed, prompt in troubles
            if (key := keys.get(claimed.participant_id or ""))
        ],
        now,
    )


def try_documents_again(tx: Connection, now: datetime) -> int:
    """Queue the messages again whose file could not be made some minutes ago. How many."""
    waited = (
        (OUTBOX.c.state == DeliveryState.WAITING)
        & (OUTBOX.c.reason == FailureReason.NOT_MADE)
        & (OUTBOX.c.due_at <= now - TRY_AGAIN_AFTER)
    )
    again = OUTBOX.update().where(waited).values(state=DeliveryState.QUEUED, due_at=now, reason=None)
    return tx.execute(again).rowcount
