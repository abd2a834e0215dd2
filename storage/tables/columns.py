"""The column types all tables share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, LargeBinary, String
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware moment, stored and returned in UTC (SQLite keeps no zone of its own)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must be aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


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


def instant(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    return Column(Instant(), nullable=nullable, index=index)


def code(codes: type[StrEnum], *, nullable: bool = False, **options: Any) -> Column[StrEnum]:
    return Column(Code(codes), nullable=nullable, **options)


def sealed(*, nullable: bool = True) -> Column[bytes]:
    """A value only the vault can open; its AAD is `<table>.<column>:<row id>`."""
    return Column(LargeBinary(), nullable=nullable)
