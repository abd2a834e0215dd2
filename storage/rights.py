"""What staff do about someone's rights when they ask in person: the file, erasing, keeping after all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from conversations.erasing import erasure_moment, planned_line
from conversations.messages import Prompt, PromptKind
from storage.audit import note, reason_from
from storage.database import Storage
from storage.dossier import gather, make_archive
from storage.errors import KeyMissing
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.perimeter import Perimeter
from storage.tables.core import ERASURES, PARTICIPANTS
from storage.tables.vocabulary import AuditAction, ErasureState


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for a person now. Moments are None where nothing of the kind holds."""

    paused_until: datetime | None
    erase_at: datetime | None
    asked_by_staff: bool  # the erasure was planned here, at the person's request


def standing(tx: Connection, perimeter: Perimeter, participant_id: str, now: datetime) -> Standing:
    """Pause and erasure of one person. OutOfPerimeter if they are not theirs to see."""
    perimeter.require_participant(tx, participant_id)
    row = tx.execute(
        select(PARTICIPANTS.c.paused_until, ERASURES.c.erase_at, ERASURES.c.planned_by)
        .outerjoin(ERASURES, ERASURES.c.participant_id == PARTICIPANTS.c.id)
        .where(PARTICIPANTS.c.id == participant_id)
    ).one()
    paused = row.paused_until if row.paused_until and row.paused_until > now else None
    return Standing(paused, row.erase_at, row.planned_by is not None)


def file_for(
    storage: Storage, perimeter: Perimeter, participant_id: str, zone: str, reason: str, now: datetime
) -> bytes:
    """Everything kept about someone, as they would get it in the chat.

    Raises OutOfPerimeter, KeyMissing, ReasonMissing and ReasonTooLong.
    """
    given = reason_from(reason)
    with storage.write() as tx:
        perimeter.require_participant(tx, participant_id)
        dossier = gather(tx, storage, participant_id, zone, now)
        note(tx, storage, now, AuditAction.DATA_HANDED_OUT, perimeter.staff_id, participant_id, given)
    return make_archive(dossier, zone)


def plan_erasure(
    storage: Storage, perimeter: Perimeter, participant_id: str, zone: str, reason: str, now: datetime
) -> None:
    """Plan it a week ahead, as in the chat; the person is told there and can take it back.

    Raises OutOfPerimeter, KeyMissing, ReasonMissing and ReasonTooLong. One planned already stays as it is.
    """
    given, erase_at = reason_from(reason), erasure_moment(now, zone)
    with storage.write() as tx:
        perimeter.require_participant(tx, participant_id)
        person = tx.execute(
            select(PARTICIPANTS.c.language).where(PARTICIPANTS.c.id == participant_id).with_for_update()
        ).one()
        if tx.execute(select(ERASURES).where(ERASURES.c.participant_id == participant_id)).first():
            return
        row = {
            "participant_id": participant_id,
            "state": ErasureState.PLANNED,
            "erase_at": erase_at,
            "planned_at": now,
            "planned_by": perimeter.staff_id,
        }
        tx.execute(ERASURES.insert(), row)
        key = storage.keystore.of_participants([participant_id]).get(participant_id)
        if key is None:
            raise KeyMissing
        note(tx, storage, now, AuditAction.ERASURE_PLANNED, perimeter.staff_id, participant_id, given)
        destination = preferred_destinations(tx, [participant_id]).get(participant_id)
        if destination is not None:
            told = Outgoing(
                prompt=Prompt(PromptKind.STAFF, (planned_line(erase_at, zone),)),
                language=person.language,
                account_id=destination.account_id,
                chat=destination.chat,
                cipher=key.cipher,
                participant_id=participant_id,
                address_id=destination.address_id,
                author_id=perimeter.staff_id,
            )
            enqueue(tx, storage, [told], now)


def keep_after_all(storage: Storage, perimeter: Perimeter, participant_id: str, now: datetime) -> bool:
    """Take a planned erasure back. False if there is none, or it has begun. Raises OutOfPerimeter."""
    with storage.write() as tx:
        perimeter.require_participant(tx, participant_id)
        planned = (ERASURES.c.participant_id == participant_id) & (ERASURES.c.state == ErasureState.PLANNED)
        kept = tx.execute(ERASURES.delete().where(planned)).rowcount == 1
        if kept:
            note(tx, storage, now, AuditAction.ERASURE_TAKEN_BACK, perimeter.staff_id, participant_id)
    return kept
