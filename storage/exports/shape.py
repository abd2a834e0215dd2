"""The tables and columns that the answers to one form version make, read from its XForm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree

from conversations.forms import Form
from storage.exports.choices import Labels, choices_of
from storage.exports.errors import ExportTooLarge

XF = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
MOST_SPLIT = 250  # choices; a question with more gets its joined column only
MOST_COLUMNS = 10_000  # of one version, before anything is written
PLACE_PARTS = ("latitude", "longitude", "altitude", "precision")

# Answers that never leave: the first name, for which the pseudonym stands, and the kind of contract, which
# people were promised to be confidential. The names of these questions are the library's convention.
WITHHELD = {"profile": {"first_name"}, "milestone-job": {"contract"}}


class ColumnKind(StrEnum):
    """What sort of value a question holds."""

    TEXT = "text"
    INTEGER = "int"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "dateTime"
    PLACE = "geopoint"
    FILE = "binary"  # a photo, recording or document
    ONE = "select1"
    SEVERAL = "select"
    RANK = "rank"


BY_TYPE = {kind.value: kind for kind in ColumnKind}
BY_CONTROL = {"select1": ColumnKind.ONE, "select": ColumnKind.SEVERAL, "rank": ColumnKind.RANK}


@dataclass(frozen=True, slots=True)
class Column:
    """One question, calculation or other value of a form."""

    path: str  # `/data/group/name`
    kind: ColumnKind
    labels: Labels = field(default_factory=dict)  # of its choices

    @property
    def header(self) -> str:
        """`group/name`, as ODK and Kobo write it."""
        return self.path.split("/", 2)[2]

    @property
    def split(self) -> tuple[str, ...]:
        """The choices that have a column of their own."""
        many = self.kind is not ColumnKind.SEVERAL or len(self.labels) > MOST_SPLIT
        return () if many else tuple(self.labels)

    @property
    def headers(self) -> tuple[str, ...]:
        """Its own header, then those of its choices or of the parts of a place."""
        if self.kind is ColumnKind.PLACE:
            return (self.header, *(self.part(part) for part in PLACE_PARTS))
        return (self.header, *(f"{self.header}/{choice}" for choice in self.split))

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def part(self, part: str) -> str:
        """The header of one part of a place: `group/_name_latitude`."""
        above, slash, name = self.header.rpartition("/")
        return f"{above}{slash}_{name}_{part}"


@dataclass(slots=True)
class Table:
    """One sheet: the form itself, or one of its repeats."""

    path: str
    parent: str  # the path of the table it hangs on; empty for the form itself
    columns: dict[str, Column] = field(default_factory=dict)  # by path, in document order


@dataclass(frozen=True, slots=True)
class Shape:
    """All tables of one version by path; the form itself comes first."""

    form: Form
    tables: Mapping[str, Table]


def shape_of(form: Form) -> Shape:
    """The tables of a form. A note, which holds nothing, has no column. Raises ExportTooLarge."""
    xform = etree.fromstring(form.xml.encode(), PARSER)
    reading = _Reading(form, xform)
    root = next(iter(next(xform.iter(f"{XF}instance"))))
    path = f"/{local_name(root)}"
    tables = {path: Table(path, "")}
    for table, column in reading.columns(root, tables[path], path, tables):
        table.columns.setdefault(column.path, column)
    if sum(len(column.headers) for table in tables.values() for column in table.columns.values()) > (
        MOST_COLUMNS
    ):
        raise ExportTooLarge
    return Shape(form, tables)


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


class _Reading:
    """What an XForm says of its nodes, by path."""

    def __init__(self, form: Form, xform: etree._Element) -> None:
        self.form = form
        self.binds = {bind.get("nodeset", ""): bind for bind in xform.iter(f"{XF}bind")}
        self.repeats = {repeat.get("nodeset", "") for repeat in xform.iter(f"{XF}repeat")}
        self.groups = {group.get("ref", "") for group in xform.iter(f"{XF}group")}
        self.set_later = {action.get("ref", "") for action in xform.iter(f"{XF}setvalue")}
        body = xform.find(f"{XHTML}body")
        controls = () if body is None else body.iter(etree.Element)
        self.controls = {control.get("ref", ""): control for control in controls if control.get("ref")}

    def columns(
        self, element: etree._Element, table: Table, path: str, tables: dict[str, Table]
    ) -> Iterator[tuple[Table, Column]]:
        """Each column with its table, in document order; a table is made when its repeat is met."""
        for child in element:
            below = f"{path}/{local_name(child)}"
            if below.count("/") == 2 and local_name(child) == "meta":
                continue
            if below in self.repeats:
                turn = tables.setdefault(below, Table(below, table.path))
                yield from self.columns(child, turn, below, tables)
            elif len(child) or below in self.groups:
                yield from self.columns(child, table, below, tables)
            elif self._holds_something(below, child):
                yield table, self._column(below)

    def _holds_something(self, path: str, node: etree._Element) -> bool:
        if path.rpartition("/")[2] in WITHHELD.get(self.form.form_id, ()):
            return False
        bind = self.binds.get(path)
        if bind is None or bind.get("readonly", "").strip() != "true()":
            return True
        return bool(bind.get("calculate") or (node.text or "").strip() or path in self.set_later)

    def _column(self, path: str) -> Column:
        control, bind = self.controls.get(path), self.binds.get(path)
        if control is not None and local_name(control) in BY_CONTROL:
            return Column(path, BY_CONTROL[local_name(control)], choices_of(self.form, control))
        kind = BY_TYPE.get(bind.get("type", "") if bind is not None else "", ColumnKind.TEXT)
        return Column(path, kind)
