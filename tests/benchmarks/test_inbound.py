"""Every contestant walks its conversation to the end; what was acknowledged and is not there is found."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.contestants.checks import NotHandled, check_answers, check_carnet, check_file
from benchmarks.contestants.people import settings_of
from benchmarks.contestants.stage import Stage
from benchmarks.contestants.walk import Walker, update_id
from benchmarks.inbound import (
    BARE,
    CARNET,
    CARNET_POSTGRES,
    FSM,
    PTB,
    PTB_KEPT,
    Contestants,
    contestants,
    goals,
    measure,
)
from storage.database import default_url

PEOPLE = 4


@pytest.fixture(scope="module")
def ground() -> Iterator[tuple[Stage, Contestants]]:
    with contestants(PEOPLE) as prepared:
        yield prepared


def test_a_run_measures_everyone(ground: tuple[Stage, Contestants]) -> None:
    """Each turn ends with the look at what was kept, so this holds for all of them."""
    where, everyone = ground
    results = measure("inbound", where, everyone, rounds=1)
    assert {one.contestant for one in results} | {FSM} == {
        BARE,
        PTB,
        PTB_KEPT,
        FSM,
        CARNET,
        CARNET_POSTGRES,
    }
    assert {one.goal is None for one in goals(results)} == {True, False}


@pytest.mark.parametrize(
    ("loss", "why"),
    [
        (f"DELETE FROM received_events WHERE event_id = '{update_id(0, 3)}'", "events"),
        ("DELETE FROM messages_in WHERE id = (SELECT max(id) FROM messages_in)", "what was said"),
        ("DELETE FROM submissions WHERE id = (SELECT max(id) FROM submissions)", "what was answered"),
    ],
    ids=["event", "message", "form"],
)
def test_what_carnet_lost_is_found(ground: tuple[Stage, Contestants], loss: str, why: str) -> None:
    where, everyone = ground
    everyone[CARNET](where)
    folder = where.folder / "carnet"
    _change(folder / "carnet.db", loss)
    with pytest.raises(NotHandled, match=why):
        check_carnet(settings_of(folder, default_url(folder), 1, ""), where.everyone)


def test_what_another_bot_lost_is_found(ground: tuple[Stage, Contestants]) -> None:
    where, everyone = ground
    everyone[PTB_KEPT](where)
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
