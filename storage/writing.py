"""Write to one participant in a member of staff's own words."""

from datetime import datetime

from sqlalchemy import Connection, select

from conversations.messages import Prompt, PromptKind, Verbatim
from storage.audit import note
from storage.database import Storage
from storage.errors import KeyMissing, StorageError
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.perimeter import Perimeter
from storage.tables.core import PARTICIPANTS
from storage.tables.vocabulary import AuditAction

LONGEST = 3000  # characters: WhatsApp carries it in two messages, every other channel in one or two


class NoOpenAddress(StorageError):
    """The person blocked us everywhere, or has no address any more."""


def write_to(
    tx: Connection, storage: Storage, perimeter: Perimeter, participant_id: str, text: str, now: datetime
) -> str:
    """Put a message into the outbox; its id. The person no longer counts as waiting for an answer.

    Raises OutOfPerimeter, NoOpenAddress, and KeyMissing if the person was erased this moment.
    """
    perimeter.require_participant(tx, participant_id)
    destination = preferred_destinations(tx, [participant_id]).get(participant_id)
    if destination is None:
        raise NoOpenAddress
    key = storage.keystore.of_participants([participant_id]).get(participant_id)
    if key is None:
        raise KeyMissing
    person = tx.execute(select(PARTICIPANTS.c.language).where(PARTICIPANTS.c.id == participant_id)).one()
    message = Outgoing(
        prompt=Prompt(PromptKind.STAFF, (Verbatim(text),)),
        language=person.language,
        account_id=destination.account_id,
        chat=destination.chat,
        cipher=key.cipher,
        participant_id=participant_id,
        address_id=destination.address_id,
        author_id=perimeter.staff_id,
    )
    outbox_id = enqueue(tx, storage, [message], now)[0]
    answer_given(tx, participant_id)
    note(tx, storage, now, AuditAction.MESSAGE_WRITTEN, perimeter.staff_id, participant_id)
    return outbox_id


def answer_given(tx: Connection, participant_id: str) -> None:
    """Take the person off the list of those who wait for an answer."""
    tx.execute(
        PARTICIPANTS.update().where(PARTICIPANTS.c.id == participant_id).values(team_awaited_since=None)
    )
