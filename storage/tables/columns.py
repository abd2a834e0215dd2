"""The column types all tables share."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, LargeBinary, String
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware moment, stored and returned in UTC (SQLite keeps no zone of its own)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value

    def bind_processor(self, dialect: Dialect) -> Any:
        return _instant_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _text_instant if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


@lru_cache(256)  # one moment stands in a dozen columns of a batch
def _instant_text(value: datetime | None) -> str | None:
    """A moment as SQLite keeps it, the way SQLAlchemy writes it; a message has a dozen of them."""
    return None if value is None else _in_utc(value).isoformat(" ", "microseconds").removesuffix("+00:00")


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant must be aware")
    return value.astimezone(UTC)


def _text_instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


class Code(TypeDecorator[StrEnum]):
    """One of the vocabulary's codes, stored as its text."""

    impl = String(32)
    cache_ok = True

    def __init__(self, codes: type[StrEnum]) -> None:
        super().__init__()
        self.codes = codes

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else self.codes(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.codes(value)

    def bind_processor(self, dialect: Dialect) -> Any:
        texts: dict[str | None, str | None] = {None: None, **{each: each.value for each in self.codes}}
        return _looking_up(texts, lambda value: self.codes(value).value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        found: dict[str | None, StrEnum | None] = {None: None, **{each.value: each for each in self.codes}}
        return _looking_up(found, self.codes)


def _looking_up(known: Mapping[str | None, Any], otherwise: Callable[[str], Any]) -> Callable[[Any], Any]:
    """A function that finds what is known; the rest, which is an error, is for `otherwise`."""

    def process(value: str | None) -> Any:
        return known[value] if value in known or value is None else otherwise(value)

    return process


def instant(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    return Column(Instant(), nullable=nullable, index=index)


def code(codes: type[StrEnum], *, nullable: bool = False, **options: Any) -> Column[StrEnum]:
    return Column(Code(codes), nullable=nullable, **options)


def sealed(*, nullable: bool = True) -> Column[bytes]:
    """A value only the vault can open; its AAD is `<table>.<column>:<row id>`."""
    return Column(LargeBinary(), nullable=nullable)
