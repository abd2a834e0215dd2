"""Published versions of forms: stored with their source, never changed, read once at start."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select

from conversations.forms import BuiltinForm, Form, compile_form, read_xform
from storage.database import Storage
from storage.tables.core import VERSIONS


@dataclass(frozen=True, slots=True)
class Forms:
    """Every stored version by its id, and which one new conversations begin with."""

    versions: dict[str, Form]
    current: dict[str, str]  # form id -> version id


def publish(storage: Storage, forms: Iterable[BuiltinForm], now: datetime) -> int:
    """Store a new version of each form whose source is not stored yet. How many."""
    published = 0
    for form in forms:
        source_hash = sha256(form.source).hexdigest()
        with storage.write() as tx:
            of_form = select(VERSIONS).where(VERSIONS.c.form_id == form.form_id)
            if tx.execute(of_form.where(VERSIONS.c.source_hash == source_hash)).first():
                continue
            version_id = storage.ids.row()
            number = tx.scalar(select(func.count()).select_from(of_form.subquery())) or 0
            tx.execute(
                VERSIONS.insert(),
                {
                    "id": version_id,
                    "form_id": form.form_id,
                    "number": number + 1,
                    "file_name": f"{form.form_id}.md",
                    "source": form.source,
                    "source_hash": source_hash,
                    "xform": compile_form(form.source, "md", version_id).xml,
                    "created_at": now,
                    "published_at": now,
                },
            )
            published += 1
    return published


def load_forms(storage: Storage) -> Forms:
    """All stored versions, ready to run; the newest of each form is the current one."""
    query = select(VERSIONS.c.id, VERSIONS.c.form_id, VERSIONS.c.xform)
    with storage.read() as tx:
        rows = tx.execute(query.order_by(VERSIONS.c.form_id, VERSIONS.c.number)).all()
    return Forms(
        {row.id: read_xform(row.xform, row.id) for row in rows},
        {row.form_id: row.id for row in rows},
    )
