"""What staff do about someone's rights when they ask in person: the file, erasing, keeping after all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from conversations.messages import Line, Prompt, PromptKind, Say
from conversations.rights.codes import MOST_WRONG
from conversations.rights.erasing import erasure_moment, planned_line
from conversations.vocabulary import Language
from storage.addresses import sure_again
from storage.audit import note, reason_from
from storage.database import Storage
from storage.dossier import pack
from storage.errors import KeyMissing
from storage.keystore import PersonKey
from storage.outgoing import Outgoing, enqueue, preferred_destinations
from storage.perimeter import Perimeter
from storage.tables.core import ERASURES, PARTICIPANTS
from storage.tables.vocabulary import AuditAction, ErasureState

WHAT_HOLDS = (PARTICIPANTS.c.paused_until, PARTICIPANTS.c.code, PARTICIPANTS.c.code_failures)


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for a person now. Moments are None where nothing of the kind holds."""

    paused_until: datetime | None
    erase_at: datetime | None
    has_code: bool  # a code guards the logbook in the chat
    code_locked: bool  # it was mistyped too often: only its removal helps
    asked_by_staff: bool  # the erasure was planned here, at the person's request


def standing(tx: Connection, perimeter: Perimeter, participant_id: str, now: datetime) -> Standing:
    """Pause and erasure of one person. OutOfPerimeter if they are not theirs to see."""
    perimeter.require_participant(tx, participant_id)
    row = tx.execute(
        select(*WHAT_HOLDS, ERASURES.c.erase_at, ERASURES.c.planned_by)
        .outerjoin(ERASURES, ERASURES.c.participant_id == PARTICIPANTS.c.id)
        .where(PARTICIPANTS.c.id == participant_id)
    ).one()
    paused = row.paused_until if row.paused_until and row.paused_until > now else None
    locked = row.code is not None and row.code_failures >= MOST_WRONG
    return Standing(paused, row.erase_at, row.code is not None, locked, row.planned_by is not None)


def file_for(
    storage: Storage, perimeter: Perimeter, participant_id: str, zone: str, reason: str, now: datetime
) -> bytes:
    """Everything kept about someone, as they would get it in the chat.

    Raises OutOfPerimeter, KeyMissing, ReasonMissing and ReasonTooLong.
    """
    given = reason_from(reason)
    with storage.read() as look:  # with its files it takes a while: nobody who writes is to wait
        perimeter.require_participant(look, participant_id)
        packed = pack(look, storage, participant_id, zone, now)
    with storage.write() as tx:
        note(tx, storage, now, AuditAction.DATA_HANDED_OUT, perimeter.staff_id, participant_id, given)
    return packed


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
        _tell(tx, storage, key, person.language, planned_line(erase_at, zone), perimeter.staff_id, now)


def keep_after_all(storage: Storage, perimeter: Perimeter, participant_id: str, now: datetime) -> bool:
    """Take a planned erasure back. False if there is none, or it has begun. Raises OutOfPerimeter."""
    with storage.write() as tx:
        perimeter.require_participant(tx, participant_id)
        planned = (ERASURES.c.participant_id == participant_id) & (ERASURES.c.state == ErasureState.PLANNED)
        kept = tx.execute(ERASURES.delete().where(planned)).rowcount == 1
        if kept:
            note(tx, storage, now, AuditAction.ERASURE_TAKEN_BACK, perimeter.staff_id, participant_id)
    return kept


def remove_code(storage: Storage, perimeter: Perimeter, participant_id: str, now: datetime) -> bool:
    """Remove the code that someone forgot, and tell them. False if there is none. Raises OutOfPerimeter."""
    with storage.write() as tx:
        perimeter.require_participant(tx, participant_id)
        this = PARTICIPANTS.c.id == participant_id
        person = tx.execute(select(PARTICIPANTS).where(this).with_for_update()).one()
        key = storage.keystore.of_participants([participant_id]).get(participant_id)
        if person.code is None or key is None:
            return False
        tx.execute(PARTICIPANTS.update().where(this).values(code=None, code_failures=0))
        sure_again(tx, participant_id, now)  # whoever removes it has made sure that it is them
        note(tx, storage, now, AuditAction.CODE_REMOVED, perimeter.staff_id, participant_id)
        _tell(tx, storage, key, person.language, Say("code.removed_by_team"), perimeter.staff_id, now)
    return True


def _tell(
    tx: Connection,
    storage: Storage,
    key: PersonKey,
    language: Language,
    line: Line,
    staff_id: str | None,
    now: datetime,
) -> None:
    """Say it where the person is reached best, if anywhere."""
    destination = preferred_destinations(tx, [key.participant_id]).get(key.participant_id)
    if destination is None:
        return
    told = Outgoing(
        prompt=Prompt(PromptKind.STAFF, (line,)),
        language=language,
        account_id=destination.account_id,
        chat=destination.chat,
        cipher=key.cipher,
        participant_id=key.participant_id,
        address_id=destination.address_id,
        author_id=staff_id,
    )
    enqueue(tx, storage, [told], now)
