"""Reading .csv and .md: each table begins with the name of its sheet in the first column."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from conversations.forms.commas import separator_of
from conversations.forms.lint.headers import read_headers
from conversations.forms.lint.workbook import Row, Sheet, UnreadableSheet, Workbook

COMMENT_AFTER = re.compile(r"^(.*)(#[^|]+)$")
TABLE_ROW = re.compile(r"\s*\|(.*)\|\s*")
RULE = re.compile(r"^[|-]+$")  # the line under a markdown head
PIPE = re.compile(r"(?<!\\)\|")

Line = tuple[int, list[str]]  # its number in the file, its cells; the first names the sheet


def read_csv(source: bytes) -> Workbook:
    """The workbook of a .csv file. Raises UnreadableSheet."""
    text = _decoded(source)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator_of(text))
    try:
        lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if cells]
    except csv.Error:
        raise UnreadableSheet("the .csv file cannot be read") from None
    return Workbook(tuple(_sheets(lines)))


def read_md(source: bytes) -> Workbook:
    """The workbook of a .md file. Raises UnreadableSheet."""
    return Workbook(tuple(_sheets(_markdown(_decoded(source)))))


def _decoded(source: bytes) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableSheet("the file is not UTF-8 text") from None


def _markdown(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        commented = COMMENT_AFTER.match(line)
        row = TABLE_ROW.match(commented[1] if commented else line)
        if row and not RULE.match(row[1]):
            yield number, [cell.strip().replace(r"\|", "|") for cell in PIPE.split(row[1])]


def _sheets(lines: Iterable[Line]) -> Iterator[Sheet]:
    """The tables, the rows of one sheet together."""
    name = ""
    gathered: list[Line] = []
    for number, (first, *cells) in lines:
        if first:
            if name:
                yield _sheet(name, gathered)
            name, gathered = first, []
        if name and any(cells):
            gathered.append((number, cells))
    if name:
        yield _sheet(name, gathered)


def _sheet(name: str, lines: list[Line]) -> Sheet:
    key = name.lower()
    head_row, head = lines[0] if lines else (0, [])
    headers = read_headers(key, ["", *head])
    return Sheet(
        name,
        key,
        head_row,
        headers,
        tuple(
            Row(
                number,
                {
                    header.column: cells[header.column - 2]
                    for header in headers
                    if header.column - 2 < len(cells) and cells[header.column - 2]
                },
            )
            for number, cells in lines[1:]
        ),
    )
