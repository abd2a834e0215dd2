"""Join codes: a slip is asked back where one code fits, nobody is helped to guess, and codes can end."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from conversations.session import Place
from storage.cohorts import FIRST_CODE, add_cohort, close_code
from storage.database import Storage
from storage.tables.core import COHORTS, NEWCOMERS, OUTBOX
from tests.bot.driving import rows
from tests.bot.making import TO_HOME, Desk, open_desk

AMINA = "5000000001"


@pytest.fixture
def desk(storage: Storage, now: datetime) -> Desk:
    return open_desk(storage, now)


def add(desk: Desk, code: str) -> str:
    with desk.storage.write() as tx:
        organisation = tx.execute(select(COHORTS.c.organisation_id)).scalars().first()
        assert organisation
        return add_cohort(tx, desk.storage, organisation, "Une autre", code)


def places(desk: Desk) -> list[Place]:
    return [row.place for row in rows(desk.storage, select(NEWCOMERS))]


@pytest.mark.parametrize("written", ["BIENVENU", "BIENVENUES", "bienvemue", "BEINVENUE", "bonjour bienvenuz"])
def test_one_slip_is_asked_back_and_yes_goes_on(desk: Desk, written: str) -> None:
    desk.tell(AMINA, [written])
    assert places(desk) == [Place.MEANT]
    desk.tell(AMINA, ["oui"])
    assert places(desk) == [Place.LANGUAGE_FIRST]


@pytest.mark.parametrize("written", ["BIENVEN", "BIENVOULU", "RABAT", "bonjour"])
def test_what_is_further_away_is_not(desk: Desk, written: str) -> None:
    desk.tell(AMINA, [written])
    assert places(desk) == []


def test_where_two_codes_fit_none_is_told(desk: Desk) -> None:
    add(desk, "RABAT21")
    add(desk, "RABAT22")
    desk.tell(AMINA, ["RABAT23"])
    assert places(desk) == []


def test_short_codes_are_never_told(desk: Desk) -> None:
    add(desk, "SALE7")
    desk.tell(AMINA, ["SALE8"])
    assert places(desk) == []


def test_who_goes_on_guessing_is_told_nothing_for_an_hour(desk: Desk) -> None:
    desk.tell(AMINA, [f"KENITR{n}" for n in range(9)])
    desk.tell(AMINA, ["BIENVENU"])
    assert places(desk) == []
    desk.now += timedelta(hours=2)
    desk.tell(AMINA, ["BIENVENU"])
    assert places(desk) == [Place.MEANT]


def test_a_closed_code_lets_nobody_in_is_not_told_and_can_be_opened_again(desk: Desk) -> None:
    [cohort] = rows(desk.storage, select(COHORTS))
    with desk.storage.write() as tx:
        close_code(tx, cohort.id, desk.now)
    desk.tell(AMINA, [FIRST_CODE, "BIENVENU"])
    assert places(desk) == []
    assert len(rows(desk.storage, select(OUTBOX))) == 2, "and both are answered"
    with desk.storage.write() as tx:
        close_code(tx, cohort.id, None)
    desk.tell(AMINA, [FIRST_CODE])
    assert places(desk) == [Place.LANGUAGE_FIRST]


def test_who_joined_before_the_end_stays_and_finishes(desk: Desk) -> None:
    desk.tell(AMINA, TO_HOME[:2])
    [cohort] = rows(desk.storage, select(COHORTS))
    with desk.storage.write() as tx:
        close_code(tx, cohort.id, desk.now)
    desk.tell(AMINA, TO_HOME[2:])
    assert desk.participant(AMINA)
