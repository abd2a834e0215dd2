"""`column IN (…)` with one parameter however many values: the statement is made and compiled once."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class Texts(TypeDecorator[Sequence[str]]):
    """Several texts as one parameter: an array, or JSON on SQLite, which has none."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> Any:
        values = list(value or ())
        return values if dialect.name == "postgresql" else json.dumps(values)


class Among(FunctionElement[bool]):
    """Whether a column holds one of the texts of a parameter."""

    inherit_cache = True
    type = Boolean()
    name = "among"
    _is_implicitly_boolean = True  # else SQLite is asked «… = 1», and looks at every row


def among(column: ColumnElement[Any], parameter: str) -> Among:
    """The condition that the column holds one of the texts given as this parameter when it is executed."""
    return Among(column, several(parameter))


def several(parameter: str) -> BindParameter[Sequence[str]]:
    """A parameter of several texts."""
    return bindparam(parameter, type_=Texts())


@compiles(Among)
def _among_json(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 both are compiled SQL


@compiles(Among, "postgresql")
def _among_array(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY ({values})"
