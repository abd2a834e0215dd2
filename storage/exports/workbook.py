"""Rows as an XLSX file: numbers as numbers, dates as dates, and text that is never a formula.

Rows go to temporary files as they come, so that memory does not grow with them; the folder is closed to
others and is gone when the file is finished.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

from storage.exports.cells import Value
from storage.exports.errors import ExportTooLarge
from storage.exports.rows import Row
from storage.exports.sheets import Sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of one sheet, the first row included
LOOKS = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss"}


def write_workbook(sheets: Sequence[Sheet], rows: Iterable[Row], now: datetime) -> bytes:
    """The file. Raises ExportTooLarge."""
    from xlsxwriter import Workbook  # for an export only

    if any(len(sheet.headers) > MOST_COLUMNS for sheet in sheets):
        raise ExportTooLarge
    content = BytesIO()
    with TemporaryDirectory(prefix="carnet-") as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        with Workbook(content, options) as book:
            book.set_properties({"created": now.replace(tzinfo=None)})
            _fill(book, sheets, rows)
    return content.getvalue()


def _fill(book: Any, sheets: Sequence[Sheet], rows: Iterable[Row]) -> None:
    looks = {kind: book.add_format({"num_format": look}) for kind, look in LOOKS.items()}
    bold = book.add_format({"bold": True})
    pages = {sheet.path: book.add_worksheet(sheet.name) for sheet in sheets}
    columns = {sheet.path: {name: at for at, name in enumerate(sheet.headers)} for sheet in sheets}
    filled = dict.fromkeys(pages, 1)
    for sheet in sheets:
        pages[sheet.path].freeze_panes(1, 0)
        for at, name in enumerate(sheet.headers):
            pages[sheet.path].write_string(0, at, name, bold)
    for row in rows:
        page, line = pages[row.table], filled[row.table]
        if line >= MOST_ROWS:
            raise ExportTooLarge
        filled[row.table] += 1
        for name, cell in row.cells.items():
            _write(page, line, columns[row.table][name], cell.value, looks)


def _write(page: Any, line: int, column: int, value: Value, looks: dict[type[Any], Any]) -> None:
    match value:
        case datetime() | date() | time():
            page.write_datetime(line, column, value, looks[type(value)])
        case int() | float():
            page.write_number(line, column, value)
        case _:
            page.write_string(line, column, value)
