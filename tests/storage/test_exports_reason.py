"""No answers leave without a reason, and the audit trail keeps it."""

from datetime import datetime

import pytest
from sqlalchemy import select

from conversations.vocabulary import Role
from storage.audit import ReasonMissing
from storage.database import Storage
from storage.tables.core import AUDIT
from storage.tables.vocabulary import AuditAction
from tests.admin.invented import Invented
from tests.storage.exporting import REASON, Exporting


@pytest.fixture
def world(storage: Storage, now: datetime) -> Invented:
    return Invented(storage, now)


@pytest.fixture
def answers(storage: Storage, now: datetime) -> Exporting:
    return Exporting(storage, now)


def test_every_export_is_noted(world: Invented, answers: Exporting, storage: Storage) -> None:
    admin = world.member("admin", Role.ADMIN)
    answers.publish()
    answers.file(admin)
    with storage.read() as tx:
        noted = tx.execute(select(AUDIT).where(AUDIT.c.action == AuditAction.EXPORTED)).all()
    assert [(row.staff_id, row.participant_id, row.at) for row in noted] == [
        (admin.staff_id, None, answers.now)
    ]
    [line] = noted
    assert REASON.encode() not in line.reason, "what staff write is kept sealed"
    assert storage.vault.system.open_text(line.reason, f"audit.reason:{line.id}") == REASON


@pytest.mark.parametrize("reason", ["", "  \n ", "a", "…!?", "\u200b" * 5])
def test_without_a_reason_nothing_leaves(
    world: Invented, answers: Exporting, storage: Storage, reason: str
) -> None:
    admin = world.member("admin", Role.ADMIN)
    answers.publish()
    with pytest.raises(ReasonMissing):
        answers.file(admin, reason=reason)
    with storage.read() as tx:
        assert tx.execute(select(AUDIT).where(AUDIT.c.action == AuditAction.EXPORTED)).all() == []
