"""An address that may be somebody else's by now: confirmed by the team, or let go."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, select

from conversations.messages import Prompt, PromptKind, Say
from conversations.vocabulary import DeliveryState, Language
from storage.audit import note
from storage.database import Storage
from storage.errors import OutOfPerimeter
from storage.outbox.settle import OPEN_STATES
from storage.outgoing import Outgoing, enqueue
from storage.perimeter import Perimeter
from storage.tables.core import ADDRESSES, OUTBOX, PARTICIPANTS, TOKENS
from storage.tables.vocabulary import AuditAction


def free(tx: Connection, address_ids: Sequence[str], now: datetime) -> None:
    """Let these addresses go, with their other names and buttons; what was to be sent there is cancelled.

    What was sent stays on the timeline.
    """
    if not address_ids:
        return
    there = OUTBOX.c.address_id.in_(address_ids)
    unsent = OUTBOX.update().where(there, OUTBOX.c.state.in_(OPEN_STATES))
    tx.execute(unsent.values(state=DeliveryState.CANCELLED, settled_at=now, lease="", leased_until=None))
    tx.execute(OUTBOX.update().where(there).values(address_id=None))
    chats = select(ADDRESSES.c.chat).where(ADDRESSES.c.id.in_(address_ids))
    tx.execute(TOKENS.delete().where(TOKENS.c.owner.in_(chats)))
    tx.execute(ADDRESSES.delete().where(ADDRESSES.c.id.in_(address_ids)))


def sure_again(tx: Connection, participant_id: str, now: datetime) -> None:
    """It is clear that all addresses of a person are theirs: what waited for that is sent."""
    unsure = (ADDRESSES.c.participant_id == participant_id) & ADDRESSES.c.unsure_since.is_not(None)
    chats = list(tx.scalars(select(ADDRESSES.c.chat).where(unsure)))
    tx.execute(ADDRESSES.update().where(unsure).values(unsure_since=None))
    release(tx, chats, now)


def release(tx: Connection, chats: Sequence[str], now: datetime) -> None:
    """Send what waits for these chats."""
    waiting = OUTBOX.update().where(OUTBOX.c.chat.in_(chats), OUTBOX.c.state == DeliveryState.WAITING)
    tx.execute(waiting.values(state=DeliveryState.QUEUED, due_at=now, reason=None))


def confirm(
    storage: Storage, perimeter: Perimeter, participant_id: str, address_id: str, now: datetime
) -> bool:
    """It is them who write from there; they are told. False if that was clear. Raises OutOfPerimeter."""
    with storage.write() as tx:
        language, address = _unsure(tx, perimeter, participant_id, address_id)
        key = storage.keystore.of_participants([participant_id]).get(participant_id)
        if address is None or key is None:
            return False
        tx.execute(ADDRESSES.update().where(ADDRESSES.c.id == address_id).values(unsure_since=None))
        release(tx, [address.chat], now)
        note(tx, storage, now, AuditAction.ADDRESS_CONFIRMED, perimeter.staff_id, participant_id)
        told = Outgoing(
            prompt=Prompt(PromptKind.STAFF, (Say("unsure.confirmed_by_team"),)),
            language=language,
            account_id=address.account_id,
            chat=address.chat,
            cipher=key.cipher,
            participant_id=participant_id,
            address_id=address_id,
            author_id=perimeter.staff_id,
        )
        enqueue(tx, storage, [told], now)
    return True


def let_go(
    storage: Storage, perimeter: Perimeter, participant_id: str, address_id: str, now: datetime
) -> bool:
    """It is somebody else who writes from there. False if it was clear who. Raises OutOfPerimeter."""
    with storage.write() as tx:
        _, address = _unsure(tx, perimeter, participant_id, address_id)
        if address is None:
            return False
        free(tx, [address_id], now)
        note(tx, storage, now, AuditAction.ADDRESS_LET_GO, perimeter.staff_id, participant_id)
    return True


def _unsure(
    tx: Connection, perimeter: Perimeter, participant_id: str, address_id: str
) -> tuple[Language, Row[tuple[object, ...]] | None]:
    """The person's language, and that address of theirs as long as it is unsure; both locked."""
    perimeter.require_participant(tx, participant_id)
    person = select(PARTICIPANTS.c.language).where(PARTICIPANTS.c.id == participant_id).with_for_update()
    language = tx.execute(person).scalar_one()
    theirs = (ADDRESSES.c.id == address_id) & (ADDRESSES.c.participant_id == participant_id)
    row = tx.execute(select(ADDRESSES).where(theirs)).first()
    if row is None:
        raise OutOfPerimeter
    return language, row if row.unsure_since is not None else None
