"""Every contestant walks its conversation to the end; what was acknowledged and is not there is found."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.contestants.checks import NotHandled, check_answers, check_carnet, check_file
from benchmarks.contestants.people import settings_of
from benchmarks.contestants.walk import Walker, update_id
from benchmarks.inbound import (
    BARE,
    CARNET,
    CARNET_POSTGRES,
    FSM,
    PTB,
    PTB_KEPT,
    Field,
    field,
    goals,
    measure,
)
from storage.database import default_url

PEOPLE = 4


@pytest.fixture(scope="module")
def ready() -> Iterator[Field]:
    with field(PEOPLE) as prepared:
        yield prepared


def test_a_run_measures_everyone(ready: Field) -> None:
    """Each turn ends with the look at what was kept, so this holds for all of them."""
    results = measure("inbound", ready.where, ready.on_the_way_in, rounds=1)
    assert {one.contestant for one in results} | {FSM} == {
        BARE,
        PTB,
        PTB_KEPT,
        FSM,
        CARNET,
        CARNET_POSTGRES,
    }
    assert {one.goal is None for one in goals(results)} == {True, False}


def test_replies_reach_the_provider(ready: Field) -> None:
    results = measure("inbound and replies", ready.where, ready.with_replies, rounds=1)
    assert {one.contestant for one in results} | {FSM} == {PTB_KEPT, FSM, CARNET, CARNET_POSTGRES}


LOSSES = {
    "events": f"DELETE FROM received_events WHERE event_id = '{update_id(0, 3)}'",
    "what was said": "DELETE FROM messages_in WHERE id = (SELECT max(id) FROM messages_in)",
    "what was answered": "DELETE FROM submissions WHERE id = (SELECT max(id) FROM submissions)",
}


def test_what_carnet_lost_is_found(ready: Field, tmp_path: Path) -> None:
    ready.on_the_way_in[CARNET](ready.where)
    for number, (why, loss) in enumerate(LOSSES.items()):
        folder = tmp_path / str(number)
        shutil.copytree(ready.where.folder / "carnet", folder)
        _change(folder / "carnet.db", loss)
        with pytest.raises(NotHandled, match=why):
            check_carnet(settings_of(folder, default_url(folder), 1, ""), ready.where.everyone)


def test_what_another_bot_lost_is_found(ready: Field) -> None:
    where = ready.where
    ready.on_the_way_in[PTB_KEPT](where)
    file = where.folder / "ptb" / "file.db"
    _change(file, "DELETE FROM answers WHERE key = (SELECT max(key) FROM answers)")
    with pytest.raises(NotHandled, match="answer"):
        check_file(file, where.everyone)
    _change(file, "UPDATE states SET state = '1' WHERE key = (SELECT max(key) FROM states)")
    with pytest.raises(NotHandled, match="come to their end"):
        check_file(file, where.everyone)


def test_a_wrong_answer_is_found() -> None:
    first, second = (Walker(number).answers for number in (0, 1))
    with pytest.raises(NotHandled):
        check_answers({str(Walker(0).chat): dict(zip(("gender", "year", "city"), second, strict=True))}, 1)
    check_answers({str(Walker(0).chat): dict(zip(("gender", "year", "city"), first, strict=True))}, 1)


def _change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        assert database.execute(statement).rowcount == 1
        database.commit()
