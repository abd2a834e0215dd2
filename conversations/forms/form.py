"""A form as it runs: its questions in order, the rules between them, its lists and its texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from conversations.expressions import Expression, Node
from conversations.forms.wording import NO_WORDING, Wording


class QuestionType(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"  # ISO 8601, the full day
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"  # shown, not answered


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the choices of a question come from."""

    nodes: Expression  # finds the items, filtered, in a secondary instance
    value: str  # the child of an item that holds its name
    label: str  # the child that holds its label, or the id of its text
    translated: bool  # the child named by `label` holds the id of a text


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
    choices: Choices | None = None

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a node's relevance or value depends on."""

    path: str
    relevant: Expression | None = None
    calculate: Expression | None = None


@dataclass(frozen=True, slots=True)
class Default:
    """A value that a node starts with, worked out when the form begins."""

    path: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the empty instance, with its fixed default text."""

    name: str
    text: str
    attributes: Mapping[str, str]
    children: tuple["Element", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One version of a form, ready to run. Never changed once read, so it may be shared."""

    form_id: str
    version_id: str
    title: str
    languages: tuple[str, ...]  # as the sheet names them
    default_language: str  # a language key, see `wording.language_key`
    fields: tuple[Field, ...]  # in the order they are asked
    rules: tuple[Rule, ...]  # in an order in which each finds what it reads already worked out
    defaults: tuple[Default, ...]
    instance: Element
    lists: Mapping[str, Node]  # secondary instances by id, each a document
    texts: Mapping[str, Wording]  # by id
    xml: str  # the XForm it was read from

    def field(self, path: str) -> Field | None:
        """The question at a path."""
        return next((field for field in self.fields if field.path == path), None)
