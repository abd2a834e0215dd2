"""A spreadsheet as a person sees it: sheets, headers and cells, each with its row and column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from conversations.forms.errors import BrokenForm
from conversations.forms.lint.finding import Argument, Code, Finding, Severity


class UnreadableSheet(BrokenForm):
    """The file is no spreadsheet, or a damaged one."""


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a column."""

    column: int  # from 1
    text: str  # as written
    base: str  # what it holds, by its usual name: `label`, `relevant`
    language: str = ""  # as the header names it; empty: none


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the head."""

    number: int  # in the sheet, or the line in a text file; from 1
    cells: Mapping[int, str]  # by column; those that hold something


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with its place."""

    row: int
    header: Header
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its columns, its rows."""

    name: str  # as the file names it
    key: str  # what it is for: `survey`; its name in small letters
    head_row: int
    headers: tuple[Header, ...]
    rows: tuple[Row, ...]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)  # by row and column

    def cells(self, row: Row, base: str) -> Iterator[Cell]:
        """The cells of a row that hold one thing, in every language."""
        for header in self.headers:
            if header.base == base and header.column in row.cells:
                yield Cell(row.number, header, row.cells[header.column])

    def cell(self, row: Row, base: str) -> Cell | None:
        return next(self.cells(row, base), None)

    def text(self, row: Row, base: str) -> str:
        """The text of the first such cell; empty where there is none."""
        cell = self.cell(row, base)
        return cell.text if cell else ""

    def all_cells(self) -> Iterator[Cell]:
        for row in self.rows:
            for header in self.headers:
                if header.column in row.cells:
                    yield Cell(row.number, header, row.cells[header.column])

    def has(self, base: str) -> bool:
        return any(header.base == base for header in self.headers)


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a file, in its order."""

    sheets: tuple[Sheet, ...]

    def sheet(self, key: str) -> Sheet | None:
        """The sheet for a purpose. A file of a single sheet has its questions there, whatever its name."""
        if key == "survey" and len(self.sheets) == 1:
            return self.sheets[0]
        return next((sheet for sheet in self.sheets if sheet.key == key), None)


def letter(column: int) -> str:
    """How a spreadsheet names a column.

    >>> [letter(column) for column in (1, 26, 27, 703)]
    ['A', 'Z', 'AA', 'AAA']
    """
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def at_cell(severity: Severity, code: Code, sheet: Sheet, cell: Cell, **args: Argument) -> Finding:
    """A finding on one cell."""
    named = {"column": cell.header.text, **args}
    return Finding(severity, code, sheet.name, cell.row, letter(cell.header.column), named)


def at_header(severity: Severity, code: Code, sheet: Sheet, header: Header, **args: Argument) -> Finding:
    """A finding on a whole column: it stands at its head."""
    named = {"column": header.text, **args}
    return Finding(severity, code, sheet.name, sheet.head_row, letter(header.column), named)


def at_row(severity: Severity, code: Code, sheet: Sheet, row: int, **args: Argument) -> Finding:
    """A finding on a row, or, with row 0, on the whole sheet."""
    return Finding(severity, code, sheet.name, row, "", args)
