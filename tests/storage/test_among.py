"""Many values as one parameter: the rows that hold one of them, found by the index."""

from datetime import datetime

from sqlalchemy import select

from storage.among import among
from storage.database import Storage
from storage.tables.core import PROGRAM_STATE

NAMED = select(PROGRAM_STATE.c.name).where(among(PROGRAM_STATE.c.name, "names"))


def test_the_rows_that_hold_one_of_the_texts_are_found(storage: Storage, now: datetime) -> None:
    names = ["plain", "«سلا»", 'with "quotes", commas', "it's {not} [JSON]"]
    with storage.write() as tx:
        tx.execute(PROGRAM_STATE.insert(), [{"name": name, "value": ""} for name in [*names, "another"]])
        assert set(tx.scalars(NAMED, {"names": names})) == set(names)
        assert list(tx.scalars(NAMED, {"names": ["another", "unknown"]})) == ["another"]
        assert list(tx.scalars(NAMED, {"names": []})) == []


def test_on_sqlite_the_index_is_used(storage: Storage) -> None:
    if storage.locks_rows:
        return
    with storage.read() as tx:
        plan = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {NAMED.compile(tx)}", ("[]",)).all()
    assert "SEARCH program_state" in plan[0].detail
