"""Rows as CSV: UTF-8 with a byte order mark, without which Excel does not read Arabic."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from storage.exports.cells import Cell
from storage.exports.rows import Row
from storage.exports.shape import ColumnKind
from storage.exports.sheets import Sheet

MEDIA_TYPE = "text/csv; charset=utf-8"
MEDIA_TYPE_OF_SEVERAL = "application/zip"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, «CSV injection»
PLACE = re.compile(r"[-\d. ]+")  # degrees south or west are negative


def write_csv(sheets: Sequence[Sheet], rows: Iterable[Row]) -> dict[str, bytes]:
    """The content of each file, by the name of its sheet."""
    texts = {sheet.path: StringIO(newline="") for sheet in sheets}
    writers = {sheet.path: csv.writer(texts[sheet.path]) for sheet in sheets}
    headers = {sheet.path: sheet.headers for sheet in sheets}
    for sheet in sheets:
        writers[sheet.path].writerow(sheet.headers)
    for row in rows:
        cells = (row.cells.get(header) for header in headers[row.table])
        writers[row.table].writerow([harmless(cell) if cell else "" for cell in cells])
    return {sheet.name: texts[sheet.path].getvalue().encode("utf-8-sig") for sheet in sheets}


def harmless(cell: Cell) -> str:
    """The text of a cell; one that a spreadsheet would take for a formula has an apostrophe before it.

    >>> harmless(Cell("=1+1")), harmless(Cell("1+1"))
    ("'=1+1", '1+1')
    """
    degrees = cell.kind is ColumnKind.PLACE and PLACE.fullmatch(cell.text)
    if isinstance(cell.value, str) and cell.text.startswith(STARTS_A_FORMULA) and not degrees:
        return f"'{cell.text}"
    return cell.text


def zipped(files: dict[str, bytes], now: datetime) -> bytes:
    """The CSV files as one."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = ZipInfo(f"{name}.csv", now.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, text)
    return content.getvalue()
