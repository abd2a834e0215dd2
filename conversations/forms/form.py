"""A form as it runs: its questions in order, the rules between them, its lists and its texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from conversations.expressions import Expression, Node
from conversations.forms.wording import NO_WORDING, Wording


class QuestionType(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"  # a barcode is asked as text too
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"  # a number between bounds, by steps
    DATE = "date"  # ISO 8601, the full day
    TIME = "time"  # ISO 8601, with the offset of the zone
    DATE_TIME = "date_time"  # ISO 8601, with the offset of the zone
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"  # choices in the order of preference
    ACKNOWLEDGE = "acknowledge"  # read and agreed: `OK`
    PLACE = "place"  # latitude, longitude, altitude, accuracy
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"  # any attachment
    REPEAT = "repeat"  # another turn of a repeat, yes or no
    NOTE = "note"  # shown, not answered


@dataclass(frozen=True, slots=True)
class StaticChoice:
    """A choice written into the question itself."""

    name: str
    label: Wording


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the choices of a question come from."""

    nodes: Expression | None = None  # finds the items, filtered, in a secondary instance or a repeat
    value: Expression | None = None  # on an item: its name
    label: Expression | None = None  # on an item: its label, or the id of its text
    translated: bool = False  # `label` gives the id of a text
    written: tuple[StaticChoice, ...] = ()  # where there is no list
    reads: frozenset[str] = frozenset()  # the paths that decide which are visible
    worded: Mapping[str, Wording] = field(default_factory=dict)  # by name: what a label is replaced with


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest number of a range, and the steps between them."""

    start: float
    end: float
    step: float


@dataclass(frozen=True, slots=True)
class Action:
    """A value that is set when something happens: an expression, or a fixed text."""

    path: str  # of the node it sets
    value: Expression | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question as the form defines it."""

    path: str  # of its node: `/data/group/name`
    type: QuestionType
    label: Wording
    hint: Wording = NO_WORDING
    required: Expression | None = None
    required_message: Wording = NO_WORDING
    constraint: Expression | None = None
    constraint_message: Wording = NO_WORDING
    constraint_reads: frozenset[str] = frozenset()
    readonly: Expression | None = None  # while it holds, the question is a note
    choices: Choices | None = None
    bounds: Bounds | None = None
    appearance: str = ""
    intent: str = ""  # the app of the phone that answers it
    actions: tuple[Action, ...] = ()  # when its value changes
    asked: bool = True  # False: it is left out in a chat, see `adapting`

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions."""

    path: str  # empty where the group has no node
    label: Wording
    items: tuple["Item", ...]
    appearance: str = ""
    intent: str = ""  # the app of the phone that answers its questions

    @property
    def one_screen(self) -> bool:
        """A field-list or a matrix: asked one by one, summed up at its end."""
        return bool({"field-list", "table-list"} & set(self.appearance.lower().split()))


@dataclass(frozen=True, slots=True)
class Repeat:
    """Questions that are asked again and again."""

    path: str
    label: Wording
    items: tuple["Item", ...]
    given: int  # turns that are there from the start
    count: Expression | None = None  # how many turns; without it the person is asked
    fixed: bool = False  # no turn can be added
    relevant: Expression | None = None
    actions: tuple[Action, ...] = ()  # for each new turn


Item = Field | Section | Repeat


@dataclass(frozen=True, slots=True)
class Rule:
    """What a node's relevance or value depends on."""

    path: str
    relevant: Expression | None = None
    calculate: Expression | None = None
    whole: bool = False  # an integer: what is behind the point is cut off
    reads: frozenset[str] = frozenset()  # the paths it reads


@dataclass(frozen=True, slots=True)
class Preload:
    """A value that the program fills in by itself."""

    path: str
    kind: str  # `timestamp`, `date`, `property`
    what: str  # `start`, `end`, `today`, `deviceid`, …


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the empty instance, with its fixed default text."""

    name: str
    path: str
    text: str
    attributes: Mapping[str, str]
    children: tuple["Element", ...]
    template: bool = False  # the model of a new turn of a repeat, not a turn itself


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One version of a form, ready to run. Never changed once read, so it may be shared."""

    form_id: str
    version_id: str
    title: str
    languages: tuple[str, ...]  # as the sheet names them
    default_language: str  # a language key, see `wording.language_key`
    items: tuple[Item, ...]  # in the order they are asked
    rules: tuple[Rule, ...]  # in an order in which each finds what it reads already worked out
    actions: tuple[Action, ...]  # when the form begins
    preloads: tuple[Preload, ...]
    instance: Element
    lists: Mapping[str, Node]  # secondary instances by id, each a document
    texts: Mapping[str, Wording]  # by id
    xml: str  # the XForm it was read from
    fields: tuple[Field, ...] = field(init=False)  # all questions, in the order they are asked
    repeats: Mapping[str, Repeat] = field(init=False)  # by path
    order: Mapping[str, int] = field(init=False)  # the place of each question and repeat in that order
    below: Mapping[str, tuple[str, ...]] = field(init=False)  # all paths under one
    templates: Mapping[str, tuple[Element, ...]] = field(init=False)  # of each repeat: template, then turns
    questions: Mapping[str, Field] = field(init=False)  # by path
    alone: Mapping[str, tuple[str]] = field(init=False)  # the place of each path that is in no repeat
    relevances: tuple[Rule, ...] = field(init=False)  # the rules that say what is relevant
    checked: tuple[Field, ...] = field(init=False)  # whose answers may stop fitting while they are relevant

    def __post_init__(self) -> None:
        flat = tuple(_flat(self.items))
        there = tuple(elements(self.instance))
        repeats = {item.path: item for item in flat if isinstance(item, Repeat)}
        below: dict[str, list[str]] = {}
        for element in there:
            for above in ancestors(element.path):
                below.setdefault(above, []).append(element.path)
        found: dict[str, list[Element]] = {path: [] for path in repeats}
        for element in there:
            if element.path in found:
                found[element.path].append(element)
        derived: dict[str, object] = {
            "fields": tuple(item for item in flat if isinstance(item, Field)),
            "checked": tuple(
                item
                for item in flat
                if isinstance(item, Field) and (item.constraint or (item.choices and item.choices.reads))
            ),
            "questions": {item.path: item for item in flat if isinstance(item, Field)},
            "repeats": repeats,
            "alone": {path: (path,) for path in _outside(self.instance, repeats)},
            "relevances": tuple(rule for rule in self.rules if rule.relevant is not None),
            "order": {item.path: index for index, item in reversed(list(enumerate(flat)))},
            "below": {path: tuple(dict.fromkeys(paths)) for path, paths in below.items()},
            "templates": {
                path: tuple(sorted(turns, key=lambda element: not element.template))
                for path, turns in found.items()
            },
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def field(self, path: str) -> Field | None:
        """The question at a path."""
        return self.questions.get(path)


def ancestors(path: str) -> Iterator[str]:
    """The paths above one, nearest first.

    >>> list(ancestors("/data/group/name"))
    ['/data/group', '/data']
    """
    while "/" in path[1:]:
        path = path.rpartition("/")[0]
        yield path


def _outside(element: Element, repeats: Mapping[str, Repeat]) -> Iterator[str]:
    """The paths of an element and what is below it, but for repeats."""
    yield element.path
    for child in element.children:
        if child.path not in repeats:
            yield from _outside(child, repeats)


def _flat(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        if not isinstance(item, Field):
            yield from _flat(item.items)


def elements(element: Element) -> Iterator[Element]:
    """An element and all below it, in document order."""
    yield element
    for child in element.children:
        yield from elements(child)
