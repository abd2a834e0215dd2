"""Versions of forms: drafts as uploaded, and what is published. A published version never changes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, select

from conversations.forms import BuiltinForm, compile_form
from storage.audit import note
from storage.database import Storage
from storage.errors import OutOfPerimeter
from storage.tables.core import FORM_FILES, SUBMISSIONS, VERSIONS
from storage.tables.vocabulary import AuditAction


@dataclass(frozen=True, slots=True)
class NewVersion:
    """An uploaded sheet that compiled."""

    form_id: str
    file_name: str
    source: bytes
    xform: str
    files: Mapping[str, bytes] = field(default_factory=dict)  # by the name the sheet refers to


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version as staff see it."""

    id: str
    form_id: str
    number: int
    file_name: str
    created_at: datetime
    published_at: datetime | None
    uploaded: bool  # by staff; else it came with the program
    submissions: int


def publish_builtin(storage: Storage, forms: Iterable[BuiltinForm], now: datetime) -> int:
    """Publish each form of the program whose source is not stored yet, unless staff uploaded their own."""
    published = 0
    for form in forms:
        with storage.write() as tx:
            newest = _newest(tx, form.form_id)
            if _stored(tx, form.form_id, form.source) or (newest and newest.uploaded_by):
                continue
            file_name = f"{form.form_id}.md"
            xform = compile_form(form.source, "md", form.form_id).xml
            version = NewVersion(form.form_id, file_name, form.source, xform)
            tx.execute(VERSIONS.insert(), _row(tx, storage, version, now) | {"published_at": now})
            published += 1
    return published


def save_draft(tx: Connection, storage: Storage, version: NewVersion, staff_id: str, now: datetime) -> str:
    """Keep an uploaded version, not published; the same sheet again is the same version. Its id."""
    known = _stored(tx, version.form_id, version.source)
    if known is not None:
        tx.execute(FORM_FILES.delete().where(FORM_FILES.c.version_id == known))
    else:
        row = _row(tx, storage, version, now) | {"uploaded_by": staff_id}
        tx.execute(VERSIONS.insert(), row)
        known = row["id"]
    files = [
        {"version_id": known, "name": name, "content": content} for name, content in version.files.items()
    ]
    if files:
        tx.execute(FORM_FILES.insert(), files)
    return known


def publish_draft(tx: Connection, storage: Storage, version_id: str, staff_id: str, now: datetime) -> None:
    """New conversations begin with this version from now on. OutOfPerimeter if there is none of that id."""
    done = tx.execute(VERSIONS.update().where(VERSIONS.c.id == version_id).values(published_at=now))
    if done.rowcount != 1:
        raise OutOfPerimeter
    note(tx, storage, now, AuditAction.FORM_PUBLISHED, staff_id)


def list_versions(tx: Connection, form_id: str = "") -> list[StoredVersion]:
    """All versions, or those of one form, newest first within their form."""
    answers = (
        select(func.count())
        .select_from(SUBMISSIONS)
        .where(SUBMISSIONS.c.form_version_id == VERSIONS.c.id)
        .scalar_subquery()
    )
    query = select(VERSIONS, answers.label("submissions")).order_by(
        VERSIONS.c.form_id, VERSIONS.c.number.desc()
    )
    if form_id:
        query = query.where(VERSIONS.c.form_id == form_id)
    return [
        StoredVersion(
            row.id,
            row.form_id,
            row.number,
            row.file_name,
            row.created_at,
            row.published_at,
            row.uploaded_by is not None,
            row.submissions,
        )
        for row in tx.execute(query)
    ]


def published(tx: Connection, except_for: Collection[str]) -> Sequence[Any]:
    """Published versions in the order they were published: id, form id and XForm."""
    query = select(VERSIONS.c.id, VERSIONS.c.form_id, VERSIONS.c.xform).where(
        VERSIONS.c.published_at.is_not(None), VERSIONS.c.id.not_in(except_for)
    )
    return tx.execute(query.order_by(VERSIONS.c.published_at, VERSIONS.c.id)).all()


def files_of(tx: Connection, version_ids: Collection[str]) -> dict[str, dict[str, bytes]]:
    """The files of these versions, by version id and name."""
    found: dict[str, dict[str, bytes]] = {}
    for row in tx.execute(select(FORM_FILES).where(FORM_FILES.c.version_id.in_(version_ids))):
        found.setdefault(row.version_id, {})[row.name] = row.content
    return found


def find_file(tx: Connection, version_id: str, name: str) -> bytes | None:
    """One file of a version; None if it was not attached."""
    this = (FORM_FILES.c.version_id == version_id) & (FORM_FILES.c.name == name)
    return tx.scalar(select(FORM_FILES.c.content).where(this))


def file_size(tx: Connection, version_id: str, name: str) -> int:
    """Bytes of one file of a version; 0 if it was not attached."""
    this = (FORM_FILES.c.version_id == version_id) & (FORM_FILES.c.name == name)
    return tx.scalar(select(func.length(FORM_FILES.c.content)).where(this)) or 0


def _row(tx: Connection, storage: Storage, version: NewVersion, now: datetime) -> dict[str, Any]:
    newest = _newest(tx, version.form_id)
    return {
        "id": storage.ids.row(),
        "form_id": version.form_id,
        "number": newest.number + 1 if newest else 1,
        "file_name": version.file_name,
        "source": version.source,
        "source_hash": sha256(version.source).hexdigest(),
        "xform": version.xform,
        "created_at": now,
    }


def _newest(tx: Connection, form_id: str) -> Any:
    versions = select(VERSIONS.c.number, VERSIONS.c.uploaded_by).where(VERSIONS.c.form_id == form_id)
    return tx.execute(versions.order_by(VERSIONS.c.number.desc()).limit(1)).first()


def _stored(tx: Connection, form_id: str, source: bytes) -> str | None:
    same = VERSIONS.c.source_hash == sha256(source).hexdigest()
    return tx.scalar(select(VERSIONS.c.id).where(VERSIONS.c.form_id == form_id, same))
