"""What people asked for their own data: pauses, and erasures planned, hastened, taken back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam

from conversations import changes as did
from conversations.vocabulary import ContactState
from storage.inbox.arrivals import Settled, personal_changes
from storage.tables.core import CONTACTS, ERASURES, PARTICIPANTS
from storage.tables.vocabulary import ErasureState
from storage.upsert import upsert


def save_rights(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Apply pauses and erasures."""
    _pauses(tx, settled)
    _erasures(tx, settled, now)
    _resumed(tx, settled)


def _pauses(tx: Connection, settled: Sequence[Settled]) -> None:
    pauses: list[dict[str, object]] = [
        {"person": key.participant_id, "until": paused.until}
        for key, paused in personal_changes(settled, did.MessagesPaused)
    ]
    pauses += [
        {"person": key.participant_id, "until": None} for key, _ in personal_changes(settled, did.PauseEnded)
    ]
    if pauses:
        by_id = PARTICIPANTS.update().where(PARTICIPANTS.c.id == bindparam("person"))
        tx.execute(by_id.values(paused_until=bindparam("until")), pauses)


def _erasures(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    planned = [
        {
            "participant_id": key.participant_id,
            "state": ErasureState.PLANNED,
            "erase_at": planned.erase_at,
            "planned_at": now,
        }
        for key, planned in personal_changes(settled, did.ErasurePlanned)
    ]
    if planned:
        tx.execute(upsert(tx, ERASURES), planned)
    hastened = [key.participant_id for key, _ in personal_changes(settled, did.ErasureHastened)]
    if hastened:
        tx.execute(
            ERASURES.update()
            .where(ERASURES.c.participant_id.in_(hastened))
            .values(state=ErasureState.LEAVING, erase_at=now, said_goodbye_at=now)
        )
    taken_back = [key.participant_id for key, _ in personal_changes(settled, did.ErasureTakenBack)]
    if taken_back:
        undone = ERASURES.delete().where(ERASURES.c.state == ErasureState.PLANNED)
        tx.execute(undone.where(ERASURES.c.participant_id.in_(taken_back)))


def _resumed(tx: Connection, settled: Sequence[Settled]) -> None:
    """What was held back for them until that very moment comes earlier."""
    resumed = [
        {"person": key.participant_id, "held": each.held_until, "to": each.due_at}
        for key, each in personal_changes(settled, did.ContactsResumed)
    ]
    if resumed:
        tx.execute(
            CONTACTS.update()
            .where(
                CONTACTS.c.participant_id == bindparam("person"),
                CONTACTS.c.state == ContactState.PLANNED,
                CONTACTS.c.due_at == bindparam("held"),
            )
            .values(due_at=bindparam("to")),
            resumed,
        )
