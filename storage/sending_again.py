"""Messages that did not arrive, sent again by staff: each as a new message, where that makes sense."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from conversations.messages import PromptKind
from conversations.unsure import unsure_since
from conversations.vocabulary import ConsentState, ContactState
from storage.audit import note
from storage.codec import PROMPT
from storage.database import Storage
from storage.dead_letters import undelivered
from storage.errors import SealBroken
from storage.keystore import PersonKey
from storage.outbox.elsewhere import readable_there, without_whom
from storage.outgoing import Outgoing, enqueue, preferred_destinations, quiet
from storage.perimeter import Perimeter
from storage.tables.core import (
    ADDRESSES,
    CONTACTS,
    ERASURES,
    OUTBOX,
    PARTICIPANTS,
    RECIPIENTS,
    TOKENS,
)
from storage.tables.vocabulary import AddressState, AuditAction

AT_ONCE = 500  # messages


class Again(StrEnum):
    """What came of the wish to send a message again."""

    SENT = "sent"  # on its way, as a new message
    CLOSED = "closed"  # the person blocked us, or has no open address
    LEAVING = "leaving"  # the person is being erased
    PAUSED = "paused"  # the person wants no messages of ours for a while
    NO_CONSENT = "no_consent"  # the person does not want to be written to first
    NO_SMS = "no_sms"  # only SMS is left, without a yes to notices there
    UNSURE = "unsure"  # silent for ninety days: it may be somebody else's address by now
    OVER = "over"  # it was about something that is over
    MOVED_ON = "moved_on"  # the person wrote since: an answer of then fits no more
    HIDDEN = "hidden"  # the person left by the quick exit
    GONE = "gone"  # dealt with meanwhile, or its text is not there any more


def send_again(
    storage: Storage, perimeter: Perimeter, outbox_ids: Sequence[str], now: datetime
) -> Counter[Again]:
    """Send these again; what came of them, in numbers. What is not theirs to see counts as gone."""
    came: Counter[Again] = Counter()
    with storage.write() as tx:
        rows = tx.execute(
            select(OUTBOX)
            .where(OUTBOX.c.id.in_(outbox_ids[:AT_ONCE]), undelivered(perimeter, now))
            .order_by(OUTBOX.c.id)
            .with_for_update()
        ).all()
        came[Again.GONE] = len(outbox_ids[:AT_ONCE]) - len(rows)
        keys = storage.keystore.of_participants({row.participant_id for row in rows})
        for row in rows:
            key = keys.get(row.participant_id)
            said = _again(tx, storage, perimeter, row, key, now) if key else Again.LEAVING
            came[said] += 1
    return +came


def _again(
    tx: Connection, storage: Storage, perimeter: Perimeter, row: Any, key: PersonKey, now: datetime
) -> Again:
    refused = _refused(tx, row, now)
    if refused is not None:
        return refused
    destination = preferred_destinations(tx, [row.participant_id]).get(row.participant_id)
    to = _address(tx, row.address_id if row.kind is PromptKind.REPLY else None)
    to = to or _address(tx, destination.address_id if destination else None)
    if to is None:
        return Again.CLOSED
    of_staff = row.kind in (PromptKind.STAFF, PromptKind.REPLY)
    if destination and destination.answers_only and not of_staff:
        return Again.NO_SMS
    if not of_staff and unsure_since(to.last_inbound_at, now, to.unsure_since) is not None:
        return Again.UNSURE
    if not readable_there(tx, key, to):
        return Again.HIDDEN
    try:
        prompt = PROMPT.validate_json(key.cipher.open(row.prompt or b"", f"outbox.prompt:{row.id}"))
    except (SealBroken, ValueError):
        return Again.GONE
    message = Outgoing(
        prompt=without_whom(prompt),
        language=row.language,
        account_id=to.account_id,
        chat=to.chat,
        cipher=key.cipher,
        participant_id=row.participant_id,
        address_id=to.id,
        author_id=row.author_id,
        broadcast_id=row.broadcast_id,
        contact_id=row.contact_id,
        expires_at=row.expires_at if row.kind is PromptKind.NOTICE else None,
        again_of=row.id,
    )
    [new] = enqueue(tx, storage, [message], now)
    if prompt.token:
        tx.execute(TOKENS.update().where(TOKENS.c.token == prompt.token).values(owner=to.chat))
    tx.execute(RECIPIENTS.update().where(RECIPIENTS.c.outbox_id == row.id).values(outbox_id=new))
    tx.execute(OUTBOX.update().where(OUTBOX.c.id == row.id).values(dismissed_at=now))
    note(tx, storage, now, AuditAction.SENT_AGAIN, perimeter.staff_id, row.participant_id)
    return Again.SENT


def _refused(tx: Connection, row: Any, now: datetime) -> Again | None:
    """Why it makes no sense any more, whatever the address."""
    person = tx.execute(
        select(PARTICIPANTS.c.prompting, quiet(now).label("quiet")).where(
            PARTICIPANTS.c.id == row.participant_id
        )
    ).one()
    leaving = select(ERASURES.c.participant_id).where(ERASURES.c.participant_id == row.participant_id)
    heard_at = select(func.max(ADDRESSES.c.last_inbound_at)).where(
        ADDRESSES.c.participant_id == row.participant_id
    )
    wrote_since = (tx.scalar(heard_at) or row.created_at) > row.created_at
    begun = row.kind in (PromptKind.NUDGE, PromptKind.NOTICE, PromptKind.BROADCAST)
    match row.kind:
        case _ if tx.execute(leaving).first():
            return Again.LEAVING
        case PromptKind.REPLY if wrote_since:
            return Again.MOVED_ON
        case PromptKind.NOTICE if row.expires_at and row.expires_at <= now:
            return Again.OVER
        case PromptKind.NUDGE if not _still_asked(tx, row.contact_id):
            return Again.OVER
        case _ if begun and person.prompting is not ConsentState.GIVEN:
            return Again.NO_CONSENT
        case _ if begun and person.quiet:
            return Again.PAUSED
    return None


def _still_asked(tx: Connection, contact_id: str | None) -> bool:
    """Whether the check-in that the message carried still waits for its answer."""
    state = tx.scalar(select(CONTACTS.c.state).where(CONTACTS.c.id == contact_id))
    return state in (ContactState.SENT, ContactState.REMINDED)


def _address(tx: Connection, address_id: str | None) -> Any | None:
    """The address with this id, if it is open."""
    open_one = (ADDRESSES.c.id == address_id) & (ADDRESSES.c.state == AddressState.OPEN)
    return tx.execute(select(ADDRESSES).where(open_one)).first()
