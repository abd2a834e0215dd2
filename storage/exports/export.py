"""All answers to one form as one file, for a member of staff; it is noted that they took it, and why."""

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from conversations.forms import Form
from storage.audit import note, reason_from
from storage.database import Storage
from storage.exports import comma, workbook
from storage.exports.answers import answered
from storage.exports.errors import FormNotLoaded, UnknownForm
from storage.exports.rows import Rows
from storage.exports.shape import shape_of
from storage.exports.sheets import names_of, sheets_of
from storage.exports.wanted import ExportFile, ExportFormat, ExportWanted
from storage.perimeter import Perimeter
from storage.tables.core import SUBMISSIONS, VERSIONS
from storage.tables.vocabulary import AuditAction

SEPARATORS = {ExportFormat.CSV: ",", ExportFormat.CSV_SEMICOLONS: ";"}


def export_form(
    storage: Storage,
    perimeter: Perimeter,
    form_id: str,
    forms: Mapping[str, Form],
    wanted: ExportWanted,
    now: datetime,
) -> ExportFile:
    """The submissions to all versions of a form, of the people within the perimeter.

    `forms` are the versions by id, as the program has read them. Raises ReasonMissing, ReasonTooLong,
    UnknownForm, FormNotLoaded and ExportTooLarge.
    """
    reason = reason_from(wanted.reason)
    with storage.read() as tx:
        numbers = _versions(tx, form_id, forms)
        shapes = {version_id: shape_of(forms[version_id]) for version_id in numbers}
        in_order = tuple(shapes.values())
        names = names_of(in_order)
        sheets = sheets_of(in_order, names)
        making = Rows(shapes, numbers, names, wanted)
        rows = (
            row for answer in answered(tx, storage, perimeter, tuple(numbers)) for row in making.of(answer)
        )
        name = f"{re.sub(r'[^A-Za-z0-9_-]+', '-', form_id)}-{now:%Y-%m-%d}"
        if wanted.format is ExportFormat.XLSX:
            file = ExportFile(f"{name}.xlsx", workbook.MEDIA_TYPE, workbook.write_workbook(sheets, rows, now))
        else:
            files = comma.write_csv(sheets, rows, SEPARATORS[wanted.format])
            if len(files) == 1:
                file = ExportFile(f"{name}.csv", comma.MEDIA_TYPE, *files.values())
            else:
                file = ExportFile(f"{name}.zip", comma.MEDIA_TYPE_OF_SEVERAL, comma.zipped(files, now))
    with storage.write() as tx:
        note(tx, storage, now, AuditAction.EXPORTED, perimeter.staff_id, reason=reason)
    return file


def _versions(tx: Connection, form_id: str, forms: Mapping[str, Form]) -> dict[str, int]:
    """The numbers of the loaded versions, by id, oldest first."""
    query = select(VERSIONS.c.id, VERSIONS.c.number).where(VERSIONS.c.form_id == form_id)
    numbers = {row.id: row.number for row in tx.execute(query.order_by(VERSIONS.c.number))}
    loaded = {version_id: number for version_id, number in numbers.items() if version_id in forms}
    if not loaded:
        raise UnknownForm
    used = select(SUBMISSIONS.c.form_version_id).where(SUBMISSIONS.c.form_version_id.in_(numbers))
    if not loaded.keys() >= set(tx.scalars(used.distinct())):
        raise FormNotLoaded
    return loaded
