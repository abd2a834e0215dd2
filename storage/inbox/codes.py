"""The codes that guard logbooks: set, removed, mistyped."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam

from conversations import changes as did
from storage.inbox.arrivals import Settled, personal_changes
from storage.tables.core import PARTICIPANTS


def save_codes(tx: Connection, settled: Sequence[Settled]) -> None:
    """Keep the hash of a new code, sealed; count the wrong ones."""
    new: list[dict[str, object]] = [
        {
            "person": key.participant_id,
            "code": key.cipher.seal_text(each.hashed, f"participants.code:{key.participant_id}"),
        }
        for key, each in personal_changes(settled, did.CodeSet)
    ]
    new += [
        {"person": key.participant_id, "code": None} for key, _ in personal_changes(settled, did.CodeRemoved)
    ]
    if new:
        by_id = PARTICIPANTS.update().where(PARTICIPANTS.c.id == bindparam("person"))
        tx.execute(by_id.values(code=bindparam("code"), code_failures=0), new)
    mistyped = [key.participant_id for key, _ in personal_changes(settled, did.CodeMistyped)]
    if mistyped:
        wrong = PARTICIPANTS.update().where(PARTICIPANTS.c.id.in_(mistyped))
        tx.execute(wrong.values(code_failures=PARTICIPANTS.c.code_failures + 1))
    given = [key.participant_id for key, _ in personal_changes(settled, did.CodeGiven)]
    if given:
        right = PARTICIPANTS.update().where(PARTICIPANTS.c.id.in_(given), PARTICIPANTS.c.code_failures > 0)
        tx.execute(right.values(code_failures=0))
