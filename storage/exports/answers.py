"""The stored submissions to some form versions, as far as a member of staff may see them, opened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, or_, select

from storage.database import Storage
from storage.keystore import PersonKey
from storage.perimeter import Perimeter
from storage.tables.core import PARTICIPANTS, SUBMISSIONS

PAGE = 500  # submissions read at once
KEYS = 1_000  # keys read at once: below the parameters that one statement may have


@dataclass(frozen=True, slots=True)
class Answered:
    """One completed form."""

    id: str
    pseudonym: str
    version_id: str
    submitted_at: datetime  # UTC
    instance_xml: str


def answered(
    tx: Connection, storage: Storage, perimeter: Perimeter, version_ids: Sequence[str]
) -> Iterator[Answered]:
    """Oldest first. Those of people outside the perimeter, or erased, are left out."""
    keys = _keys(tx, storage, perimeter, version_ids)
    query = (
        select(SUBMISSIONS)
        .where(SUBMISSIONS.c.form_version_id.in_(version_ids), SUBMISSIONS.c.instance.is_not(None))
        .order_by(SUBMISSIONS.c.submitted_at, SUBMISSIONS.c.id)
        .limit(PAGE)
    )
    at, row_id = SUBMISSIONS.c.submitted_at, SUBMISSIONS.c.id
    rows = tx.execute(query).all()
    while rows:
        for row in rows:
            if key := keys.get(row.pseudonym):
                xml = key.cipher.open_text(row.instance, f"submissions.instance:{row.id}")
                yield Answered(row.id, row.pseudonym, row.form_version_id, row.submitted_at, xml)
        last = rows[-1]
        later = or_(at > last.submitted_at, and_(at == last.submitted_at, row_id > last.id))
        rows = tx.execute(query.where(later)).all()


def _keys(
    tx: Connection, storage: Storage, perimeter: Perimeter, version_ids: Sequence[str]
) -> Mapping[str, PersonKey]:
    """By pseudonym, the keys of those within the perimeter who answered."""
    ids = tx.scalars(select(PARTICIPANTS.c.id).where(perimeter.people(PARTICIPANTS.c.id))).all()
    who_answered = select(SUBMISSIONS.c.pseudonym).where(SUBMISSIONS.c.form_version_id.in_(version_ids))
    pseudonyms = set(tx.scalars(who_answered.distinct()))
    return {
        key.pseudonym: key
        for start in range(0, len(ids), KEYS)
        for key in storage.keystore.of_participants(ids[start : start + KEYS]).values()
        if key.pseudonym in pseudonyms
    }
