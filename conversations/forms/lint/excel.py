"""Reading .xlsx and .xls: the values as a person sees them, and where formulas stand."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from zipfile import ZipFile

from conversations.forms.lint.headers import read_headers
from conversations.forms.lint.workbook import Row, Sheet, UnreadableSheet, Workbook

FORMULA = re.compile(rb"<(\w+:)?f[ />]")
EMPTY_COLUMNS = 20  # in a row: after that many pyxform takes the head to be over
EMPTY_ROWS = 60  # likewise for the rows

Formulas = Mapping[tuple[int, int], str]


def read_xlsx(source: bytes) -> Workbook:
    """The workbook of an .xlsx file. Raises UnreadableSheet."""
    try:
        formulas = dict(_grids(source, data_only=False)) if _has_formulas(source) else {}
        values = dict(_grids(source, data_only=True))
    except Exception as error:  # openpyxl raises whatever a damaged file leads it to
        raise UnreadableSheet(f"the .xlsx file cannot be read ({type(error).__name__})") from error
    return Workbook(
        tuple(_sheet(name, rows, _formulas_of(formulas.get(name, ()))) for name, rows in values.items())
    )


def _has_formulas(source: bytes) -> bool:
    """Most sheets have none, and reading takes its time."""
    with ZipFile(BytesIO(source)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(FORMULA.search(archive.read(name)) for name in parts)


def _grids(source: bytes, **reading: bool) -> Iterator[tuple[str, list[list[object]]]]:
    """The cells of each sheet, as openpyxl reads them: with `data_only` values, without it formulas."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(source), read_only=True, keep_links=False, **reading)
    try:
        for sheet in book.worksheets:
            rows = ([cell.value for cell in row] for row in sheet.iter_rows())
            yield sheet.title, list(_until_empty(rows))
    finally:
        book.close()


def read_xls(source: bytes) -> Workbook:
    """The workbook of an .xls file. Raises UnreadableSheet."""
    from pyxform.xls2json_backends import xls_value_to_unicode
    from xlrd import open_workbook  # type: ignore[import-untyped]

    try:
        book = open_workbook(file_contents=source, logfile=StringIO())
        sheets = []
        for sheet in book.sheets():
            rows = (
                [
                    xls_value_to_unicode(cell.value, cell.ctype, book.datemode) if cell.ctype else ""
                    for cell in sheet.row(number)
                ]
                for number in range(sheet.nrows)
            )
            sheets.append(_sheet(sheet.name, list(_until_empty(rows)), {}))
    except Exception as error:  # xlrd raises whatever a damaged file leads it to
        raise UnreadableSheet(f"the .xls file cannot be read ({type(error).__name__})") from error
    return Workbook(tuple(sheets))


def _until_empty(rows: Iterable[list[object]]) -> Iterator[list[object]]:
    """The rows, up to a run of empty ones."""
    empty = 0
    for row in rows:
        empty = 0 if any(_text(value) for value in row) else empty + 1
        if empty > EMPTY_ROWS:
            return
        yield row


def _sheet(name: str, rows: Sequence[Sequence[object]], formulas: Formulas) -> Sheet:
    key = name.lower()
    headers = read_headers(key, list(_head(rows[0]))) if rows else ()
    used = [header.column for header in headers]
    return Sheet(
        name,
        key,
        1,
        headers,
        tuple(
            Row(
                number,
                {
                    column: _text(row[column - 1])
                    for column in used
                    if column <= len(row) and _text(row[column - 1])
                },
            )
            for number, row in enumerate(rows[1:], 2)
        ),
        {place: formula for place, formula in formulas.items() if place[1] in used},
    )


def _head(row: Sequence[object]) -> Iterator[str]:
    empty = 0
    for value in row:
        text = _text(value)
        empty = 0 if text else empty + 1
        if empty > EMPTY_COLUMNS:
            return
        yield text


def _formulas_of(rows: Sequence[Sequence[object]]) -> dict[tuple[int, int], str]:
    """Where formulas stand. openpyxl gives those over several cells as objects with a text."""
    found: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            text = getattr(value, "text", value)
            if isinstance(text, str) and text.startswith("=") and len(text) > 1:
                found[number, column] = text
    return found


def _text(value: object) -> str:
    """A value as pyxform reads it.

    >>> [_text(value) for value in (None, " yes ", True, 3.0, 2.5)]
    ['', 'yes', 'TRUE', '3', '2.5']
    """
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).replace("\u00a0", " ").strip()
