"""Addresses as the team sees to them: confirmed or let go after a long silence, and which comes first."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, select

from conversations.messages import Prompt, PromptKind, Say
from conversations.unsure import SILENT_FOR
from conversations.vocabulary import Channel, DeliveryState, Language
from storage.among import among
from storage.audit import note
from storage.database import Storage
from storage.errors import OutOfPerimeter
from storage.outbox.settle import OPEN_STATES
from storage.outgoing import Outgoing, enqueue
from storage.perimeter import Perimeter
from storage.tables.columns import Instant
from storage.tables.core import ADDRESSES, ALIASES, CHAT_HOLDS, OUTBOX, PARTICIPANTS, TOKENS
from storage.tables.vocabulary import AuditAction

_SILENT_SINCE = bindparam("silent_since", type_=Instant())
_HELD = select(ADDRESSES.c.id).where(
    among(ADDRESSES.c.chat, "chats"),
    ADDRESSES.c.unsure_since.is_not(None) | (ADDRESSES.c.last_inbound_at <= _SILENT_SINCE),
)
RELEASED = (
    OUTBOX.update()
    .where(
        among(OUTBOX.c.chat, "chats"),
        OUTBOX.c.state == DeliveryState.WAITING,
        OUTBOX.c.address_id.is_(None) | OUTBOX.c.address_id.not_in(_HELD),
    )
    .values(state=DeliveryState.QUEUED, due_at=bindparam("now"), reason=None)
)


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
    these = ADDRESSES.c.id.in_(address_ids)
    chats = list(tx.scalars(select(ADDRESSES.c.chat).where(these)))
    owners = select(ADDRESSES.c.participant_id).where(these)
    theirs = TOKENS.c.owner.in_(chats) & TOKENS.c.participant_id.in_(owners)
    tx.execute(TOKENS.delete().where(theirs))
    tx.execute(ADDRESSES.delete().where(these))
    forget_chats(tx, chats)


def forget_chats(tx: Connection, chats: Iterable[str]) -> set[str]:
    """Forget who was asked what in those of these chats that lead to no logbook any more; which they are."""
    known = set(chats)
    empty = known - set(tx.scalars(select(ADDRESSES.c.chat).where(ADDRESSES.c.chat.in_(known))))
    tx.execute(TOKENS.delete().where(TOKENS.c.owner.in_(empty)))
    tx.execute(CHAT_HOLDS.delete().where(CHAT_HOLDS.c.chat.in_(empty)))
    return empty


def chats_alone(tx: Connection, participant_ids: Sequence[str]) -> tuple[set[str], set[str]]:
    """The chats that only these people write from, and all names of those chats."""
    theirs = ADDRESSES.c.participant_id.in_(participant_ids)
    chats = set(tx.scalars(select(ADDRESSES.c.chat).where(theirs)))
    names = select(ALIASES.c.blind).join(ADDRESSES, ADDRESSES.c.id == ALIASES.c.address_id)
    blinds = set(tx.scalars(names.where(theirs)))
    others = set(tx.scalars(select(ADDRESSES.c.chat).where(ADDRESSES.c.chat.in_(chats), ~theirs)))
    of_others = set(tx.scalars(names.where(ALIASES.c.blind.in_(blinds), ~theirs)))
    alone = chats - others
    return alone, alone | (blinds - of_others - others)


def sure_again(tx: Connection, participant_id: str, now: datetime) -> None:
    """It is clear that all addresses of a person are theirs: what waited for that is sent."""
    unsure = (ADDRESSES.c.participant_id == participant_id) & ADDRESSES.c.unsure_since.is_not(None)
    chats = list(tx.scalars(select(ADDRESSES.c.chat).where(unsure)))
    tx.execute(ADDRESSES.update().where(unsure).values(unsure_since=None))
    release(tx, chats, now)


def release(tx: Connection, chats: Sequence[str], now: datetime) -> None:
    """Send what waits for these chats, except to whom nobody knows to be still there."""
    tx.execute(RELEASED, {"chats": chats, "now": now, "silent_since": now - SILENT_FOR})


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


def prefer_channel(
    storage: Storage, perimeter: Perimeter, participant_id: str, channel: Channel | None, now: datetime
) -> bool:
    """Write to them on this channel first; None: where they wrote last. False without an address there.

    Raises OutOfPerimeter.
    """
    with storage.write() as tx:
        perimeter.require_participant(tx, participant_id)
        theirs = (ADDRESSES.c.participant_id == participant_id) & (ADDRESSES.c.channel == channel)
        if channel and tx.execute(select(ADDRESSES.c.id).where(theirs)).first() is None:
            return False
        this = PARTICIPANTS.update().where(PARTICIPANTS.c.id == participant_id)
        tx.execute(this.values(preferred_channel=channel))
        note(tx, storage, now, AuditAction.CHANNEL_PREFERRED, perimeter.staff_id, participant_id)
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
