"""One submission as rows: one of the form's own table, one for each turn of its repeats."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from uuid import UUID

from lxml import etree

from storage.exports.answers import Answered
from storage.exports.cells import Cell, cells_of
from storage.exports.shape import PARSER, ColumnKind, Shape, local_name
from storage.exports.wanted import ExportWanted

# What Kobo writes behind the answers, in its order, so that rows of both can be put under one another. What a
# chat does not know (who typed it in, whether it was approved) stays empty. The pseudonym is ours, and last.
OF_A_SUBMISSION = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
)
OF_THE_FORM = (*OF_A_SUBMISSION, "_index", "_pseudonym")
OF_A_REPEAT = (
    "_index",
    "_parent_table_name",
    "_parent_index",
    *(f"_submission_{name}" for name in (*OF_A_SUBMISSION, "_pseudonym")),
)

Cells = Mapping[str, Cell]  # by header


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one table."""

    table: str  # its path
    cells: Cells


@dataclass(frozen=True, slots=True)
class _Turn:
    """One element that makes a row, and where that row hangs."""

    element: etree._Element
    table: str
    parent: str = ""  # the path of the parent's table
    parent_index: int = 0


@dataclass(slots=True)
class Rows:
    """Makes rows, numbering them from 1 in each table."""

    shapes: Mapping[str, Shape]  # by version id
    numbers: Mapping[str, int]  # of the versions
    names: Mapping[str, str]  # of the tables, by path
    wanted: ExportWanted
    made: Counter[str] = field(default_factory=Counter)  # rows per table

    def of(self, answer: Answered) -> Iterator[Row]:
        """The rows of one submission, each before those that hang on it."""
        root = etree.fromstring(answer.instance_xml.encode(), PARSER)
        at = answer.submitted_at.astimezone(UTC).replace(tzinfo=None)
        about = {
            "_id": Cell(answer.id),
            "_uuid": Cell(_uuid(root, answer.id)),
            "_submission_time": Cell(at.isoformat(timespec="seconds"), ColumnKind.DATE_TIME),
            "__version__": Cell(str(self.numbers[answer.version_id]), ColumnKind.INTEGER),
            "_pseudonym": Cell(answer.pseudonym),
        }
        on_a_turn = {f"_submission_{name}": cell for name, cell in about.items()}
        shape = self.shapes[answer.version_id]
        waiting = [_Turn(root, f"/{local_name(root)}")]
        while waiting:
            turn = waiting.pop(0)
            cells: dict[str, Cell] = {}
            nested: list[tuple[str, etree._Element]] = []
            self._read(shape, turn.element, turn.table, turn.table, cells, nested)
            self.made[turn.table] += 1
            index = self.made[turn.table]
            cells["_index"] = Cell(str(index), ColumnKind.INTEGER)
            if turn.parent:
                cells |= on_a_turn
                cells["_parent_table_name"] = Cell(self.names[turn.parent])
                cells["_parent_index"] = Cell(str(turn.parent_index), ColumnKind.INTEGER)
            else:
                cells |= about
            yield Row(turn.table, cells)
            waiting += [_Turn(element, table, turn.table, index) for table, element in nested]

    def _read(
        self,
        shape: Shape,
        element: etree._Element,
        path: str,
        table: str,
        cells: dict[str, Cell],
        nested: list[tuple[str, etree._Element]],
    ) -> None:
        """Fill in the cells of one row; the turns of repeats below it are set aside."""
        columns, default_language = shape.tables[table].columns, shape.form.default_language
        for child in element.iterchildren(etree.Element):
            below = f"{path}/{local_name(child)}"
            if below in shape.tables:
                nested.append((below, child))
            elif below in columns:
                cells.update(cells_of(columns[below], child.text or "", self.wanted, default_language))
            else:
                self._read(shape, child, below, table, cells, nested)


def _uuid(root: etree._Element, submission_id: str) -> str:
    """The instance's own id where it has one, else the submission's, written as a UUID."""
    own = root.findtext("{*}meta/{*}instanceID") or ""
    return own.strip().removeprefix("uuid:") or str(UUID(hex=submission_id))
