"""The sheets of a file: one per table, with the columns of all versions united in order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage.exports.rows import OF_A_REPEAT, OF_THE_FORM
from storage.exports.shape import Shape

LONGEST_NAME = 31  # characters of a sheet's name in XLSX
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
AT_THE_EDGES = re.compile(r"^'|'$")
RESERVED = "history"  # a name that spreadsheets keep for themselves
CUT = "..."  # where a name was too long
ROOM = 8  # characters for a number, where nothing limits a name


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the file."""

    path: str  # of its table
    name: str
    headers: tuple[str, ...]


def sheets_of(shapes: Sequence[Shape], names: Mapping[str, str]) -> tuple[Sheet, ...]:
    """The sheets of the versions, oldest version first; the form itself comes first."""
    paths = dict.fromkeys(path for shape in reversed(shapes) for path in shape.tables)
    sheets: list[Sheet] = []
    for path in paths:
        of_versions = [
            [header for column in shape.tables[path].columns.values() for header in column.headers]
            for shape in shapes
            if path in shape.tables
        ]
        parents = [shape.tables[path].parent for shape in shapes if path in shape.tables]
        headers = united(of_versions)
        own = OF_A_REPEAT if parents[-1] else OF_THE_FORM
        name = sheet_name(names[path], [sheet.name for sheet in sheets])
        sheets.append(Sheet(path, name, (*(header for header in headers if header not in own), *own)))
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
    """A name for each table by path: the form's title, the name of the repeat; no two alike."""
    named: dict[str, str] = {}
    for shape in reversed(shapes):
        for path, table in shape.tables.items():
            if path not in named:
                wanted = path.rpartition("/")[2] if table.parent else shape.form.title or shape.form.form_id
                named[path] = _unlike(wanted, named.values(), len(wanted) + ROOM)
    return named


def sheet_name(name: str, others: Iterable[str] = ()) -> str:
    """The name of a table as Kobo writes it on a sheet; no two alike.

    >>> sheet_name("Enquête: vivre et travailler à Salé"), sheet_name("Child", ["child"])
    ('Enquête_ vivre et travailler...', 'Child (1)')
    """
    allowed = AT_THE_EDGES.sub("_", NOT_IN_NAMES.sub("_", name))
    return _unlike(allowed or "_", (RESERVED, *others), LONGEST_NAME)


def _unlike(name: str, others: Iterable[str], longest: int) -> str:
    """The name, cut where it is too long, with a number if there is one like it; capitals do not count."""
    taken = {other.lower() for other in others}
    number, found = 0, _cut(name, "", longest)
    while found.lower() in taken:
        number += 1
        found = _cut(name, f" ({number})", longest)
    return found


def _cut(name: str, end: str, longest: int) -> str:
    room = longest - len(end)
    return (name if len(name) <= room else f"{name[: room - len(CUT)]}{CUT}") + end
