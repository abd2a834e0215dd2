"""One stored value as a cell: XForm text in; a number, a date or text out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from storage.exports.choices import label_in
from storage.exports.shape import PLACE_PARTS, Column, ColumnKind
from storage.exports.wanted import ExportValues, ExportWanted

INTEGER = re.compile(r"[-+]?\d{1,15}")  # a sheet's numbers have 15 digits (IEEE 754 doubles)
DECIMAL = re.compile(r"[-+]?(\d{1,15}(\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?")
OLDEST_YEAR = 1900  # the first that a sheet can hold as a date

Value = str | int | float | date | time | datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it was stored, and of what kind."""

    text: str
    kind: ColumnKind = ColumnKind.TEXT

    @property
    def value(self) -> Value:
        """The number, date or time that the text is; the text itself where it is none.

        >>> Cell("12", ColumnKind.INTEGER).value, Cell("a dozen", ColumnKind.INTEGER).value
        (12, 'a dozen')
        """
        try:
            return self._read()
        except ValueError:
            return self.text

    def _read(self) -> Value:
        match self.kind:
            case ColumnKind.INTEGER if INTEGER.fullmatch(self.text):
                return int(self.text)
            case ColumnKind.INTEGER | ColumnKind.DECIMAL if DECIMAL.fullmatch(self.text):
                return float(self.text)
            case ColumnKind.DATE:
                day = date.fromisoformat(self.text[:10])
                return day if day.year >= OLDEST_YEAR else self.text
            case ColumnKind.TIME:
                return time.fromisoformat(self.text).replace(tzinfo=None)  # as on the wall
            case ColumnKind.DATE_TIME:
                moment = datetime.fromisoformat(self.text).replace(tzinfo=None)  # as on the wall
                return moment if moment.year >= OLDEST_YEAR else self.text
            case _:
                return self.text


def cells_of(
    column: Column, text: str, wanted: ExportWanted, default_language: str
) -> Iterator[tuple[str, Cell]]:
    """Header and cell of everything that one stored value says. An empty value leaves its cells empty.

    Of a file the cell holds a name only: what is stored leads to the file at the provider.
    """
    if not text:
        return
    match column.kind:
        case ColumnKind.ONE:
            yield column.header, Cell(_called(column, text, wanted, default_language))
        case ColumnKind.SEVERAL | ColumnKind.RANK:
            chosen = text.split()
            if wanted.values is ExportValues.NAMES:
                yield column.header, Cell(" ".join(chosen))
            else:
                labels = (_called(column, name, wanted, default_language) for name in chosen)
                yield column.header, Cell(", ".join(labels))
            for name in column.split:
                picked = "1" if name in chosen else "0"
                yield f"{column.header}/{name}", Cell(picked, ColumnKind.INTEGER)
        case ColumnKind.FILE:
            yield column.header, Cell(f"{column.name}-{sha256(text.encode()).hexdigest()[:8]}")
        case ColumnKind.PLACE:
            yield column.header, Cell(text, column.kind)
            for part, number in zip(PLACE_PARTS, text.split(), strict=False):
                yield column.part(part), Cell(number, ColumnKind.DECIMAL)
        case _:
            yield column.header, Cell(text, column.kind)


def _called(column: Column, name: str, wanted: ExportWanted, default_language: str) -> str:
    """What a choice is called; its name where names are wanted or it has no label."""
    if wanted.values is ExportValues.NAMES:
        return name
    return label_in(column.labels.get(name, {}), wanted.language, default_language) or name
