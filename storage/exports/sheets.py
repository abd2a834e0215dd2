"""The sheets of a file: one per table, with the columns of all versions united in order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage.exports.rows import OF_A_REPEAT, OF_THE_FORM
from storage.exports.shape import Shape

LONGEST_NAME = 31  # characters of a sheet's name in XLSX
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
RESERVED = "history"  # a name that spreadsheets keep for themselves


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the file."""

    path: str  # of its table
    name: str
    headers: tuple[str, ...]


def sheets_of(shapes: Sequence[Shape], names: Mapping[str, str]) -> tuple[Sheet, ...]:
    """The sheets of the versions, oldest version first; the form itself comes first."""
    paths = dict.fromkeys(path for shape in reversed(shapes) for path in shape.tables)
    sheets = []
    for path in paths:
        of_versions = [
            [header for column in shape.tables[path].columns.values() for header in column.headers]
            for shape in shapes
            if path in shape.tables
        ]
        parents = [shape.tables[path].parent for shape in shapes if path in shape.tables]
        headers = united(of_versions)
        own = OF_A_REPEAT if parents[-1] else OF_THE_FORM
        sheets.append(Sheet(path, names[path], (*(name for name in headers if name not in own), *own)))
    return tuple(sheets)


def united(versions: Sequence[Sequence[str]]) -> list[str]:
    """The order of the newest version; what only older ones have comes after what it followed there.

    >>> united([["a", "old", "b"], ["a", "b", "new"]])
    ['a', 'old', 'b', 'new']
    """
    *older, newest = [list(dict.fromkeys(headers)) for headers in versions]
    for headers in reversed(older):
        place = 0
        for header in headers:
            if header not in newest:
                newest.insert(place, header)
            place = newest.index(header) + 1
    return newest


def names_of(shapes: Sequence[Shape]) -> dict[str, str]:
    """A name for the sheet of each table: the form's title, the name of the repeat; no two alike."""
    named: dict[str, str] = {}
    for shape in reversed(shapes):
        for path, table in shape.tables.items():
            if path not in named:
                wanted = path.rpartition("/")[2] if table.parent else shape.form.title or shape.form.form_id
                named[path] = _unlike(_clean(wanted), named.values())
    return named


def _clean(name: str) -> str:
    """As a spreadsheet allows it."""
    words = NOT_IN_NAMES.sub(" ", name).split()
    clean = " ".join(words).strip(" '")[:LONGEST_NAME].strip(" '")
    return clean if clean and clean.lower() != RESERVED else f"{clean}_1"


def _unlike(name: str, others: Iterable[str]) -> str:
    """The name with a number behind it if there is one like it; upper and lower case are alike."""
    taken = {other.lower() for other in others}
    number, found = 1, name
    while found.lower() in taken:
        number += 1
        found = f"{name[: LONGEST_NAME - len(f'_{number}')]}_{number}"
    return found
