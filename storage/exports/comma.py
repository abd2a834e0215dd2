"""Rows as CSV: UTF-8 with a byte order mark, without which Excel does not read Arabic."""

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
END_OF_LINE = "\r\n"  # RFC 4180
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, «CSV injection»
PLACE = re.compile(r"[-\d. ]+")  # degrees south or west are negative
NEGATIVE = re.compile(r"-\d{1,15}(\.\d+)?")  # a calculated number, whose column is text


def write_csv(sheets: Sequence[Sheet], rows: Iterable[Row], separator: str = ",") -> dict[str, bytes]:
    """The content of each file, by the name of its sheet."""
    texts = {sheet.path: StringIO(newline="") for sheet in sheets}
    headers = {sheet.path: sheet.headers for sheet in sheets}
    for sheet in sheets:
        texts[sheet.path].write(separator.join(map(_quoted, sheet.headers)) + END_OF_LINE)
    for row in rows:
        cells = (row.cells.get(header) for header in headers[row.table])
        line = separator.join(_written(cell) if cell else "" for cell in cells)
        texts[row.table].write(line + END_OF_LINE)
    return {sheet.name: texts[sheet.path].getvalue().encode("utf-8-sig") for sheet in sheets}


def _written(cell: Cell) -> str:
    """All text is quoted, and nothing else.

    So a spreadsheet can be told that what is quoted is text, and «0012» keeps its zeros; and one that splits
    at another separator finds no formula behind it.
    """
    return _quoted(harmless(cell)) if isinstance(cell.value, str) else cell.text


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def harmless(cell: Cell) -> str:
    """The text of a cell; one that a spreadsheet would take for a formula has an apostrophe before it.

    >>> harmless(Cell("=1+1")), harmless(Cell("1+1"))
    ("'=1+1", '1+1')
    """
    degrees = cell.kind is ColumnKind.PLACE and PLACE.fullmatch(cell.text)
    number = degrees or NEGATIVE.fullmatch(cell.text)
    if isinstance(cell.value, str) and cell.text.startswith(STARTS_A_FORMULA) and not number:
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
